package io.ghostworks.promql.cache;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.TimeShift;
import io.ghostworks.promql.eval.EngineOptions;

/**
 * Which samples the value of an expression at a step depends on: those of a range of times that
 * moves with the step, and those of a range that does not. All ends are inclusive and a little too
 * wide rather than too narrow.
 *
 * @param refusal why results of the expression cannot be kept, in words for people; "" if they can
 * @param fromMs how far before the step the moving range begins, negative into the past
 * @param throughMs how far after the step it ends
 * @param fixedFromMs where the fixed range begins; after its end where there is none
 * @param fixedThroughMs where it ends
 * @param subqueryStepMs the finest step of a moving subquery; 0 where there is none
 */
record StepReach(
    String refusal,
    long fromMs,
    long throughMs,
    long fixedFromMs,
    long fixedThroughMs,
    long subqueryStepMs) {

  /** Further than any data reach, 278 years, and far from where times overflow. */
  private static final long REACH_MAX_MS = 1L << 43;

  /** Looks through an expression as it was parsed. */
  static StepReach of(Expr expr, EngineOptions options) {
    Search search = new Search(options);
    try {
      search.look(expr, new When(false, 0, 0));
    } catch (RefusedException e) {
      return new StepReach(String.valueOf(e.getMessage()), 0, 0, 0, 0, 0);
    }
    return search.found();
  }

  boolean isRefused() {
    return !refusal.isEmpty();
  }

  boolean hasFixed() {
    return fixedFromMs <= fixedThroughMs;
  }

  /** How long the moving range is. */
  long lengthMs() {
    return throughMs - fromMs;
  }

  /** How many steps a subquery has at most in a query over a range. */
  long subquerySteps(long rangeMs) {
    return subqueryStepMs == 0 ? 0 : (rangeMs + lengthMs()) / subqueryStepMs + 2;
  }

  /** When something is evaluated: between two times, which are relative to the step or fixed. */
  private record When(boolean fixed, long firstMs, long lastMs) {
    When at(TimeShift shift) {
      if (shift.offsetExpression() != null) {
        throw new RefusedException("an offset is computed");
      }
      When start =
          switch (shift.at()) {
            case null -> this;
            case TimeShift.At.Timestamp time ->
                new When(true, time.timestampMs(), time.timestampMs());
            case TimeShift.At.Start whole -> throw wholeRange();
            case TimeShift.At.End whole -> throw wholeRange();
          };
      return start.widened(-shift.offsetMs(), -shift.offsetMs());
    }

    private static RefusedException wholeRange() {
      return new RefusedException("@ start() or @ end() depend on the whole range");
    }

    When widened(long firstByMs, long lastByMs) {
      if (isFar(firstByMs) || isFar(lastByMs) || isFar(firstMs) || isFar(lastMs)) {
        throw new RefusedException("a time is too far away");
      }
      return new When(fixed, firstMs + firstByMs, lastMs + lastByMs);
    }

    private static boolean isFar(long ms) {
      return ms > REACH_MAX_MS || ms < -REACH_MAX_MS;
    }
  }

  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedException(String why) {
      super(why, null, false, false);
    }
  }

  private static final class Search {
    private final EngineOptions options;
    private long fromMs = Long.MAX_VALUE;
    private long throughMs = Long.MIN_VALUE;
    private long fixedFromMs = Long.MAX_VALUE;
    private long fixedThroughMs = Long.MIN_VALUE;
    private long subqueryStepMs;

    Search(EngineOptions options) {
      this.options = options;
    }

    StepReach found() {
      boolean moves = fromMs <= throughMs;
      return new StepReach(
          "",
          moves ? fromMs : 0,
          moves ? throughMs : 0,
          fixedFromMs,
          fixedThroughMs,
          subqueryStepMs);
    }

    void look(Expr expr, When when) {
      switch (expr) {
        case Expr.NumberLiteral number -> {}
        case Expr.StringLiteral string -> {}
        case Expr.VectorSelector selector -> samples(selector, 0, when);
        case Expr.MatrixSelector matrix -> {
          if (matrix.rangeExpression() != null) {
            throw new RefusedException("a range is computed");
          }
          samples(matrix.selector(), matrix.rangeMs(), when);
        }
        case Expr.Subquery subquery -> inside(subquery, when);
        case Expr.Aggregation aggregation -> {
          look(aggregation.expr(), when);
          Expr parameter = aggregation.parameter();
          if (parameter != null) {
            look(parameter, when);
          }
        }
        case Expr.Binary binary -> {
          look(binary.left(), when);
          look(binary.right(), when);
        }
        case Expr.Call call -> call(call, when);
        case Expr.Parenthesized parenthesized -> look(parenthesized.expr(), when);
        case Expr.Unary unary -> look(unary.expr(), when);
      }
    }

    private void samples(Expr.VectorSelector selector, long rangeMs, When when) {
      long lookbackMs = options.lookbackMs();
      boolean smoothed = selector.extension() == Expr.Extension.SMOOTHED;
      When read =
          when.at(selector.shift())
              .widened(-rangeMs, 0)
              .widened(-lookbackMs, smoothed ? lookbackMs : 0);
      if (read.fixed) {
        fixedFromMs = Math.min(fixedFromMs, read.firstMs);
        fixedThroughMs = Math.max(fixedThroughMs, read.lastMs);
      } else {
        fromMs = Math.min(fromMs, read.firstMs);
        throughMs = Math.max(throughMs, read.lastMs);
      }
    }

    private void inside(Expr.Subquery subquery, When when) {
      if (subquery.rangeExpression() != null || subquery.stepExpression() != null) {
        throw new RefusedException("a range or step is computed");
      }
      long stepMs = subquery.stepMs() == 0 ? options.subqueryStepMs() : subquery.stepMs();
      if (subquery.rangeMs() < 2 * stepMs) {
        // It might have one step by itself, which is evaluated as a query at one time.
        throw new RefusedException("a subquery has fewer than two steps");
      }
      When inner = when.at(subquery.shift()).widened(-subquery.rangeMs(), 0);
      if (!inner.fixed) {
        subqueryStepMs = subqueryStepMs == 0 ? stepMs : Math.min(subqueryStepMs, stepMs);
      }
      look(subquery.expr(), inner);
    }

    private void call(Expr.Call call, When when) {
      switch (call.function()) {
        case START, END, RANGE ->
            throw new RefusedException(
                "%s() depends on the whole range".formatted(call.function().functionName()));
        case INFO -> throw new RefusedException("info() looks at the whole range");
        default -> call.arguments().forEach(argument -> look(argument, when));
      }
    }
  }
}
