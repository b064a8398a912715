package io.ghostworks.query.series;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.query.QueryContext;
import java.util.List;
import java.util.Map;

/**
 * A store of series as a query sees it. Every answer is the context's tenant's alone. Times are
 * milliseconds since the epoch, both ends inclusive. Safe for use from several threads; a cursor is
 * used by one.
 */
public interface SeriesSource {

  /**
   * The series that fulfil all matchers, to be read one by one or by several threads. Staleness
   * markers are given as they are.
   */
  SeriesScan scan(SeriesSelection selection, QueryContext context);

  /**
   * The samples of the series that fulfil all matchers, series in the order of their labels. A
   * series without samples in the range is left out. Staleness markers are given as they are.
   */
  default SeriesCursor select(SeriesSelection selection, QueryContext context) {
    return new ScanCursor(scan(selection, context));
  }

  /**
   * The label sets of the series that fulfil one of the matcher lists and have samples in the
   * range, sorted, each once.
   *
   * @param limit at most so many; 0 for all
   */
  List<Labels> series(
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context);

  /** The names of their labels, sorted; of all series where {@code selectors} is empty. */
  List<String> labelNames(
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context);

  /** The values of one of their labels, sorted; of all series where {@code selectors} is empty. */
  List<String> labelValues(
      String label,
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context);

  /** The exemplars of the series that fulfil one of the matcher lists, by series, oldest first. */
  Map<Labels, List<Exemplar>> exemplars(
      List<List<LabelMatcher>> selectors, long startMs, long endMs, QueryContext context);

  /** What is known about metric families, by family, sorted. */
  Map<String, List<MetricMetadata>> metadata(QueryContext context);
}
