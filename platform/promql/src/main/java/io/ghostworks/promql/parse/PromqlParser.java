package io.ghostworks.promql.parse;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.promql.ast.Expr;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses PromQL as Prometheus 3.14 does. Stateless and safe for use from several threads.
 *
 * <p>Expressions nest at most {@value #DEPTH_MAX} deep, so that no query can exhaust a stack.
 */
public final class PromqlParser {

  /** How deep expressions may nest; a chain of operators counts as nested. */
  public static final int DEPTH_MAX = 512;

  private final ParserOptions options;

  public PromqlParser(ParserOptions options) {
    this.options = options;
  }

  /**
   * The expression of a query, its types checked.
   *
   * @throws PromqlParseException if it is none
   */
  public Expr parse(String query) {
    TokenStream tokens = new TokenStream(query);
    Expr expr = null;
    try {
      expr = new ExpressionParser(tokens, options).parseAll();
    } catch (TokenStream.Abandoned e) {
      throw new PromqlParseException(query, tokens.errors());
    }
    if (tokens.errors().isEmpty()) {
      new TypeCheck(query, tokens).check(expr);
    }
    if (!tokens.errors().isEmpty()) {
      throw new PromqlParseException(query, tokens.errors());
    }
    return expr;
  }

  /**
   * The conditions of a selector such as {@code up{job="api"}}, as the API's {@code match[]} takes
   * them. An empty condition is allowed here; whether it may be is the API's concern.
   *
   * @throws PromqlParseException if the text is no selector
   */
  public List<LabelMatcher> parseSelector(String selector) {
    TokenStream tokens = new TokenStream(selector);
    try {
      Expr.VectorSelector parsed = new SelectorParser(tokens).parse();
      if (tokens.peek().type() != TokenType.END_OF_INPUT) {
        throw tokens.unexpected("", "");
      }
      if (tokens.errors().isEmpty()) {
        return parsed.matchers();
      }
    } catch (TokenStream.Abandoned e) {
      throw new PromqlParseException(selector, tokens.errors());
    }
    throw new PromqlParseException(selector, tokens.errors());
  }

  /** The conditions of all selectors in an expression, in the order of the query. */
  public static List<List<LabelMatcher>> selectors(Expr expr) {
    List<List<LabelMatcher>> found = new ArrayList<>();
    collect(expr, found);
    return found;
  }

  private static void collect(Expr expr, List<List<LabelMatcher>> found) {
    switch (expr) {
      case Expr.VectorSelector selector -> found.add(selector.matchers());
      case Expr.MatrixSelector matrix -> found.add(matrix.selector().matchers());
      case Expr.Subquery subquery -> collect(subquery.expr(), found);
      case Expr.Aggregation aggregation -> {
        collect(aggregation.expr(), found);
        if (aggregation.parameter() != null) {
          collect(aggregation.parameter(), found);
        }
      }
      case Expr.Binary binary -> {
        collect(binary.left(), found);
        collect(binary.right(), found);
      }
      case Expr.Call call -> call.arguments().forEach(argument -> collect(argument, found));
      case Expr.Parenthesized parenthesized -> collect(parenthesized.expr(), found);
      case Expr.Unary unary -> collect(unary.expr(), found);
      case Expr.NumberLiteral number -> {}
      case Expr.StringLiteral string -> {}
    }
  }
}
