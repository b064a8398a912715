package io.ghostworks.traceql.metrics;

import io.ghostworks.query.QueryContext;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Series by what tells them apart. Not thread-safe. */
final class SeriesSet {

  private final Map<SeriesKey, StepSeries> series = new LinkedHashMap<>();

  /** What a series takes beside its values, about. */
  private static final long SERIES_BYTES = 256;

  /**
   * Sets memory aside for series that are about to be made, until the query ends, and checks that
   * it is to go on.
   */
  static void reserve(int series, int steps, QueryContext context) {
    context.check();
    context.reserve(series * (SERIES_BYTES + (long) Double.BYTES * steps));
  }

  void add(StepSeries one) {
    series.put(SeriesKey.of(one.labels()), one);
  }

  void put(SeriesKey key, StepSeries one) {
    series.put(key, one);
  }

  @Nullable StepSeries get(SeriesKey key) {
    return series.get(key);
  }

  Set<Map.Entry<SeriesKey, StepSeries>> entries() {
    return series.entrySet();
  }

  Collection<StepSeries> all() {
    return series.values();
  }

  int size() {
    return series.size();
  }
}
