package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.BinaryOperator;
import io.ghostworks.promql.ast.DurationExpr;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.ast.TimeShift;
import io.ghostworks.query.QueryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts into an expression what is fixed once a query's times are known: the functions start, end,
 * range and step, computed durations, the times of {@code @}; and takes parentheses off arguments.
 */
final class QueryPreparation {
  private static final double SECONDS_MAX = 0x1p63 / 1e9;

  private final long startMs;
  private final long endMs;
  private final long stepMs;
  private final Set<Expr.VectorSelector> statisticsOnly =
      Collections.newSetFromMap(new IdentityHashMap<>());
  private int countingCalls;
  private int bucketReaders;

  QueryPreparation(long startMs, long endMs, long stepMs) {
    this.startMs = startMs;
    this.endMs = endMs;
    this.stepMs = stepMs;
  }

  /**
   * The selectors of the prepared expression whose histograms are needed for count and sum only, by
   * identity.
   */
  Set<Expr.VectorSelector> statisticsOnly() {
    return statisticsOnly;
  }

  Expr prepare(Expr expr) {
    int counting = countingCalls;
    int reading = bucketReaders;
    enter(expr);
    Expr prepared = rewrite(expr);
    countingCalls = counting;
    bucketReaders = reading;
    return prepared;
  }

  /** Notes what stands above a selector: what needs counts only, and what needs buckets. */
  private void enter(Expr expr) {
    switch (expr) {
      case Expr.Subquery subquery -> bucketReaders++;
      case Expr.Binary binary -> {
        if (binary.operator() == BinaryOperator.TRIM_LOWER
            || binary.operator() == BinaryOperator.TRIM_UPPER) {
          bucketReaders++;
        }
      }
      case Expr.Call call -> {
        switch (call.function()) {
          case HISTOGRAM_COUNT, HISTOGRAM_SUM, HISTOGRAM_AVG -> countingCalls++;
          case HISTOGRAM_QUANTILE, HISTOGRAM_QUANTILES, HISTOGRAM_FRACTION -> bucketReaders++;
          default -> {}
        }
      }
      default -> {}
    }
  }

  private Expr rewrite(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral number -> number;
      case Expr.StringLiteral string -> string;
      case Expr.VectorSelector selector -> selector(selector);
      case Expr.MatrixSelector matrix ->
          new Expr.MatrixSelector(
              selector(matrix.selector()),
              duration(matrix.rangeMs(), matrix.rangeExpression(), false),
              null,
              matrix.end());
      case Expr.Subquery subquery ->
          new Expr.Subquery(
              prepare(subquery.expr()),
              duration(subquery.rangeMs(), subquery.rangeExpression(), false),
              null,
              duration(subquery.stepMs(), subquery.stepExpression(), false),
              null,
              shift(subquery.shift()),
              subquery.end());
      case Expr.Aggregation aggregation ->
          new Expr.Aggregation(
              aggregation.operator(),
              withoutParentheses(prepare(aggregation.expr())),
              aggregation.parameter() == null
                  ? null
                  : withoutParentheses(prepare(aggregation.parameter())),
              aggregation.grouping(),
              aggregation.without(),
              aggregation.position());
      case Expr.Binary binary ->
          new Expr.Binary(
              binary.operator(),
              prepare(binary.left()),
              prepare(binary.right()),
              binary.matching(),
              binary.returnBool());
      case Expr.Call call -> call(call);
      case Expr.Parenthesized parenthesized ->
          new Expr.Parenthesized(prepare(parenthesized.expr()), parenthesized.position());
      case Expr.Unary unary -> new Expr.Unary(unary.minus(), prepare(unary.expr()), unary.start());
    };
  }

  private Expr call(Expr.Call call) {
    Function function = call.function();
    return switch (function) {
      case START -> number(startMs / 1000.0, call);
      case END -> number(endMs / 1000.0, call);
      case RANGE -> number((endMs - startMs) / 1000.0, call);
      case STEP -> number(startMs == endMs ? 0 : stepMs / 1000.0, call);
      default -> {
        List<Expr> arguments = new ArrayList<>();
        for (Expr argument : call.arguments()) {
          arguments.add(withoutParentheses(prepare(argument)));
        }
        yield new Expr.Call(function, arguments, call.position());
      }
    };
  }

  private static Expr number(double value, Expr.Call call) {
    return new Expr.NumberLiteral(value, false, call.position());
  }

  private static Expr withoutParentheses(Expr expr) {
    Expr inner = expr;
    while (inner instanceof Expr.Parenthesized parenthesized) {
      inner = parenthesized.expr();
    }
    return inner;
  }

  private Expr.VectorSelector selector(Expr.VectorSelector selector) {
    Expr.VectorSelector prepared =
        selector.withShift(shift(selector.shift()), selector.position().end());
    if (countingCalls > 0 && bucketReaders == 0) {
      statisticsOnly.add(prepared);
    }
    return prepared;
  }

  private TimeShift shift(TimeShift shift) {
    TimeShift.At at =
        switch (shift.at()) {
          case null -> null;
          case TimeShift.At.Timestamp timestamp -> timestamp;
          case TimeShift.At.Start start -> new TimeShift.At.Timestamp(startMs);
          case TimeShift.At.End end -> new TimeShift.At.Timestamp(endMs);
        };
    return new TimeShift(duration(shift.offsetMs(), shift.offsetExpression(), true), null, at);
  }

  private long duration(
      long durationMs, @Nullable DurationExpr expression, boolean negativeAllowed) {
    if (expression == null) {
      return durationMs;
    }
    double seconds = seconds(expression);
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      throw error(expression, "duration is NaN or infinite");
    }
    if (seconds <= 0 && !negativeAllowed) {
      throw error(expression, "duration must be greater than 0");
    }
    if (Math.abs(seconds) > SECONDS_MAX) {
      throw error(expression, "duration is out of range");
    }
    return (long) (seconds * 1000);
  }

  private double seconds(DurationExpr expression) {
    return switch (expression) {
      case DurationExpr.Literal literal -> literal.number().value();
      case DurationExpr.QueryValue value ->
          value.isStep() ? stepMs / 1000.0 : (endMs - startMs) / 1000.0;
      case DurationExpr.Operation operation -> operation(operation);
    };
  }

  private double operation(DurationExpr.Operation operation) {
    boolean sign = operation.left() == null;
    double left = operation.left() == null ? 0 : seconds(operation.left());
    double right = seconds(operation.right());
    return switch (operation.operator()) {
      case ADD -> sign ? right : left + right;
      case SUBTRACT -> sign ? -right : left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> {
        if (right == 0) {
          throw error(operation, "division by zero");
        }
        yield left / right;
      }
      case MODULO -> {
        if (right == 0) {
          throw error(operation, "modulo by zero");
        }
        yield left % right;
      }
      case POWER -> Math.pow(left, right);
      case MIN_OF -> Math.min(left, right);
      case MAX_OF -> Math.max(left, right);
    };
  }

  private static QueryException error(DurationExpr expression, String text) {
    PositionRange position = expression.position();
    return new QueryException(
        QueryException.Kind.BAD_QUERY,
        "%d:%d: %s".formatted(position.start(), position.end(), text));
  }
}
