package io.ghostworks.rules.lint;

import io.ghostworks.promql.ast.AggregateOperator;
import io.ghostworks.promql.ast.BinaryOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.ast.TimeShift;
import io.ghostworks.promql.ast.VectorMatching;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Comparisons that no value fulfils: a count of nothing is nothing and never 0, {@code absent}
 * gives 1 or nothing, a rate of a counter is never negative.
 */
final class NeverTrueCheck implements ExpressionCheck {
  private static final long GONE_SINCE_MS = 10 * 60_000;

  @Override
  public void check(LintSubject subject, Consumer<LintFinding> findings) {
    Expressions.walk(
        subject.expression(),
        each -> {
          if (each instanceof Expr.Binary binary
              && binary.operator().isComparison()
              && !binary.returnBool()) {
            OptionalDouble limit = Expressions.number(binary.right());
            if (limit.isPresent()) {
              check(subject, binary, limit.getAsDouble(), findings);
            }
          }
        });
  }

  private static void check(
      LintSubject subject, Expr.Binary binary, double limit, Consumer<LintFinding> findings) {
    Expr compared = Expressions.bare(binary.left());
    Range range = range(compared);
    if (range == null || range.allows(binary.operator(), limit)) {
      return;
    }
    LintFinding found =
        LintFinding.of(
            LintCheck.NEVER_TRUE,
            subject.place(),
            "%s is never true: %s".formatted(binary, range.why));
    findings.accept(
        instead(compared)
            .flatMap(
                now -> Expressions.checked(Expressions.replace(subject.expression(), binary, now)))
            .map(found::corrected)
            .orElse(found));
  }

  /** What a value can be: from a least value, or one value alone. */
  private record Range(double min, double max, String why) {

    boolean allows(BinaryOperator operator, double limit) {
      return switch (operator) {
        case EQUAL -> limit >= min && limit <= max;
        case NOT_EQUAL -> !(min == max && limit == min);
        case LESS -> min < limit;
        case LESS_OR_EQUAL -> min <= limit;
        case GREATER -> max > limit;
        case GREATER_OR_EQUAL -> max >= limit;
        default -> true;
      };
    }
  }

  private static @org.jspecify.annotations.Nullable Range range(Expr expr) {
    return switch (expr) {
      case Expr.Aggregation aggregation when aggregation.operator() == AggregateOperator.COUNT ->
          new Range(1, Double.POSITIVE_INFINITY, "a count of no series is no series, not 0");
      case Expr.Aggregation aggregation when aggregation.operator() == AggregateOperator.GROUP ->
          new Range(1, 1, "group gives 1, or no series");
      case Expr.Call call
          when call.function() == Function.ABSENT || call.function() == Function.ABSENT_OVER_TIME ->
          new Range(1, 1, call.function() + " gives 1 where nothing is there, and no series else");
      case Expr.Call call
          when call.function() == Function.RATE
              || call.function() == Function.IRATE
              || call.function() == Function.INCREASE
              || call.function() == Function.CHANGES
              || call.function() == Function.RESETS ->
          new Range(
              0,
              Double.POSITIVE_INFINITY,
              call.function() + " takes a fall for a reset and is" + " never negative");
      case Expr.Call call when call.function() == Function.COUNT_OVER_TIME ->
          new Range(1, Double.POSITIVE_INFINITY, "where no sample is, there is no series, not 0");
      default -> null;
    };
  }

  /** What was probably meant. */
  private static Optional<Expr> instead(Expr compared) {
    return switch (compared) {
      case Expr.Aggregation aggregation
          when aggregation.grouping().isEmpty() && !aggregation.without() ->
          Optional.of(call(Function.ABSENT, aggregation.expr()));
      case Expr.Aggregation aggregation -> gone(aggregation);
      case Expr.Call call
          when call.function() == Function.ABSENT || call.function() == Function.ABSENT_OVER_TIME ->
          Optional.of(call);
      case Expr.Call call when call.function() == Function.COUNT_OVER_TIME ->
          Optional.of(call(Function.ABSENT_OVER_TIME, call.arguments().getFirst()));
      default -> Optional.empty();
    };
  }

  private static Expr call(Function function, Expr argument) {
    return new Expr.Call(function, List.of(argument), PositionRange.START);
  }

  /** The groups that were there ten minutes ago and are not now. */
  private static Optional<Expr> gone(Expr.Aggregation now) {
    if (!(Expressions.bare(now.expr()) instanceof Expr.VectorSelector selector)
        || selector.shift().hasOffset()) {
      return Optional.empty();
    }
    TimeShift before = selector.shift().withOffset(GONE_SINCE_MS, null);
    Expr then =
        new Expr.Aggregation(
            now.operator(),
            selector.withShift(before, selector.position().end()),
            null,
            now.grouping(),
            now.without(),
            now.position());
    return Optional.of(
        new Expr.Binary(
            BinaryOperator.UNLESS,
            then,
            now,
            VectorMatching.PLAIN.withCardinality(VectorMatching.Cardinality.MANY_TO_MANY),
            false));
  }
}
