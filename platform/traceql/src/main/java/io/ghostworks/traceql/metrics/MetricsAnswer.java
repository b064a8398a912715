package io.ghostworks.traceql.metrics;

import java.util.List;

/**
 * The answer to a metrics query.
 *
 * @param series sorted as Tempo sorts them: by count of labels, then names and values
 * @param partial whether series are missing; values may then be too small
 * @param message why it is partial, else ""
 * @param stepNanos of the answer
 * @param inspectedSpans that the query looked at
 * @param inspectedBytes that were read, about
 */
public record MetricsAnswer(
    List<MetricSeries> series,
    boolean partial,
    String message,
    long stepNanos,
    long inspectedSpans,
    long inspectedBytes) {

  public MetricsAnswer {
    series = List.copyOf(series);
  }
}
