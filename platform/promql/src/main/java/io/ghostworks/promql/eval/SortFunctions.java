package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The functions that order an instant vector. */
final class SortFunctions {

  private SortFunctions() {}

  static List<Series> sort(Evaluator evaluator, Expr.Call call) {
    List<Series> block = new ArrayList<>(evaluator.vector(call.arguments().getFirst()));
    boolean byValue = call.function() == Function.SORT || call.function() == Function.SORT_DESC;
    if (byValue) {
      dropHistograms(block);
    }
    if (!evaluator.grid().isInstant()) {
      evaluator.query().annotations().sortInRangeQuery(call.position());
      return Blocks.withoutEmpty(evaluator.query(), block);
    }
    block = new ArrayList<>(Blocks.withoutEmpty(evaluator.query(), block));
    boolean descending =
        call.function() == Function.SORT_DESC || call.function() == Function.SORT_BY_LABEL_DESC;
    block.sort(byValue ? byValue(descending) : byLabels(evaluator.query(), call, descending));
    return block;
  }

  private static void dropHistograms(List<Series> block) {
    for (Series series : block) {
      for (int step = 0; step < series.steps(); step++) {
        if (series.histogram(step) != null) {
          series.remove(step);
        }
      }
    }
  }

  /** By value, NaN last in either direction. */
  private static Comparator<Series> byValue(boolean descending) {
    return (left, right) -> {
      double l = left.value(0);
      double r = right.value(0);
      if (Double.isNaN(l) || Double.isNaN(r)) {
        return Boolean.compare(Double.isNaN(l), Double.isNaN(r));
      }
      int order = l < r ? -1 : l > r ? 1 : 0;
      return descending ? -order : order;
    };
  }

  /** By labels in the order of their naming, numbers in texts by size; then by all labels. */
  private static Comparator<Series> byLabels(Query query, Expr.Call call, boolean descending) {
    List<String> names = new ArrayList<>();
    for (Expr argument : call.arguments().subList(1, call.arguments().size())) {
      names.add(((Expr.StringLiteral) argument).value());
    }
    Comparator<Series> comparator =
        (left, right) -> {
          for (String name : names) {
            query.work(0);
            int order = NaturalOrder.compare(left.labels().get(name), right.labels().get(name));
            if (order != 0) {
              return order;
            }
          }
          return left.labels().compareTo(right.labels());
        };
    return descending ? comparator.reversed() : comparator;
  }
}
