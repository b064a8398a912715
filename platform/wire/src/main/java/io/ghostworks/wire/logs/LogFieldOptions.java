package io.ghostworks.wire.logs;

import com.google.re2j.Pattern;
import io.ghostworks.model.record.DetectedLevel;
import java.util.List;

/**
 * In which fields levels and trace context are looked for.
 *
 * @param levels whether levels are looked for at all; Loki's {@code discover_log_levels}
 * @param levelFields names of fields with a level, the first one counts most; Loki's {@code
 *     log_level_fields}
 * @param levelJsonDepthMax how deep objects of a JSON line are searched for a level, 0 for all;
 *     Loki's {@code log_level_from_json_max_depth}
 * @param traceIdFields names of fields with a trace id, compared without case and without {@code _
 *     . -}
 * @param spanIdFields names of fields with a span id, likewise
 * @param contextPatterns tried in turn on lines in which no field has a trace id; their groups
 *     {@code trace_id} and {@code span_id} hold hexadecimal digits
 */
public record LogFieldOptions(
    boolean levels,
    List<String> levelFields,
    int levelJsonDepthMax,
    List<String> traceIdFields,
    List<String> spanIdFields,
    List<Pattern> contextPatterns) {

  /** What holds unless it is configured otherwise. */
  public static final LogFieldOptions DEFAULT =
      new LogFieldOptions(
          true,
          DetectedLevel.FIELDS,
          2,
          List.of("trace_id", "otelTraceID", "dd.trace_id", "X-B3-TraceId"),
          List.of("span_id", "otelSpanID", "dd.span_id", "X-B3-SpanId"),
          List.of());

  /** The groups by which patterns name what they find. */
  public static final String TRACE_ID_GROUP = "trace_id";

  /** See {@link #TRACE_ID_GROUP}. */
  public static final String SPAN_ID_GROUP = "span_id";

  public LogFieldOptions {
    levelFields = List.copyOf(levelFields);
    traceIdFields = List.copyOf(traceIdFields);
    spanIdFields = List.copyOf(spanIdFields);
    contextPatterns = List.copyOf(contextPatterns);
  }
}
