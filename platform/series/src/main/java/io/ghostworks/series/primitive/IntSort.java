package io.ghostworks.series.primitive;

/**
 * A stable merge sort of ints by a comparison of what they name. What is in order costs one
 * comparison an element.
 */
public final class IntSort {
  private static final int RUN = 8;
  private static final int STEPS_AT_ONCE = 2_048;

  private final Comparison comparison;
  private final Runnable pause;
  private int steps;

  /**
   * @param pause called every few thousand comparisons, to let others have a lock
   */
  public IntSort(Comparison comparison, Runnable pause) {
    this.comparison = comparison;
    this.pause = pause;
  }

  /** Sorts in place. */
  public void sort(int[] values) {
    for (int from = 0; from < values.length; from += RUN) {
      insertionSort(values, from, Math.min(values.length, from + RUN));
    }
    int[] source = values;
    int[] target = new int[values.length];
    boolean elsewhere = false;
    for (long run = RUN; run < values.length; run *= 2) {
      for (long from = 0; from < values.length; from += 2 * run) {
        int middle = (int) Math.min(values.length, from + run);
        int to = (int) Math.min(values.length, from + 2 * run);
        mergeRuns(source, (int) from, middle, to, target);
      }
      int[] swapped = source;
      source = target;
      target = swapped;
      elsewhere = !elsewhere;
    }
    if (elsewhere) {
      System.arraycopy(source, 0, values, 0, values.length);
    }
  }

  /** Two sorted arrays as one. */
  public int[] merged(int[] left, int[] right) {
    int[] both = new int[left.length + right.length];
    System.arraycopy(left, 0, both, 0, left.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    int[] target = new int[both.length];
    mergeRuns(both, 0, left.length, both.length, target);
    return target;
  }

  private void insertionSort(int[] values, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int value = values[i];
      int at = i;
      while (at > from && compare(values[at - 1], value) > 0) {
        values[at] = values[at - 1];
        at--;
      }
      values[at] = value;
    }
  }

  private void mergeRuns(int[] source, int from, int middle, int to, int[] target) {
    if (middle >= to || middle == from || compare(source[middle - 1], source[middle]) <= 0) {
      System.arraycopy(source, from, target, from, to - from);
      return;
    }
    int left = from;
    int right = middle;
    for (int at = from; at < to; at++) {
      if (right >= to || (left < middle && compare(source[left], source[right]) <= 0)) {
        target[at] = source[left++];
      } else {
        target[at] = source[right++];
      }
    }
  }

  private int compare(int left, int right) {
    if (++steps % STEPS_AT_ONCE == 0) {
      pause.run();
    }
    return comparison.compare(left, right);
  }

  /** Which of two named things comes first: negative, zero or positive. */
  @FunctionalInterface
  public interface Comparison {
    int compare(int left, int right);
  }
}
