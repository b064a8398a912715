package io.ghostworks.promql.ast;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.LabelNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.text.DurationText;
import io.ghostworks.promql.text.FloatText;
import io.ghostworks.promql.text.QuotedText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes expressions as Prometheus's printer does. */
final class ExprText {

  private ExprText() {}

  static String of(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral number -> number(number);
      case Expr.StringLiteral string -> QuotedText.quote(string.value());
      case Expr.VectorSelector selector -> selector(selector, true);
      case Expr.MatrixSelector matrix -> matrix(matrix);
      case Expr.Subquery subquery ->
          "%s[%s:%s]%s%s"
              .formatted(
                  subquery.expr(),
                  duration(subquery.rangeMs(), subquery.rangeExpression()),
                  subquery.stepMs() == 0 && subquery.stepExpression() == null
                      ? ""
                      : duration(subquery.stepMs(), subquery.stepExpression()),
                  at(subquery.shift()),
                  offset(subquery.shift()));
      case Expr.Aggregation aggregation -> aggregation(aggregation);
      case Expr.Binary binary ->
          "%s %s %s".formatted(binary.left(), operator(binary), binary.right());
      case Expr.Call call -> call.function().functionName() + "(" + list(call.arguments()) + ")";
      case Expr.Parenthesized parenthesized -> "(" + parenthesized.expr() + ")";
      case Expr.Unary unary -> (unary.minus() ? "-" : "+") + unary.expr();
    };
  }

  private static String number(Expr.NumberLiteral number) {
    if (!number.duration()) {
      return FloatText.format(number.value());
    }
    String sign = number.value() < 0 ? "-" : "";
    return sign + DurationText.format((long) (Math.abs(number.value()) * 1e9) / 1_000_000);
  }

  private static String selector(Expr.VectorSelector selector, boolean modifiers) {
    List<String> conditions = new ArrayList<>();
    for (LabelMatcher matcher : selector.matchers()) {
      boolean isName =
          matcher instanceof LabelMatcher.Equal equal
              && equal.label().equals(Labels.METRIC_NAME)
              && equal.value().equals(selector.name())
              && !selector.name().isEmpty();
      if (!isName) {
        conditions.add(matcher.toString());
      }
    }
    conditions.sort(Labels::compareUtf8);
    String braces = conditions.isEmpty() ? "" : "{" + String.join(",", conditions) + "}";
    if (!modifiers) {
      return selector.name() + braces;
    }
    return selector.name()
        + braces
        + at(selector.shift())
        + extension(selector.extension())
        + offset(selector.shift());
  }

  private static String matrix(Expr.MatrixSelector matrix) {
    Expr.VectorSelector selector = matrix.selector();
    return "%s[%s]%s%s%s"
        .formatted(
            selector(selector, false),
            duration(matrix.rangeMs(), matrix.rangeExpression()),
            extension(selector.extension()),
            at(selector.shift()),
            offset(selector.shift()));
  }

  private static String extension(Expr.Extension extension) {
    return switch (extension) {
      case NONE -> "";
      case ANCHORED -> " anchored";
      case SMOOTHED -> " smoothed";
    };
  }

  private static String duration(long durationMs, @Nullable DurationExpr expression) {
    return expression != null ? expression.toString() : DurationText.format(durationMs);
  }

  private static String at(TimeShift shift) {
    return switch (shift.at()) {
      case null -> "";
      case TimeShift.At.Timestamp timestamp ->
          " @ " + FloatText.formatFixed(timestamp.timestampMs() / 1000.0, 3);
      case TimeShift.At.Start start -> " @ start()";
      case TimeShift.At.End end -> " @ end()";
    };
  }

  private static String offset(TimeShift shift) {
    if (shift.offsetExpression() != null) {
      return " offset " + shift.offsetExpression();
    }
    if (shift.offsetMs() == 0) {
      return "";
    }
    String sign = shift.offsetMs() < 0 ? "-" : "";
    return " offset " + sign + DurationText.format(Math.abs(shift.offsetMs()));
  }

  /** The operator and its labels, before the arguments. */
  static String head(Expr.Aggregation aggregation) {
    StringBuilder out = new StringBuilder(aggregation.operator().word());
    if (aggregation.without()) {
      out.append(" without (").append(names(aggregation.grouping())).append(") ");
    } else if (!aggregation.grouping().isEmpty()) {
      out.append(" by (").append(names(aggregation.grouping())).append(") ");
    }
    return out.toString();
  }

  private static String aggregation(Expr.Aggregation aggregation) {
    StringBuilder out = new StringBuilder(head(aggregation)).append('(');
    if (aggregation.parameter() != null) {
      out.append(aggregation.parameter()).append(", ");
    }
    return out.append(aggregation.expr()).append(')').toString();
  }

  /** The operator with its modifiers. */
  static String operator(Expr.Binary binary) {
    return binary.operator() + (binary.returnBool() ? " bool" : "") + matching(binary.matching());
  }

  private static String matching(@Nullable VectorMatching matching) {
    if (matching == null) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    boolean grouped =
        matching.cardinality() == VectorMatching.Cardinality.MANY_TO_ONE
            || matching.cardinality() == VectorMatching.Cardinality.ONE_TO_MANY;
    if (!matching.labels().isEmpty() || matching.on() || grouped) {
      out.append(matching.on() ? " on (" : " ignoring (")
          .append(names(matching.labels()))
          .append(')');
    }
    if (grouped) {
      boolean left = matching.cardinality() == VectorMatching.Cardinality.MANY_TO_ONE;
      out.append(left ? " group_left (" : " group_right (")
          .append(names(matching.include()))
          .append(')');
    }
    Double left = matching.fillLeft();
    Double right = matching.fillRight();
    if (left != null && right != null && left.doubleValue() == right.doubleValue()) {
      return out.append(" fill (").append(FloatText.formatShort(left)).append(')').toString();
    }
    if (left != null) {
      out.append(" fill_left (").append(FloatText.formatShort(left)).append(')');
    }
    if (right != null) {
      out.append(" fill_right (").append(FloatText.formatShort(right)).append(')');
    }
    return out.toString();
  }

  private static String names(List<String> labels) {
    StringBuilder out = new StringBuilder();
    for (String label : labels) {
      if (!out.isEmpty()) {
        out.append(", ");
      }
      if (LabelNames.isLegacyLabelName(label)) {
        out.append(label);
      } else {
        LabelNames.quote(label, out);
      }
    }
    return out.toString();
  }

  private static String list(List<Expr> expressions) {
    StringBuilder out = new StringBuilder();
    for (Expr expression : expressions) {
      if (!out.isEmpty()) {
        out.append(", ");
      }
      out.append(expression);
    }
    return out.toString();
  }
}
