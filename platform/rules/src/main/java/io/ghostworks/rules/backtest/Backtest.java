package io.ghostworks.rules.backtest;

import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.TimeShift;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.query.QueryException;
import io.ghostworks.template.PrometheusTemplate;
import java.net.URI;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Runs one alerting rule over a range of stored history, once at a time; not thread-safe. The
 * condition is evaluated by range queries of many steps; a piece that fails is halved until the
 * failing steps stand alone, since at each other step the rule would have been evaluated. Begins
 * {@code for} and {@code keep_firing_for} before the start, so that alerts stand at the start as
 * they would have.
 */
public final class Backtest {
  private final BacktestRule rule;
  private final BacktestQuery query;
  private final BacktestLimits limits;
  private final LongFunction<PrometheusTemplate.Context> contexts;
  private final String expression;
  private final boolean needsSingleSteps;
  private int steps;
  private int failedSteps;
  private String failure = "";

  /**
   * @param externalLabels given to templates
   * @param externalUrl given to templates
   */
  public Backtest(
      BacktestRule rule,
      BacktestQuery query,
      BacktestLimits limits,
      Labels externalLabels,
      URI externalUrl) {
    this.rule = rule;
    this.query = query;
    this.limits = limits;
    this.expression = rule.expression().toString();
    this.needsSingleSteps = dependsOnRange(rule.expression());
    this.contexts =
        timestampMs ->
            PrometheusTemplate.Context.of(externalUrl, externalLabels, timestampMs, query::instant);
  }

  /** {@code start()}, {@code step()} and their like mean the query's range, not the rule's. */
  private static boolean dependsOnRange(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral ignored -> false;
      case Expr.StringLiteral ignored -> false;
      case Expr.VectorSelector selector -> dependsOnRange(selector.shift());
      case Expr.MatrixSelector matrix ->
          matrix.rangeExpression() != null || dependsOnRange(matrix.selector());
      case Expr.Subquery subquery ->
          subquery.rangeExpression() != null
              || subquery.stepExpression() != null
              || dependsOnRange(subquery.shift())
              || dependsOnRange(subquery.expr());
      case Expr.Aggregation aggregation -> {
        Expr parameter = aggregation.parameter();
        yield dependsOnRange(aggregation.expr())
            || (parameter != null && dependsOnRange(parameter));
      }
      case Expr.Binary binary -> dependsOnRange(binary.left()) || dependsOnRange(binary.right());
      case Expr.Call call ->
          switch (call.function()) {
            case START, END, RANGE, STEP -> true;
            default -> call.arguments().stream().anyMatch(Backtest::dependsOnRange);
          };
      case Expr.Parenthesized parenthesized -> dependsOnRange(parenthesized.expr());
      case Expr.Unary unary -> dependsOnRange(unary.expr());
    };
  }

  private static boolean dependsOnRange(TimeShift shift) {
    return shift.offsetExpression() != null
        || shift.at() instanceof TimeShift.At.Start
        || shift.at() instanceof TimeShift.At.End;
  }

  /**
   * What the rule would have done at its evaluations from a time to another, both inclusive.
   *
   * @throws QueryException if it was cancelled, takes too long or too much, or fails too often
   * @throws IllegalArgumentException if that are more evaluations than the limits allow
   */
  public BacktestReport run(long startMs, long endMs) {
    long stepMs = rule.interval().toMillis();
    long warmUpMs = rule.holdFor().plus(rule.keepFiringFor()).toMillis();
    long first = slotAtOrAfter(startMs - warmUpMs);
    long count = endMs < first ? 0 : (endMs - first) / stepMs + 1;
    if (count > limits.stepsMax()) {
      throw new IllegalArgumentException(
          "a backtest may have %d evaluations, got %d: from %d to %d every %d ms, with %d ms before"
                  .formatted(limits.stepsMax(), count, startMs, endMs, stepMs, warmUpMs)
              + "; shorten the range or lengthen the interval");
    }
    AlertHistory history = new AlertHistory(rule, limits, contexts, startMs);
    steps = 0;
    failedSteps = 0;
    failure = "";
    int atOnce = needsSingleSteps ? 1 : limits.stepsAtOnce();
    for (long done = 0; done < count; done += atOnce) {
      evaluate(history, first + done * stepMs, (int) Math.min(atOnce, count - done));
    }
    long last = count == 0 ? endMs : first + (count - 1) * stepMs;
    return history.report(last, steps, failedSteps, failure);
  }

  private long slotAtOrAfter(long timeMs) {
    long stepMs = rule.interval().toMillis();
    return timeMs + Math.floorMod(rule.slotOffsetMs() - timeMs, stepMs);
  }

  /** Evaluates steps from a slot on; those that fail alone are left out. */
  private void evaluate(AlertHistory history, long firstMs, int count) {
    query.check();
    long stepMs = rule.interval().toMillis();
    long offsetMs = rule.queryOffset().toMillis();
    List<SeriesPoints> result;
    try {
      result =
          query.range(
              expression, firstMs - offsetMs, firstMs - offsetMs + (count - 1) * stepMs, stepMs);
    } catch (QueryException e) {
      if (e.kind() != QueryException.Kind.EXECUTION) {
        throw e;
      }
      if (count > 1) {
        evaluate(history, firstMs, count / 2);
        evaluate(history, firstMs + count / 2 * stepMs, count - count / 2);
      } else {
        steps++;
        failed(String.valueOf(e.getMessage()));
      }
      return;
    }
    walk(history, result, firstMs, count);
  }

  private void walk(AlertHistory history, List<SeriesPoints> result, long firstMs, int count) {
    long stepMs = rule.interval().toMillis();
    long offsetMs = rule.queryOffset().toMillis();
    int[] cursors = new int[result.size()];
    AlertHistory.Piece piece = history.piece(result);
    for (int step = 0; step < count; step++) {
      long atMs = firstMs + step * stepMs;
      query.check();
      for (int i = 0; i < cursors.length; i++) {
        SeriesPoints points = result.get(i);
        if (cursors[i] < points.size() && points.timestampMs(cursors[i]) == atMs - offsetMs) {
          piece.add(i, points.histogram(cursors[i]) == null ? points.value(cursors[i]) : 0, atMs);
          cursors[i]++;
        }
      }
      steps++;
      String problem = history.endStep(atMs);
      if (!problem.isEmpty()) {
        failed(problem);
      }
    }
  }

  private void failed(String message) {
    failedSteps++;
    failure = failure.isEmpty() ? message : failure;
    if (failedSteps > limits.failuresMax()) {
      throw new QueryException(
          QueryException.Kind.EXECUTION,
          "more than %d evaluations fail, the first with: %s"
              .formatted(limits.failuresMax(), failure));
    }
  }
}
