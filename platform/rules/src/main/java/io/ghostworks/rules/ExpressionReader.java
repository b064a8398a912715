package io.ghostworks.rules;

import io.ghostworks.logql.syntax.LogqlParseException;
import io.ghostworks.logql.syntax.LogqlParser;
import io.ghostworks.logql.syntax.MetricExpr;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.ast.TraceqlQuery;
import io.ghostworks.traceql.parse.TraceqlParseException;
import io.ghostworks.traceql.parse.TraceqlParser;
import io.ghostworks.traceql.parse.TraceqlValidationException;

/** Parses the expressions of rules. Thread-safe. */
public final class ExpressionReader {

  private final PromqlParser promql;

  /**
   * @param options which of PromQL's switchable features expressions may use
   */
  public ExpressionReader(ParserOptions options) {
    this.promql = new PromqlParser(options);
  }

  /** The text is no expression that a rule may have; the message is its language's. */
  public static final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    ExpressionException(String message, Throwable cause) {
      super(message, cause);
    }

    ExpressionException(String message) {
      super(message);
    }
  }

  /**
   * The expression of a text.
   *
   * @throws ExpressionException if it does not parse, or gives no numbers
   */
  public RuleExpression read(RuleLanguage language, String text) throws ExpressionException {
    return switch (language) {
      case PROMQL -> promql(text);
      case LOGQL -> logql(text);
      case TRACEQL -> traceql(text);
    };
  }

  private RuleExpression promql(String text) throws ExpressionException {
    try {
      return new RuleExpression.Promql(promql.parse(text));
    } catch (PromqlParseException e) {
      throw new ExpressionException(String.valueOf(e.getMessage()), e);
    }
  }

  private static RuleExpression logql(String text) throws ExpressionException {
    try {
      if (LogqlParser.parse(text) instanceof MetricExpr metric) {
        return new RuleExpression.Logql(metric);
      }
    } catch (LogqlParseException e) {
      throw new ExpressionException(String.valueOf(e.getMessage()), e);
    }
    throw new ExpressionException(
        "a rule needs a metric query, such as sum(rate({app=\"api\"}[5m])), and not one for lines");
  }

  private static RuleExpression traceql(String text) throws ExpressionException {
    TraceqlQuery query;
    try {
      query = TraceqlParser.parseValid(text);
    } catch (TraceqlParseException | TraceqlValidationException e) {
      throw new ExpressionException(String.valueOf(e.getMessage()), e);
    }
    if (query.expression() instanceof QueryExpression.Search) {
      throw new ExpressionException(
          "a rule needs a metrics query, such as { status = error } | rate(), and not a search");
    }
    return new RuleExpression.Traceql(query);
  }
}
