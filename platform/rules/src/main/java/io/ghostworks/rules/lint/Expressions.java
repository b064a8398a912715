package io.ghostworks.rules.lint;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.AggregateOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Walks over syntax trees and makes new ones of them. */
final class Expressions {
  private static final PromqlParser PARSER = new PromqlParser(ParserOptions.ALL);

  /** Binds tighter than every operator. */
  private static final int TIGHTEST = 7;

  private Expressions() {}

  /** The expressions that an expression is made of. */
  static List<Expr> children(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral ignored -> List.of();
      case Expr.StringLiteral ignored -> List.of();
      case Expr.VectorSelector ignored -> List.of();
      case Expr.MatrixSelector matrix -> List.of(matrix.selector());
      case Expr.Subquery subquery -> List.of(subquery.expr());
      case Expr.Aggregation aggregation -> {
        Expr parameter = aggregation.parameter();
        yield parameter == null
            ? List.of(aggregation.expr())
            : List.of(parameter, aggregation.expr());
      }
      case Expr.Binary binary -> List.of(binary.left(), binary.right());
      case Expr.Call call -> call.arguments();
      case Expr.Parenthesized parenthesized -> List.of(parenthesized.expr());
      case Expr.Unary unary -> List.of(unary.expr());
    };
  }

  /** Tells of an expression and of all that it is made of, outermost first. */
  static void walk(Expr expr, Consumer<Expr> visitor) {
    visitor.accept(expr);
    children(expr).forEach(child -> walk(child, visitor));
  }

  /** The selectors in the order of the query. */
  static List<Expr.VectorSelector> selectors(Expr expr) {
    List<Expr.VectorSelector> found = new ArrayList<>();
    walk(
        expr,
        each -> {
          if (each instanceof Expr.VectorSelector selector && !selector.dataLabels()) {
            found.add(selector);
          }
        });
    return found;
  }

  /** Without parentheses around it. */
  static Expr bare(Expr expr) {
    return expr instanceof Expr.Parenthesized parenthesized ? bare(parenthesized.expr()) : expr;
  }

  /** The number that an expression is, with its sign. */
  static OptionalDouble number(Expr expr) {
    return switch (bare(expr)) {
      case Expr.NumberLiteral number -> OptionalDouble.of(number.value());
      case Expr.Unary unary -> {
        OptionalDouble inner = number(unary.expr());
        yield inner.isPresent() && unary.minus() ? OptionalDouble.of(-inner.getAsDouble()) : inner;
      }
      default -> OptionalDouble.empty();
    };
  }

  /** The one metric that a selector names, if it names one. */
  static Optional<String> metric(Expr.VectorSelector selector) {
    for (LabelMatcher matcher : selector.matchers()) {
      if (matcher instanceof LabelMatcher.Equal equal
          && equal.label().equals(Labels.METRIC_NAME)
          && !equal.value().isEmpty()) {
        return Optional.of(equal.value());
      }
    }
    return Optional.empty();
  }

  /** The tree with another one in the place of a part, which is told by its identity. */
  static Expr replace(Expr tree, Expr part, Expr replacement) {
    return replace(tree, part, replacement, 0);
  }

  @SuppressWarnings("ReferenceEquality") // equal parts elsewhere stay
  private static Expr replace(Expr tree, Expr part, Expr replacement, int outerPrecedence) {
    if (tree == part) {
      boolean needsParentheses =
          replacement instanceof Expr.Binary binary
              && binary.operator().precedence() <= outerPrecedence
              && !sameRank(part, replacement);
      return needsParentheses ? parenthesized(replacement) : replacement;
    }
    return switch (tree) {
      case Expr.NumberLiteral number -> number;
      case Expr.StringLiteral string -> string;
      case Expr.VectorSelector selector -> selector;
      case Expr.MatrixSelector matrix ->
          replace(matrix.selector(), part, replacement, 0) instanceof Expr.VectorSelector now
              ? new Expr.MatrixSelector(
                  now, matrix.rangeMs(), matrix.rangeExpression(), matrix.end())
              : matrix;
      case Expr.Subquery subquery ->
          new Expr.Subquery(
              replace(subquery.expr(), part, replacement, TIGHTEST),
              subquery.rangeMs(),
              subquery.rangeExpression(),
              subquery.stepMs(),
              subquery.stepExpression(),
              subquery.shift(),
              subquery.end());
      case Expr.Aggregation aggregation -> {
        Expr parameter = aggregation.parameter();
        yield new Expr.Aggregation(
            aggregation.operator(),
            replace(aggregation.expr(), part, replacement, 0),
            parameter == null ? null : replace(parameter, part, replacement, 0),
            aggregation.grouping(),
            aggregation.without(),
            aggregation.position());
      }
      case Expr.Binary binary ->
          new Expr.Binary(
              binary.operator(),
              replace(binary.left(), part, replacement, binary.operator().precedence()),
              replace(binary.right(), part, replacement, binary.operator().precedence()),
              binary.matching(),
              binary.returnBool());
      case Expr.Call call ->
          new Expr.Call(
              call.function(),
              call.arguments().stream()
                  .map(argument -> replace(argument, part, replacement, 0))
                  .toList(),
              call.position());
      case Expr.Parenthesized parenthesized ->
          new Expr.Parenthesized(
              replace(parenthesized.expr(), part, replacement, 0), parenthesized.position());
      case Expr.Unary unary ->
          new Expr.Unary(
              unary.minus(), replace(unary.expr(), part, replacement, TIGHTEST), unary.start());
    };
  }

  private static boolean sameRank(Expr part, Expr replacement) {
    return part instanceof Expr.Binary before
        && replacement instanceof Expr.Binary now
        && before.operator().precedence() == now.operator().precedence();
  }

  static Expr parenthesized(Expr expr) {
    return new Expr.Parenthesized(expr, PositionRange.START);
  }

  /** A sum that keeps labels; with none, one number. */
  static Expr.Aggregation sum(Expr of, Collection<String> by) {
    return new Expr.Aggregation(
        AggregateOperator.SUM, of, null, List.copyOf(by), false, PositionRange.START);
  }

  /**
   * Whether a text that was made of trees is an expression.
   *
   * @return the text as it parses, empty if it does not
   */
  static Optional<String> checked(Expr made) {
    try {
      return Optional.of(PARSER.parse(made.toString()).toString());
    } catch (io.ghostworks.promql.parse.PromqlParseException e) {
      return Optional.empty();
    }
  }

  /**
   * @throws io.ghostworks.promql.parse.PromqlParseException if it is none
   */
  static Expr parse(String text) {
    return PARSER.parse(text);
  }

  /** What is compared with a number, where that is all that the comparison does. */
  static Expr withoutThreshold(Expr expr) {
    return bare(expr) instanceof Expr.Binary binary
            && binary.operator().isComparison()
            && number(binary.right()).isPresent()
        ? binary.left()
        : expr;
  }
}
