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
import java.util.stream.Stream;

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
    of(expr).forEach(matchers -> checkCount(request, matchers.size()));
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

  /** Reads a selector that may select every stream, but has matchers. */
  static List<LabelMatcher> any(LokiRequest request, String text) {
    List<LabelMatcher> matchers = read(text, LogqlParser::parseAnyMatchers);
    checkCount(request, matchers.size());
    return matchers;
  }

  /** Whether a text is {@code {}}. */
  static boolean isEmpty(String text) {
    return text.replace(" ", "").equals("{}");
  }

  private static <T> T read(String text, Function<String, T> parser) {
    if (text.isEmpty()) {
      throw RequestException.bad("parse error : syntax error: unexpected $end");
    }
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

  /** The selectors of a query, as they stand. */
  static List<List<LabelMatcher>> of(Expr expr) {
    return switch (expr) {
      case LogExpr log -> List.of(log.matchers());
      case MetricExpr.Binary binary ->
          Stream.concat(of(binary.left()).stream(), of(binary.right()).stream()).toList();
      case MetricExpr.Literal literal -> List.of();
      case MetricExpr.Vector vector -> List.of();
      case MetricExpr.VectorAggregation aggregation -> of(aggregation.inner());
      case MetricExpr.LabelReplace replace -> of(replace.inner());
      case MetricExpr.RangeAggregation range -> List.of(range.range().left().matchers());
    };
  }
}
