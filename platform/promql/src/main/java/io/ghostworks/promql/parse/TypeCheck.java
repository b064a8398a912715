package io.ghostworks.promql.parse;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.BinaryOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.ast.ValueType;
import io.ghostworks.promql.ast.VectorMatching;
import io.ghostworks.promql.ast.VectorMatching.Cardinality;
import io.ghostworks.promql.text.QuotedText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that the parts of an expression fit together. */
final class TypeCheck {
  private final byte[] query;
  private final TokenStream errors;

  TypeCheck(String query, TokenStream errors) {
    this.query = query.getBytes(StandardCharsets.UTF_8);
    this.errors = errors;
  }

  /** Adds what is wrong to the errors and answers the type. */
  ValueType check(Expr expr) {
    switch (expr) {
      case Expr.Aggregation aggregation -> aggregation(aggregation);
      case Expr.Binary binary -> binary(binary);
      case Expr.Call call -> call(call);
      case Expr.Parenthesized parenthesized -> check(parenthesized.expr());
      case Expr.Unary unary -> {
        ValueType type = check(unary.expr());
        if (isNoNumber(type)) {
          add(
              unary,
              "unary expression only allowed on expressions of type scalar or instant vector, got "
                  + QuotedText.quote(type.documented()));
        }
      }
      case Expr.Subquery subquery -> {
        ValueType type = check(subquery.expr());
        if (type != ValueType.VECTOR) {
          add(
              subquery,
              "subquery is only allowed on instant vector, got %s instead".formatted(type.word()));
        }
      }
      case Expr.MatrixSelector matrix -> selector(matrix.selector());
      case Expr.VectorSelector selector -> selector(selector);
      case Expr.NumberLiteral number -> {}
      case Expr.StringLiteral string -> {}
    }
    return expr.type();
  }

  private static boolean isNoNumber(ValueType type) {
    return type != ValueType.SCALAR && type != ValueType.VECTOR;
  }

  private void aggregation(Expr.Aggregation aggregation) {
    expect(aggregation.expr(), ValueType.VECTOR, "aggregation expression");
    if (aggregation.parameter() != null) {
      expect(
          aggregation.parameter(), aggregation.operator().parameterType(), "aggregation parameter");
    }
  }

  private void expect(Expr expr, ValueType wanted, String where) {
    ValueType type = check(expr);
    if (type != wanted) {
      add(
          expr,
          "expected type %s in %s, got %s"
              .formatted(wanted.documented(), where, type.documented()));
    }
  }

  private void binary(Expr.Binary binary) {
    ValueType left = check(binary.left());
    ValueType right = check(binary.right());
    BinaryOperator operator = binary.operator();
    if (binary.returnBool() && !operator.isComparison()) {
      errors.add(operatorRange(binary), "bool modifier can only be used on comparison operators");
    }
    boolean scalars = left == ValueType.SCALAR && right == ValueType.SCALAR;
    if (operator.isComparison() && !binary.returnBool() && scalars) {
      errors.add(operatorRange(binary), "comparisons between scalars must use BOOL modifier");
    }
    matchingLabels(binary, binary.matching());
    String operands = "binary expression must contain only scalar and instant vector types";
    if (isNoNumber(left)) {
      add(binary.left(), operands);
    }
    if (isNoNumber(right)) {
      add(binary.right(), operands);
    }
    matching(binary, binary.matching(), left == ValueType.VECTOR && right == ValueType.VECTOR);
    if (operator.isSetOperator() && (left == ValueType.SCALAR || right == ValueType.SCALAR)) {
      add(
          binary,
          "set operator %s not allowed in binary scalar expression"
              .formatted(QuotedText.quote(operator.symbol())));
    }
  }

  private void matchingLabels(Expr.Binary binary, @Nullable VectorMatching matching) {
    if (matching == null || !matching.on()) {
      return;
    }
    for (String label : matching.labels()) {
      if (matching.include().contains(label)) {
        errors.add(
            operatorRange(binary),
            "label %s must not occur in ON and GROUP clause at once"
                .formatted(QuotedText.quote(label)));
      }
    }
  }

  private void matching(Expr.Binary binary, @Nullable VectorMatching matching, boolean vectors) {
    if (matching == null) {
      return;
    }
    boolean fills = matching.fillLeft() != null || matching.fillRight() != null;
    if (!vectors) {
      if (!matching.labels().isEmpty()) {
        add(binary, "vector matching only allowed between instant vectors");
      }
      if (fills) {
        add(binary, "filling in missing series only allowed between instant vectors");
      }
    } else if (binary.operator().isSetOperator()) {
      if (matching.cardinality() != Cardinality.MANY_TO_MANY) {
        add(
            binary,
            "no grouping allowed for %s operation"
                .formatted(QuotedText.quote(binary.operator().symbol())));
        add(binary, "set operations must always be many-to-many");
      }
      if (fills) {
        add(binary, "filling in missing series not allowed for set operators");
      }
    }
  }

  /** From after the left side to before the right side, without blanks. */
  private PositionRange operatorRange(Expr.Binary binary) {
    int start = binary.left().position().end();
    while (start < query.length && Lexer.isSpace(query[start])) {
      start++;
    }
    int end = binary.right().position().start() - 1;
    while (end > 0 && Lexer.isSpace(query[end])) {
      end--;
    }
    return new PositionRange(start, end);
  }

  private void call(Expr.Call call) {
    Function function = call.function();
    List<ValueType> types = function.argumentTypes();
    int count = call.arguments().size();
    int least = function.variadic() == 0 ? types.size() : types.size() - 1;
    int most = function.variadic() < 0 ? Integer.MAX_VALUE : least + function.variadic();
    if (count < least || count > most) {
      String bound = function.variadic() == 0 ? "" : count < least ? "at least " : "at most ";
      add(
          call,
          "expected %s%d argument(s) in call to %s, got %d"
              .formatted(
                  bound,
                  count < least ? least : most,
                  QuotedText.quote(function.functionName()),
                  count));
    }
    if (function == Function.INFO && count > 1) {
      dataLabels(call, call.arguments().get(1));
    }
    for (int i = 0; i < count; i++) {
      if (i >= types.size() && function.variadic() == 0) {
        break;
      }
      ValueType wanted = types.get(Math.min(i, types.size() - 1));
      ValueType type = check(call.arguments().get(i));
      if (type != wanted) {
        add(
            call.arguments().get(i),
            "expected type %s in call to function %s, got %s"
                .formatted(
                    wanted.documented(),
                    QuotedText.quote(function.functionName()),
                    type.documented()));
      }
    }
  }

  private void dataLabels(Expr.Call call, Expr labels) {
    if (labels.type() != ValueType.VECTOR) {
      add(
          call,
          "expected type instant vector in call to function \"info\", got "
              + labels.type().documented());
    }
    if (!(labels instanceof Expr.VectorSelector selector)) {
      add(labels, "expected label selectors only");
    } else if (!selector.name().isEmpty()) {
      add(labels, "expected label selectors only, got vector selector instead");
    }
  }

  private void selector(Expr.VectorSelector selector) {
    List<LabelMatcher> matchers = selector.matchers();
    if (!selector.name().isEmpty()) {
      for (LabelMatcher matcher : matchers.subList(0, matchers.size() - 1)) {
        if (matcher.label().equals(Labels.METRIC_NAME)) {
          add(
              selector,
              "metric name must not be set twice: %s or %s"
                  .formatted(QuotedText.quote(selector.name()), QuotedText.quote(value(matcher))));
        }
      }
    } else if (!selector.dataLabels()
        && matchers.stream().allMatch(matcher -> matcher.matches(""))) {
      add(selector, "vector selector must contain at least one non-empty matcher");
    }
  }

  private static String value(LabelMatcher matcher) {
    return switch (matcher) {
      case LabelMatcher.Equal equal -> equal.value();
      case LabelMatcher.NotEqual notEqual -> notEqual.value();
      case LabelMatcher.Matches matches -> matches.regex().source();
      case LabelMatcher.NotMatches notMatches -> notMatches.regex().source();
    };
  }

  private void add(Expr expr, String message) {
    errors.add(expr.position(), message);
  }
}
