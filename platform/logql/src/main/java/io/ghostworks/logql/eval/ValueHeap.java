package io.ghostworks.logql.eval;

import java.util.Arrays;

/**
 * Keeps the largest or smallest values of a step, the least wanted one on top. Not a number is
 * never wanted: any number takes its place.
 */
final class ValueHeap {
  private final boolean largest;
  private final int limit;
  private int[] series = new int[8];
  private double[] values = new double[8];
  private int[] arrivals = new int[8];
  private int size;
  private int offered;

  ValueHeap(boolean largest, int limit) {
    this.largest = largest;
    this.limit = limit;
  }

  void offer(int number, double value) {
    int arrival = offered++;
    if (size < limit) {
      if (size == series.length) {
        series = Arrays.copyOf(series, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
        arrivals = Arrays.copyOf(arrivals, 2 * size);
      }
      set(size++, number, value, arrival);
      up(size - 1);
    } else if (isReplacedBy(value)) {
      set(0, number, value, arrival);
      down();
    }
  }

  private boolean isReplacedBy(double value) {
    double top = values[0];
    return Double.isNaN(top) ? !Double.isNaN(value) : largest ? top < value : top > value;
  }

  /** Gives the values, most wanted first and equal ones as they came, and starts anew. */
  void drainTo(StepVector out) {
    int count = size;
    int[] byWant = new int[count];
    double[] wanted = new double[count];
    for (int i = count - 1; i >= 0; i--) {
      byWant[i] = series[0];
      wanted[i] = values[0];
      size--;
      set(0, series[size], values[size], arrivals[size]);
      down();
    }
    for (int i = 0; i < count; i++) {
      out.add(byWant[i], wanted[i]);
    }
    offered = 0;
  }

  private void set(int at, int number, double value, int arrival) {
    series[at] = number;
    values[at] = value;
    arrivals[at] = arrival;
  }

  /** Whether an entry is wanted less than another: by value, then by later arrival. */
  private boolean isLess(int left, int right) {
    double l = values[left];
    double r = values[right];
    if (Double.isNaN(l) != Double.isNaN(r)) {
      return Double.isNaN(l);
    }
    if (l == r || Double.isNaN(l)) {
      return arrivals[left] > arrivals[right];
    }
    return largest ? l < r : l > r;
  }

  private void up(int from) {
    int at = from;
    while (at > 0 && isLess(at, (at - 1) / 2)) {
      swap(at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  private void down() {
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && isLess(child + 1, child)) {
        child++;
      }
      if (!isLess(child, at)) {
        return;
      }
      swap(at, child);
      at = child;
    }
  }

  private void swap(int left, int right) {
    int number = series[left];
    double value = values[left];
    int arrival = arrivals[left];
    set(left, series[right], values[right], arrivals[right]);
    set(right, number, value, arrival);
  }
}
