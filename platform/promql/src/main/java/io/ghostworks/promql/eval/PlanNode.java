package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.PositionRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a query's plan.
 *
 * @param kind what it is: {@code selector}, {@code range_selector}, {@code call}, {@code
 *     aggregation}, {@code binary}, {@code unary}, {@code subquery}, {@code number}, {@code string}
 * @param expression its text, with what is fixed by the query's times put in
 * @param type of its value, as Prometheus calls it
 * @param position where it stands in the query
 * @param times when it is evaluated
 * @param reads which samples it asks the store for; null where it reads none
 * @param once whether it is evaluated once for all steps
 * @param cost what it cost; null where the query did not run
 */
public record PlanNode(
    String kind,
    String expression,
    String type,
    PositionRange position,
    Times times,
    @Nullable Reads reads,
    boolean once,
    @Nullable Cost cost,
    List<PlanNode> children) {
  public PlanNode {
    children = List.copyOf(children);
  }

  /** The times of evaluation in milliseconds since the epoch. */
  public record Times(long startMs, long stepMs, int steps) {}

  /**
   * What is asked for.
   *
   * @param startMs inclusive, in milliseconds since the epoch
   * @param endMs inclusive
   * @param resolutionMs the coarsest resolution that is preferred to raw samples; 0 for these
   *     wherever they exist
   */
  public record Reads(long startMs, long endMs, long resolutionMs) {}

  /**
   * What a node and those below it cost.
   *
   * @param evaluations how often it was evaluated
   * @param series that it gave
   * @param points values that it gave
   * @param samples that were read from the store
   * @param bytes how much more memory was held after it than before
   */
  public record Cost(
      int evaluations, long series, long points, long samples, long bytes, long nanos) {}
}
