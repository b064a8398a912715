package io.ghostworks.bench.logs;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A question in LogQL and in LogsQL.
 *
 * @param logql of lines, or of one number a group at the end of the range
 * @param logsql the same in the language of VictoriaLogs
 * @param metric whether numbers are asked for
 * @param limit of lines
 */
record LogQuestion(String name, String logql, String logsql, boolean metric, int limit) {
  private static final int LINES_MAX = 1_000;

  /** The six questions of the documented run. */
  static List<LogQuestion> all() {
    String stream = "{service_namespace=\"bench\"}";
    return List.of(
        lines(
            "a rare whole id",
            stream + " |= \"%s\"".formatted(LogLines.NEEDLE),
            stream + " \"%s\"".formatted(LogLines.NEEDLE)),
        lines(
            "a fragment of it",
            stream + " |= \"%s\"".formatted(LogLines.FRAGMENT),
            stream + " ~\"%s\"".formatted(LogLines.FRAGMENT)),
        new LogQuestion(
            "a common word, limit 100", stream + " |= \"error\"", stream + " error", false, 100),
        lines(
            "a regular expression with a literal",
            stream + " |~ \"exhausted after \\\\d attempts for u-1002\\\\d\\\\d\"",
            stream + " ~\"exhausted after \\\\d attempts for u-1002\\\\d\\\\d\""),
        new LogQuestion(
            "count by level over 24 h",
            "sum by (level) (count_over_time(%s[24h]))".formatted(stream),
            stream + " | stats by (level) count() lines",
            true,
            LINES_MAX),
        lines(
            "a field of JSON",
            stream + " |= \"user_id\" | json | user_id=\"u-4711\"",
            stream + " user_id:=\"u-4711\""));
  }

  private static LogQuestion lines(String name, String logql, String logsql) {
    return new LogQuestion(name, logql, logsql, false, LINES_MAX);
  }

  /** The request that asks it of a server about the day that ends at a time. */
  URI uri(LogServerKind kind, long endSeconds) {
    long startSeconds = endSeconds - 86_400;
    return URI.create(
        switch (kind) {
          case VICTORIA_LOGS ->
              "%s/select/logsql/query?query=%s&start=%d&end=%d&limit=%d"
                  .formatted(kind.url(), encoded(logsql), startSeconds, endSeconds, limit);
          case GHOSTWORKS, LOKI ->
              metric
                  ? "%s/loki/api/v1/query?query=%s&time=%d"
                      .formatted(kind.url(), encoded(logql), endSeconds)
                  : "%s/loki/api/v1/query_range?query=%s&start=%d&end=%d&limit=%d"
                      .formatted(kind.url(), encoded(logql), startSeconds, endSeconds, limit);
        });
  }

  private static String encoded(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }
}
