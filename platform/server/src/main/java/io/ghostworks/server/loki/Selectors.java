package io.ghostworks.server.loki;

import io.ghostworks.logql.syntax.Expr;
import io.ghostworks.logql.syntax.LogExpr;
import io.ghostworks.logql.syntax.LogqlParseException;
import io.ghostworks.logql.syntax.LogqlParser;
import io.ghostworks.logql.syntax.MetricExpr;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.server.http.RequestException;
import java.util.List;
import java.util.function.Function;

/** The queries and stream selectors of requests, read before anything is done with them. */
final class Selectors {

  private Selectors() {}

  /**
   * Reads the query of a request.
   *
   * @throws RequestException in Loki's words if it is none, or has more matchers than the tenant
   *     may use
   */
  static Expr query(LokiRequest request) {
    Expr expr = read(request.query(), LogqlParser::parse);
    checkCount(request, matchers(expr));
    return expr;
  }

  /** Reads the query of a request that must be one for lines. */
  static LogExpr lines(LokiRequest request) {
    LogExpr expr = lines(request.query());
    checkCount(request, expr.matchers().size());
    return expr;
  }

  /** Reads a query that must be one for lines. */
  static LogExpr lines(String query) {
    return read(query, LogqlParser::parseLog);
  }

  /**
   * Reads a selector that must not select every stream.
   *
   * @throws RequestException in Loki's words if it does, or is none
   */
  static List<LabelMatcher> selective(LokiRequest request, String text) {
    List<LabelMatcher> matchers = read(text, LogqlParser::parseMatchers);
    checkCount(request, matchers.size());
    return matchers;
  }

  /** Whether a text is {@code {}}. */
  static boolean isEmpty(String text) {
    return text.replace(" ", "").equals("{}");
  }

  private static <T> T read(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (LogqlParseException e) {
      throw new RequestException(400, e.getMessage(), e);
    }
  }

  private static void checkCount(LokiRequest request, int matchers) {
    int max = request.limits().matchersMax();
    if (max != 0 && matchers > max) {
      throw RequestException.bad(
          "max streams matchers per query exceeded, matchers-count > limit (%d > %d)"
              .formatted(matchers, max));
    }
  }

  /** How many matchers the selector of a query has that has most. */
  private static int matchers(Expr expr) {
    return switch (expr) {
      case LogExpr log -> log.matchers().size();
      case MetricExpr.Binary binary -> Math.max(matchers(binary.left()), matchers(binary.right()));
      case MetricExpr.Literal literal -> 0;
      case MetricExpr.Vector vector -> 0;
      case MetricExpr.VectorAggregation aggregation -> matchers(aggregation.inner());
      case MetricExpr.LabelReplace replace -> matchers(replace.inner());
      case MetricExpr.RangeAggregation range -> range.range().left().matchers().size();
    };
  }
}
