package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The newest exemplars of each series, within a total. Where the total is reached, the series that
 * got none for longest loses its own. Thread-safe.
 */
final class ExemplarStore {
  private final int perSeriesMax;
  private final int totalMax;
  private final LinkedHashMap<Key, List<Exemplar>> bySeries = new LinkedHashMap<>();
  private int total;
  private long changes;

  ExemplarStore(int perSeriesMax, int totalMax) {
    this.perSeriesMax = perSeriesMax;
    this.totalMax = totalMax;
  }

  /** Counts changes, to see whether there were any. */
  synchronized long changes() {
    return changes;
  }

  synchronized boolean has(TenantId tenant, Labels series, Exemplar exemplar) {
    List<Exemplar> known = bySeries.get(new Key(tenant, series));
    return known != null && known.contains(exemplar);
  }

  synchronized void add(TenantId tenant, Labels series, Exemplar exemplar) {
    Key key = new Key(tenant, series);
    List<Exemplar> known = bySeries.remove(key);
    List<Exemplar> all = known == null ? new ArrayList<>(2) : known;
    if (!all.contains(exemplar) && perSeriesMax > 0) {
      int at = all.size();
      while (at > 0 && all.get(at - 1).timestampMs() > exemplar.timestampMs()) {
        at--;
      }
      all.add(at, exemplar);
      total++;
      changes++;
      if (all.size() > perSeriesMax) {
        all.removeFirst();
        total--;
      }
    }
    if (!all.isEmpty()) {
      bySeries.put(key, all);
    }
    Iterator<List<Exemplar>> eldest = bySeries.values().iterator();
    while (total > totalMax && eldest.hasNext()) {
      total -= eldest.next().size();
      eldest.remove();
    }
  }

  /** Forgets what is older. */
  synchronized void removeBefore(long timestampMs) {
    Iterator<List<Exemplar>> series = bySeries.values().iterator();
    while (series.hasNext()) {
      List<Exemplar> exemplars = series.next();
      int before = exemplars.size();
      exemplars.removeIf(exemplar -> exemplar.timestampMs() < timestampMs);
      total -= before - exemplars.size();
      changes += before - exemplars.size();
      if (exemplars.isEmpty()) {
        series.remove();
      }
    }
  }

  /** Those of the tenant's series that fulfil one of the matcher lists, by series. */
  synchronized Map<Labels, List<Exemplar>> select(
      TenantId tenant, List<List<LabelMatcher>> selectors, long startMs, long endMs) {
    Map<Labels, List<Exemplar>> found = new TreeMap<>();
    bySeries.forEach((key, exemplars) -> {
      if (!key.tenant.equals(tenant)) {
        return;
      }
      List<Exemplar> wanted =
          exemplars.stream()
              .filter(
                  exemplar -> exemplar.timestampMs() >= startMs && exemplar.timestampMs() <= endMs)
              .toList();
      if (!wanted.isEmpty() && Selectors.matchesAny(key.series, selectors)) {
        found.put(key.series, wanted);
      }
    });
    return found;
  }

  /**
   * Writes all.
   *
   * <pre>
   * exemplars := count:varint (tenant:string series:packed exemplars:varint exemplar[exemplars])[count]   // least recently added first
   * exemplar  := as in {@link FrameCodec}
   * </pre>
   */
  synchronized void write(BytesOutput out) {
    out.putVarint(bySeries.size());
    bySeries.forEach((key, exemplars) -> {
      out.putString(key.tenant.value());
      byte[] packed = io.ghostworks.model.label.LabelSetTable.pack(key.series);
      out.putLengthAndBytes(packed, 0, packed.length);
      out.putVarint(exemplars.size());
      exemplars.forEach(exemplar -> FrameCodec.writeExemplar(exemplar, out));
    });
  }

  synchronized void read(BytesInput in) throws DamagedDataException {
    for (int left = in.getVarint(in.remaining()); left > 0; left--) {
      TenantId tenant = FrameCodec.tenant(in.getString());
      Labels series = FrameCodec.labels(in.getLengthAndBytes());
      for (int exemplars = in.getVarint(in.remaining()); exemplars > 0; exemplars--) {
        add(tenant, series, FrameCodec.readExemplar(in));
      }
    }
  }

  private record Key(TenantId tenant, Labels series) {}
}
