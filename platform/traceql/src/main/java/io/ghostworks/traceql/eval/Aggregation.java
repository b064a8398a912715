package io.ghostworks.traceql.eval;

import io.ghostworks.traceql.ast.Aggregate;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.StaticMath;
import io.ghostworks.traceql.ast.Statics;
import org.jspecify.annotations.Nullable;

/**
 * The number that an aggregate makes of spans, by Tempo's rules: sums take the type of the first
 * value and leave out values of other types, and the sum of integers is read as unsigned where it
 * is divided.
 */
final class Aggregation {
  private static final double TWO_TO_64 = 0x1p64;

  private final Aggregate.Function function;
  private final @Nullable SpanExpression expression;

  private Aggregation(Aggregate.Function function, @Nullable SpanExpression expression) {
    this.function = function;
    this.expression = expression;
  }

  static Aggregation of(Aggregate aggregate, KeyTable keys) {
    return new Aggregation(
        aggregate.function(),
        aggregate.expression() == null ? null : SpanExpression.of(aggregate.expression(), keys));
  }

  /** Nil if no span has a value. */
  Static value(int[] spans, TraceSpans trace) {
    if (expression == null) {
      return new Static.Int(spans.length);
    }
    SpanCursor cursor = new SpanCursor(trace);
    Static result = Statics.NIL;
    int count = 0;
    for (int span : spans) {
      cursor.moveTo(span);
      Static value = expression.value(cursor);
      if (!value.isNil()) {
        result = count == 0 ? value : joined(result, value);
        count++;
      }
    }
    return function == Aggregate.Function.AVG && count > 0 ? divided(result, count) : result;
  }

  private Static joined(Static result, Static value) {
    return switch (function) {
      case MAX -> StaticMath.compare(value, result) > 0 ? value : result;
      case MIN -> StaticMath.compare(value, result) < 0 ? value : result;
      case SUM, AVG -> sum(result, value);
      case COUNT -> throw new IllegalStateException("count has no expression");
    };
  }

  private static Static sum(Static result, Static value) {
    if (result instanceof Static.Int a && value instanceof Static.Int b) {
      return new Static.Int(a.value() + b.value());
    }
    if (result instanceof Static.Nanos a && value instanceof Static.Nanos b) {
      return new Static.Nanos(a.value() + b.value());
    }
    if (result instanceof Static.Real a && value instanceof Static.Real b) {
      return new Static.Real(a.value() + b.value());
    }
    return result;
  }

  private static Static divided(Static sum, int count) {
    return switch (sum) {
      case Static.Int number ->
          new Static.Real(
              (number.value() >= 0 ? number.value() : number.value() + TWO_TO_64) / count);
      case Static.Nanos nanos -> new Static.Nanos(nanos.value() / count);
      case Static.Real real -> new Static.Real(real.value() / count);
      default -> sum;
    };
  }
}
