package io.ghostworks.promql.eval;

import java.util.Arrays;

/**
 * The k largest or smallest values, as a binary heap with the first to go on top. Which of several
 * equal values stays depends on the moves of the heap, which are those of Go's container/heap.
 */
final class TopHeap {
  private final boolean largest;
  private int[] items = new int[16];
  private double[] values = new double[16];
  private int size;

  TopHeap(boolean largest) {
    this.largest = largest;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** Keeps an item without an order. */
  void append(int item) {
    push(item, 0);
  }

  /** Keeps an item if it is among the best k. */
  void offer(int item, double value, int k) {
    if (size < k) {
      push(item, value);
      up(size - 1);
      return;
    }
    double worst = values[0];
    boolean better = largest ? worst < value : worst > value;
    if (better || (Double.isNaN(worst) && !Double.isNaN(value))) {
      items[0] = item;
      values[0] = value;
      down();
    }
  }

  /** The items in the order of their coming; those of a heap in no certain order. */
  int[] items() {
    return Arrays.copyOf(items, size);
  }

  /** The items, the best first. */
  int[] sorted() {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (a, b) -> {
          if (Double.isNaN(values[a]) || Double.isNaN(values[b])) {
            return Boolean.compare(Double.isNaN(values[a]), Double.isNaN(values[b]));
          }
          int ascending = values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : 0;
          return largest ? -ascending : ascending;
        });
    int[] sorted = new int[size];
    for (int i = 0; i < size; i++) {
      sorted[i] = items[order[i]];
    }
    return sorted;
  }

  private void push(int item, double value) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    items[size] = item;
    values[size++] = value;
  }

  /** Whether the value of one place goes before that of another. */
  private boolean less(int i, int j) {
    if (Double.isNaN(values[i])) {
      return true;
    }
    return largest ? values[i] < values[j] : values[i] > values[j];
  }

  private void swap(int i, int j) {
    int item = items[i];
    items[i] = items[j];
    items[j] = item;
    double value = values[i];
    values[i] = values[j];
    values[j] = value;
  }

  private void up(int from) {
    int child = from;
    while (child > 0) {
      int parent = (child - 1) / 2;
      if (!less(child, parent)) {
        return;
      }
      swap(parent, child);
      child = parent;
    }
  }

  private void down() {
    int parent = 0;
    while (2 * parent + 1 < size) {
      int child = 2 * parent + 1;
      if (child + 1 < size && less(child + 1, child)) {
        child++;
      }
      if (!less(child, parent)) {
        return;
      }
      swap(parent, child);
      parent = child;
    }
  }
}
