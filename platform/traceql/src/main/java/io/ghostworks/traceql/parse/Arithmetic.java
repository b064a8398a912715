package io.ghostworks.traceql.parse;

import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.ast.ScalarExpression;
import io.ghostworks.traceql.ast.SecondStage;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.StaticMath;
import io.ghostworks.traceql.ast.StaticType;
import io.ghostworks.traceql.parse.QueryPart.Form;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Arithmetic between the parts of a query: numbers are computed, aggregates and series joined. */
final class Arithmetic {

  private Arithmetic() {}

  /** What may follow a part and an operator; empty if the operator has no place there. */
  static Set<Form> rightForms(Form left, Operator operator, Set<Form> allowed) {
    boolean basic = operator != Operator.MOD && operator != Operator.POWER;
    return switch (left) {
      case SCALAR -> EnumSet.of(Form.SCALAR, Form.CONSTANT);
      case WRAPPED_SCALAR -> EnumSet.of(Form.WRAPPED_SCALAR);
      case SERIES -> basic ? EnumSet.of(Form.SERIES, Form.CONSTANT) : Set.of();
      case CONSTANT -> {
        Set<Form> forms = EnumSet.noneOf(Form.class);
        if (allowed.contains(Form.SCALAR)) {
          forms.add(Form.SCALAR);
        }
        if (basic) {
          forms.add(Form.CONSTANT);
          if (allowed.contains(Form.SERIES)) {
            forms.add(Form.SERIES);
          }
        }
        yield forms;
      }
      default -> Set.of();
    };
  }

  static QueryPart join(Operator operator, QueryPart left, QueryPart right, TokenStream tokens) {
    if (left instanceof QueryPart.Constant a && right instanceof QueryPart.Constant b) {
      return computed(operator, a.value(), b.value(), tokens);
    }
    if (left instanceof QueryPart.Series series) {
      return series(operator, series.expression(), right, tokens);
    }
    if (right instanceof QueryPart.Series series) {
      Static number = ((QueryPart.Constant) left).value();
      return new QueryPart.Series(
          staged(
              series.expression(),
              new SecondStage.Arithmetic(operator, operand(number, tokens), true)));
    }
    ScalarExpression joined = new ScalarExpression.Operation(operator, scalar(left), scalar(right));
    return left instanceof QueryPart.WrappedScalar
        ? new QueryPart.WrappedScalar(joined)
        : new QueryPart.Scalar(joined);
  }

  private static QueryPart series(
      Operator operator, QueryExpression left, QueryPart right, TokenStream tokens) {
    return new QueryPart.Series(
        right instanceof QueryPart.Series series
            ? new QueryExpression.Arithmetic(operator, left, series.expression(), List.of())
            : staged(
                left,
                new SecondStage.Arithmetic(
                    operator, operand(((QueryPart.Constant) right).value(), tokens), false)));
  }

  /** Series with one more stage behind theirs. */
  static QueryExpression staged(QueryExpression series, SecondStage stage) {
    return switch (series) {
      case QueryExpression.Metrics metrics ->
          new QueryExpression.Metrics(
              metrics.pipeline(), metrics.function(), with(metrics.stages(), stage));
      case QueryExpression.Arithmetic arithmetic ->
          new QueryExpression.Arithmetic(
              arithmetic.operator(),
              arithmetic.left(),
              arithmetic.right(),
              with(arithmetic.stages(), stage));
      case QueryExpression.Search search ->
          throw new IllegalStateException("a search has no series: " + search);
    };
  }

  private static List<SecondStage> with(List<SecondStage> stages, SecondStage stage) {
    List<SecondStage> more = new ArrayList<>(stages);
    more.add(stage);
    return more;
  }

  static ScalarExpression scalar(QueryPart part) {
    return switch (part) {
      case QueryPart.Scalar scalar -> scalar.expression();
      case QueryPart.Constant constant -> constant.value();
      case QueryPart.WrappedScalar scalar -> scalar.expression();
      default -> throw new IllegalStateException("no number: " + part);
    };
  }

  static QueryPart.Constant negate(QueryPart.Constant operand) {
    return new QueryPart.Constant(StaticMath.unary(Operator.SUB, operand.value()));
  }

  private static QueryPart computed(
      Operator operator, Static left, Static right, TokenStream tokens) {
    if (left.type() == StaticType.DURATION || right.type() == StaticType.DURATION) {
      throw tokens.failure("duration cannot be used in scalar arithmetic");
    }
    try {
      return new QueryPart.Constant(StaticMath.binary(operator, left, right));
    } catch (StaticMath.StaticMathException e) {
      throw tokens.failure(String.valueOf(e.getMessage()));
    }
  }

  private static double operand(Static number, TokenStream tokens) {
    if (number.type() == StaticType.DURATION) {
      throw tokens.failure("duration cannot be used as a scalar operand in metric arithmetic");
    }
    return number.toDouble();
  }
}
