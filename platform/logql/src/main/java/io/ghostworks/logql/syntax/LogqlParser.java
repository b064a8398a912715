package io.ghostworks.logql.syntax;

import io.ghostworks.model.label.LabelMatcher;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Parses queries. Precedence, checks and messages are Loki's; beyond those, nesting and the number
 * of operators are bounded.
 */
public final class LogqlParser {
  /** In bytes of UTF-8. */
  private static final int QUERY_BYTES_MAX = 131_072;

  private static final String EMPTY_COMPATIBLE =
      "queries require at least one regexp or equality matcher that does not have an"
          + " empty-compatible value. For instance, app=~\".*\" does not meet this requirement, but"
          + " app=~\".+\" will";

  private LogqlParser() {}

  /**
   * Parses and checks a query.
   *
   * @throws LogqlParseException if it is none, or selects no streams in particular
   */
  public static Expr parse(String query) {
    Faults faults = new Faults();
    Expr expr = parsed(query, faults);
    check(expr, faults);
    return expr;
  }

  private static Expr parsed(String query, Faults faults) {
    int bytes = query.getBytes(StandardCharsets.UTF_8).length;
    if (bytes >= QUERY_BYTES_MAX) {
      throw new LogqlParseException(
          "input size too long (%d > %d)".formatted(bytes, QUERY_BYTES_MAX));
    }
    TokenStream tokens = new TokenStream(query);
    Expr expr = new ExprParser(tokens, faults).parse();
    if (!tokens.at(TokenKind.END)) {
      throw tokens.unexpected();
    }
    return expr;
  }

  /**
   * Parses a log query.
   *
   * @throws LogqlParseException if it is none
   */
  public static LogExpr parseLog(String query) {
    if (parse(query) instanceof LogExpr log) {
      return log;
    }
    throw LogqlParseException.bare("only log selector is supported");
  }

  /**
   * Parses the matchers between braces, which must select some streams in particular.
   *
   * @throws LogqlParseException if it is anything else
   */
  public static List<LabelMatcher> parseMatchers(String query) {
    return matchers(parse(query));
  }

  /**
   * Parses the matchers between braces, which may select every stream, but not for having none.
   *
   * @throws LogqlParseException if it is anything else
   */
  public static List<LabelMatcher> parseAnyMatchers(String query) {
    List<LabelMatcher> matchers = matchers(parsed(query, new Faults()));
    if (matchers.isEmpty()) {
      throw LogqlParseException.bare("0 matchers in group: " + query);
    }
    return matchers;
  }

  private static List<LabelMatcher> matchers(Expr expr) {
    if (expr instanceof LogExpr log && log.stages().isEmpty()) {
      return log.matchers();
    }
    throw LogqlParseException.bare("only label matchers are supported");
  }

  /** Outer faults are told before inner ones, and left before right. */
  private static void check(Expr expr, Faults faults) {
    switch (expr) {
      case LogExpr log -> checkMatchers(log.matchers());
      case MetricExpr metric -> {
        faults.raise(metric);
        checkMetric(metric, faults);
      }
    }
  }

  private static void checkMetric(MetricExpr expr, Faults faults) {
    switch (expr) {
      case MetricExpr.Binary binary -> {
        check(binary.left(), faults);
        check(binary.right(), faults);
      }
      case MetricExpr.Literal literal -> {}
      case MetricExpr.Vector vector -> {}
      case MetricExpr.VectorAggregation aggregation -> {
        boolean sorts =
            aggregation.operation() == VectorOperation.SORT
                || aggregation.operation() == VectorOperation.SORT_DESC;
        if (sorts && !aggregation.grouping().labels().isEmpty()) {
          throw new LogqlParseException("sort and sort_desc doesn't allow grouping by ");
        }
        check(aggregation.inner(), faults);
      }
      case MetricExpr.LabelReplace replace -> check(replace.inner(), faults);
      case MetricExpr.RangeAggregation range -> checkMatchers(range.range().left().matchers());
    }
  }

  private static void checkMatchers(List<LabelMatcher> matchers) {
    if (matchers.stream().allMatch(matcher -> matcher.matches(""))) {
      throw new LogqlParseException(EMPTY_COMPATIBLE);
    }
  }
}
