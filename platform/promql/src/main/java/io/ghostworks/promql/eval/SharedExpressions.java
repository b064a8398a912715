package io.ghostworks.promql.eval;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.ValueType;
import io.ghostworks.query.QueryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Vectors that a prepared query asks for more than once, computed once: as the {@code a} of {@code
 * a / (a + b)}. Samples are counted as if each were computed, as Prometheus does. What gave reason
 * for a note is computed again, since the note tells the place. Used by one thread.
 */
final class SharedExpressions {
  private final Query query;

  /** The texts of expressions that come more than once, by identity of the expression. */
  private final IdentityHashMap<Expr, String> texts = new IdentityHashMap<>();

  private final Map<Key, Answer> answers = new HashMap<>();

  private record Key(String text, Grid grid) {}

  /** What an expression gave, and how many samples it read, held at most, and holds. */
  private record Answer(List<Series> series, long loaded, long peak) {}

  SharedExpressions(Query query, Expr root) {
    this.query = query;
    Map<String, List<Expr>> occurrences = new HashMap<>();
    collect(root, occurrences);
    occurrences.forEach((text, all) -> {
      if (all.size() > 1) {
        all.forEach(expr -> texts.put(expr, text));
      }
    });
  }

  /** Within what comes again nothing is looked for: it is not computed. */
  private void collect(Expr expr, Map<String, List<Expr>> occurrences) {
    boolean shares =
        expr.type() == ValueType.VECTOR
            && !(expr instanceof Expr.Parenthesized)
            && !needsStatisticsOnly(expr);
    if (shares) {
      List<Expr> same = occurrences.computeIfAbsent(expr.toString(), t -> new ArrayList<>());
      same.add(expr);
      if (same.size() > 1) {
        return;
      }
    }
    children(expr).forEach(child -> collect(child, occurrences));
  }

  private boolean needsStatisticsOnly(Expr expr) {
    return (expr instanceof Expr.VectorSelector selector && query.needsStatisticsOnly(selector))
        || children(expr).stream().anyMatch(this::needsStatisticsOnly);
  }

  private static List<Expr> children(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral number -> List.of();
      case Expr.StringLiteral string -> List.of();
      case Expr.VectorSelector selector -> List.of();
      case Expr.MatrixSelector matrix -> List.of(matrix.selector());
      case Expr.Subquery subquery -> List.of(subquery.expr());
      case Expr.Aggregation aggregation ->
          aggregation.parameter() == null
              ? List.of(aggregation.expr())
              : List.of(aggregation.parameter(), aggregation.expr());
      case Expr.Binary binary -> List.of(binary.left(), binary.right());
      case Expr.Call call -> call.arguments();
      case Expr.Parenthesized parenthesized -> List.of(parenthesized.expr());
      case Expr.Unary unary -> List.of(unary.expr());
    };
  }

  /** The value of an expression, computed unless it is known. */
  Value value(Expr expr, Grid grid, Supplier<Value> computation) {
    String text = texts.get(expr);
    if (text == null) {
      return computation.get();
    }
    Key key = new Key(text, grid);
    Answer known = answers.get(key);
    if (known != null) {
      List<Series> copy = copy(known.series, grid);
      if (copy != null) {
        query.repeat(known.loaded, known.peak);
        copy.forEach(series -> query.hold(series.size()));
        return new Value.Vector(copy);
      }
    }
    long notes = query.annotations().noted();
    Query.Mark mark = query.mark();
    Value value = computation.get();
    long peak = query.peakSince(mark);
    if (known == null && notes == query.annotations().noted()) {
      List<Series> copy = copy(((Value.Vector) value).series(), grid);
      if (copy != null) {
        answers.put(key, new Answer(copy, query.loadedSamples() - mark.loaded(), peak));
      }
    }
    return value;
  }

  /** Null where there is no room: then it is computed again. */
  private @Nullable List<Series> copy(List<Series> block, Grid grid) {
    long bytes = 0;
    try {
      for (Series series : block) {
        long of = Blocks.bytes(series.steps());
        query.context().reserve(of);
        bytes += of;
      }
    } catch (QueryException | OverloadedException e) {
      query.context().release(bytes);
      query.context().check();
      return null;
    }
    List<Series> copy = new ArrayList<>(block.size());
    for (Series series : block) {
      Series same = new Series(series.labels(), series.dropName(), grid.steps());
      for (int step = 0; step < grid.steps(); step++) {
        same.copy(step, series, step);
      }
      copy.add(same);
    }
    return copy;
  }
}
