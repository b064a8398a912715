package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * {@code topk}, {@code bottomk}, {@code sort} and {@code sort_desc}: series that keep their labels,
 * each group in the order of its values. Of equal values the series that comes first stays.
 */
final class SelectNode implements StepNode {
  private final boolean largest;
  private final int limit;
  private final StepNode input;
  private final LabelTable groups;
  private final SeriesCache groupOf;
  private final List<ValueHeap> heaps = new ArrayList<>();
  private final StepVector vector = new StepVector();

  /**
   * @param largest whether the largest values are given, largest first; otherwise the smallest,
   *     smallest first
   * @param limit how many of each group
   */
  SelectNode(boolean largest, int limit, Grouping grouping, StepNode input, LongConsumer memory) {
    this.largest = largest;
    this.limit = limit;
    this.input = input;
    this.groups = new LabelTable(memory);
    this.groupOf = new SeriesCache(series -> groups.number(grouping.key(input.labels(series))));
  }

  @Override
  public boolean next(StepVector out) {
    if (!input.next(vector)) {
      return false;
    }
    for (int i = 0; i < vector.size(); i++) {
      int group = groupOf.get(vector.series(i));
      while (group >= heaps.size()) {
        heaps.add(new ValueHeap(largest, limit));
      }
      heaps.get(group).offer(vector.series(i), vector.value(i));
    }
    out.start(vector.timeMs());
    for (ValueHeap heap : heaps) {
      heap.drainTo(out);
    }
    return true;
  }

  @Override
  public Labels labels(int series) {
    return input.labels(series);
  }

  @Override
  public void close() {
    input.close();
  }
}
