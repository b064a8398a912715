package io.ghostworks.traceql.eval;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.traceql.ast.Aggregate;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.PipelineElement;
import io.ghostworks.traceql.ast.ScalarFilter;
import io.ghostworks.traceql.ast.SpansetExpression;
import io.ghostworks.traceql.ast.SpansetOperator;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.StaticMath;
import io.ghostworks.traceql.ast.StaticMath.StaticMathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline, compiled: what it makes of the spans of a trace, as Tempo's evaluation does
 * (pkg/traceql/ast_execute.go). Unlike there the spans of a filter stay in the order of their
 * start, and groups in that of their first span, so that the same spans give the same answer.
 * Immutable once made; safe for several threads.
 */
public final class PipelineEvaluation {
  private final KeyTable keys;
  private final Step step;

  /** Makes spansets of spansets. */
  @FunctionalInterface
  private interface Step {
    List<Spanset> apply(List<Spanset> spansets, TraceSpans trace);
  }

  private PipelineEvaluation(KeyTable keys, Step step) {
    this.keys = keys;
    this.step = step;
  }

  /**
   * @param pipeline of a valid query
   */
  public static PipelineEvaluation of(Pipeline pipeline) {
    KeyTable keys = new KeyTable();
    return new PipelineEvaluation(keys, new Compilation(keys).step(pipeline));
  }

  /**
   * Calls an action for each trace of a batch whose rows are those of whole traces, one by one.
   *
   * @param context of the query, whose end also ends what is evaluated of a trace
   */
  public static void forEachTrace(
      SpanBatch batch, List<String> keys, QueryContext context, Consumer<TraceSpans> action) {
    BatchKeys batchKeys = new BatchKeys(batch, keys);
    WorkMeter meter = new WorkMeter(context);
    int from = 0;
    for (int row = 1; row <= batch.rows(); row++) {
      boolean ends =
          row == batch.rows()
              || batch.traceIdLow(row) != batch.traceIdLow(from)
              || batch.traceIdHigh(row) != batch.traceIdHigh(from);
      if (ends) {
        action.accept(TraceSpans.of(batchKeys, from, row, meter));
        from = row;
      }
    }
  }

  /** The keys of attributes that it reads, for {@link #forEachTrace}. */
  public List<String> keys() {
    return keys.keys();
  }

  /** Other readers of the same spans. */
  KeyTable keyTable() {
    return keys;
  }

  /**
   * The spansets that are left of a trace, none empty.
   *
   * @throws QueryException if something cannot be computed, such as a division by zero
   */
  public List<Spanset> evaluate(TraceSpans trace) {
    int[] all = new int[trace.size()];
    Arrays.setAll(all, span -> span);
    try {
      return step.apply(List.of(new Spanset(all, List.of())), trace);
    } catch (StaticMathException e) {
      throw new QueryException(QueryException.Kind.EXECUTION, String.valueOf(e.getMessage()), e);
    }
  }

  /** Makes steps of elements. */
  private record Compilation(KeyTable keys) {

    Step step(PipelineElement element) {
      return switch (element) {
        case Pipeline pipeline -> pipeline(pipeline);
        case SpansetExpression.Filter filter -> filter(filter);
        case SpansetExpression.Operation operation -> operation(operation);
        case ScalarFilter filter -> scalarFilter(filter);
        case Aggregate aggregate -> aggregate(aggregate);
        case PipelineElement.GroupBy by -> groups(by);
        case PipelineElement.Coalesce coalesce -> (spansets, trace) -> coalesced(spansets);
        case PipelineElement.Select select -> (spansets, trace) -> spansets;
      };
    }

    private Step pipeline(Pipeline pipeline) {
      List<Step> steps = pipeline.elements().stream().map(this::step).toList();
      return (spansets, trace) -> {
        List<Spanset> result = spansets;
        for (Step step : steps) {
          result = step.apply(result, trace);
          if (result.isEmpty()) {
            break;
          }
        }
        return result;
      };
    }

    private Step filter(SpansetExpression.Filter filter) {
      SpanExpression expression = SpanExpression.of(filter.expression(), keys);
      return (spansets, trace) -> {
        SpanCursor cursor = new SpanCursor(trace);
        List<Spanset> result = new ArrayList<>(spansets.size());
        for (Spanset spanset : spansets) {
          int[] kept = new int[spanset.spans().length];
          int count = 0;
          for (int span : spanset.spans()) {
            trace.meter().count(1);
            cursor.moveTo(span);
            if (expression.holds(cursor)) {
              kept[count++] = span;
            }
          }
          if (count > 0) {
            result.add(spanset.withSpans(Arrays.copyOf(kept, count)));
          }
        }
        return result;
      };
    }

    private Step operation(SpansetExpression.Operation operation) {
      Step left = step(operation.left());
      Step right = step(operation.right());
      return (spansets, trace) -> {
        List<Spanset> result = new ArrayList<>(spansets.size());
        for (Spanset spanset : spansets) {
          List<Spanset> one = List.of(spanset);
          int[] joined =
              join(operation.operator(), left.apply(one, trace), right.apply(one, trace), trace);
          if (joined.length > 0) {
            result.add(spanset.withSpans(joined));
          }
        }
        return result;
      };
    }

    private static int[] join(
        SpansetOperator operator, List<Spanset> left, List<Spanset> right, TraceSpans trace) {
      int[] none = {};
      trace.meter().count(trace.size());
      if (operator == SpansetOperator.AND || operator == SpansetOperator.UNION) {
        boolean lacksOne = left.isEmpty() || right.isEmpty();
        return operator == SpansetOperator.AND && lacksOne
            ? none
            : leftThenRight(all(left), all(right), trace.size());
      }
      if (right.isEmpty()) {
        return none;
      }
      if (left.size() > 1 || right.size() > 1) {
        throw new StaticMathException(
            "spanset operators are not supported for multiple spansets per trace. consider using"
                + " coalesce()");
      }
      int[] leftSpans = left.isEmpty() ? none : left.getFirst().spans();
      return new Structure(trace.tree()).join(operator, leftSpans, right.getFirst().spans());
    }

    /** The spans of both, each once, those of the left side first, as Tempo puts them. */
    private static int[] leftThenRight(int[] left, int[] right, int size) {
      BitSet seen = new BitSet(size);
      int[] both = Arrays.copyOf(left, left.length + right.length);
      for (int span : left) {
        seen.set(span);
      }
      int count = left.length;
      for (int span : right) {
        if (!seen.get(span)) {
          both[count++] = span;
        }
      }
      return Arrays.copyOf(both, count);
    }

    private static int[] all(List<Spanset> spansets) {
      return spansets.stream()
          .map(Spanset::spans)
          .reduce(Structure::union)
          .orElseGet(() -> new int[0]);
    }

    private static List<Spanset> coalesced(List<Spanset> spansets) {
      return List.of(new Spanset(all(spansets), List.of()));
    }

    private Step groups(PipelineElement.GroupBy by) {
      SpanExpression expression = SpanExpression.of(by.expression(), keys);
      String name = by.toString();
      return (spansets, trace) -> {
        SpanCursor cursor = new SpanCursor(trace);
        List<Spanset> result = new ArrayList<>();
        for (Spanset spanset : spansets) {
          Map<Static, List<Integer>> groups = new LinkedHashMap<>();
          for (int span : spanset.spans()) {
            trace.meter().count(1);
            cursor.moveTo(span);
            groups.computeIfAbsent(expression.value(cursor), value -> new ArrayList<>()).add(span);
          }
          groups.forEach((value, spans) ->
              result.add(
                  spanset
                      .withSpans(spans.stream().mapToInt(Integer::intValue).toArray())
                      .with(name, value)));
        }
        return result;
      };
    }

    private Step aggregate(Aggregate aggregate) {
      Aggregation aggregation = Aggregation.of(aggregate, keys);
      return (spansets, trace) ->
          compared(aggregation, aggregate.toString(), null, spansets, trace);
    }

    private Step scalarFilter(ScalarFilter filter) {
      if (!(filter.left() instanceof Aggregate aggregate) || !(filter.right() instanceof Static)) {
        throw new IllegalStateException("not a valid query: " + filter);
      }
      Aggregation aggregation = Aggregation.of(aggregate, keys);
      String name = aggregate.toString();
      return (spansets, trace) -> compared(aggregation, name, filter, spansets, trace);
    }

    /**
     * Spansets with the number that an aggregate gives; where there is a filter, those it takes.
     */
    private static List<Spanset> compared(
        Aggregation aggregation,
        String name,
        @Nullable ScalarFilter filter,
        List<Spanset> spansets,
        TraceSpans trace) {
      List<Spanset> result = new ArrayList<>(spansets.size());
      for (Spanset spanset : spansets) {
        trace.meter().count(spanset.spans().length);
        Static value = aggregation.value(spanset.spans(), trace);
        boolean kept =
            !value.isNil()
                && (filter == null
                    || StaticMath.binary(filter.operator(), value, (Static) filter.right())
                        .isTrue());
        if (kept) {
          result.add(spanset.with(name, value));
        }
      }
      return result;
    }
  }
}
