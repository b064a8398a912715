package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.query.QueryContext;
import java.util.IdentityHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures one evaluation: samples by step, and what each part of the query cost. Queries that
 * nobody measures have none. Used by the query's own thread, but for the counting of samples.
 */
public final class QueryProfile {
  private final boolean measuresNodes;
  private final IdentityHashMap<Expr, Measured> nodes = new IdentityHashMap<>();
  private @Nullable SampleStatistics samples;
  private @Nullable Supplier<QueryStatistics> cost;
  private @Nullable PlanNode plan;

  private QueryProfile(boolean measuresNodes) {
    this.measuresNodes = measuresNodes;
  }

  /** Counts samples. */
  public static QueryProfile ofSamples() {
    return new QueryProfile(false);
  }

  /** Counts samples, and measures each node of the plan. */
  public static QueryProfile ofNodes() {
    return new QueryProfile(true);
  }

  private static final class Measured {
    private int evaluations;
    private long series;
    private long points;
    private long samples;
    private long bytes;
    private long nanos;
  }

  /** The counts of what is evaluated now. */
  SampleStatistics samples() {
    SampleStatistics current = samples;
    if (current == null) {
      throw new IllegalStateException("the evaluation has not begun");
    }
    return current;
  }

  void begin(SampleStatistics statistics, Supplier<QueryStatistics> costSoFar) {
    samples = statistics;
    cost = costSoFar;
  }

  /**
   * What the evaluation has cost until now, also if it failed; null if it has not begun, as where a
   * query does not parse.
   */
  public @Nullable QueryStatistics costSoFar() {
    return cost == null ? null : cost.get();
  }

  /** Evaluates something whose samples are counted apart. */
  <T> T apart(SampleStatistics own, Supplier<T> evaluation) {
    SampleStatistics outer = samples();
    samples = own;
    try {
      return evaluation.get();
    } finally {
      samples = outer;
    }
  }

  /** Evaluates a node and measures it. */
  Value measure(Expr expr, QueryContext context, Supplier<Value> evaluation) {
    if (!measuresNodes) {
      return evaluation.get();
    }
    long samplesBefore = context.samplesRead();
    long bytesBefore = context.reservedBytes();
    long began = System.nanoTime();
    Value value = evaluation.get();
    Measured measured = nodes.computeIfAbsent(expr, e -> new Measured());
    measured.nanos += System.nanoTime() - began;
    measured.evaluations++;
    measured.samples += context.samplesRead() - samplesBefore;
    measured.bytes = Math.max(measured.bytes, context.reservedBytes() - bytesBefore);
    switch (value) {
      case Value.Vector vector -> {
        measured.series += vector.series().size();
        for (Series series : vector.series()) {
          measured.points += series.size();
        }
      }
      case Value.Scalar scalar -> measured.points += scalar.values().length;
      case Value.Text text -> measured.points++;
    }
    return value;
  }

  /** What a node cost; null if it was not evaluated by itself. */
  PlanNode.@Nullable Cost cost(Expr expr) {
    Measured measured = nodes.get(expr);
    return measured == null
        ? null
        : new PlanNode.Cost(
            measured.evaluations,
            measured.series,
            measured.points,
            measured.samples,
            measured.bytes,
            measured.nanos);
  }

  boolean measuresNodes() {
    return measuresNodes;
  }

  void setPlan(PlanNode root) {
    plan = root;
  }

  /** The plan with its costs, once the query was evaluated. */
  public @Nullable PlanNode plan() {
    return plan;
  }
}
