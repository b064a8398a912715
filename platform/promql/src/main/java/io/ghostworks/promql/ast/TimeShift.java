package io.ghostworks.promql.ast;

import org.jspecify.annotations.Nullable;

/**
 * The modifiers {@code offset} and {@code @} of a selector or subquery.
 *
 * @param offsetMs the offset, positive into the past; 0 where an expression gives it
 * @param offsetExpression the expression that gives it, or null
 * @param at the fixed time, or null
 */
public record TimeShift(long offsetMs, @Nullable DurationExpr offsetExpression, @Nullable At at) {

  public static final TimeShift NONE = new TimeShift(0, null, null);

  public boolean hasOffset() {
    return offsetMs != 0 || offsetExpression != null;
  }

  public TimeShift withOffset(long newOffsetMs, @Nullable DurationExpr expression) {
    return new TimeShift(newOffsetMs, expression, at);
  }

  public TimeShift withAt(At newAt) {
    return new TimeShift(offsetMs, offsetExpression, newAt);
  }

  /** The time after {@code @}. */
  public sealed interface At {
    record Timestamp(long timestampMs) implements At {}

    /** {@code start()}: the first evaluation of the query. */
    record Start() implements At {}

    /** {@code end()}: the last evaluation of the query. */
    record End() implements At {}
  }
}
