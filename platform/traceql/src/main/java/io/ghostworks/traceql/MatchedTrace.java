package io.ghostworks.traceql;

import io.ghostworks.query.record.TraceKey;
import io.ghostworks.traceql.trace.TraceSummary;
import java.util.List;

/**
 * A trace that fulfils a query.
 *
 * @param summary of all its spans, those outside the asked range too
 * @param spansets one, or several behind {@code by()}; never empty
 */
public record MatchedTrace(TraceKey id, TraceSummary summary, List<SpansetMatch> spansets) {

  public MatchedTrace {
    spansets = List.copyOf(spansets);
  }

  /** The id in hexadecimal, without the zeros at its start, as Tempo prints it. */
  public String idText() {
    return id.shortHex();
  }

  /**
   * Spans of the trace that the query's pipeline left together.
   *
   * @param matched how many there are
   * @param spans the first of them by start, as many as were asked for
   * @param attributes what the pipeline computed of the spanset: {@code by(...)}, {@code count()}
   */
  public record SpansetMatch(
      int matched, List<MatchedSpan> spans, List<MatchedAttribute> attributes) {
    public SpansetMatch {
      spans = List.copyOf(spans);
      attributes = List.copyOf(attributes);
    }
  }
}
