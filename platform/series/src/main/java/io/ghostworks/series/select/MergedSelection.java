package io.ghostworks.series.select;

import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The series of several layers as one list, in the order of their labels, each label set once.
 * Immutable; keeps no layer.
 */
public final class MergedSelection {
  private static final int NONE = -1;
  private static final long SERIES_BYTES = 32;

  /** What a series takes with labels as they usually are, while it is being merged. */
  static final long SERIES_BYTES_MAX = 256;

  private final Labels[] labels;
  private final int[][] numbers;
  private final long bytes;

  private MergedSelection(Labels[] labels, int[][] numbers, long textBytes) {
    this.labels = labels;
    this.numbers = numbers;
    long sum = textBytes + 64;
    for (Labels one : labels) {
      sum += SERIES_BYTES + 8L * one.size() + 4L * numbers.length;
    }
    this.bytes = sum;
  }

  /**
   * Merges what was selected of the layers.
   *
   * @param pool what the labels' texts stand in
   */
  public static MergedSelection of(List<SelectedSeries> layers, TextPool pool) {
    if (layers.size() == 1) {
      SelectedSeries only = layers.getFirst();
      return new MergedSelection(only.labels(), new int[][] {only.numbers()}, pool.bytes());
    }
    List<Run> runs = new ArrayList<>(layers.size());
    for (int layer = 0; layer < layers.size(); layer++) {
      runs.add(Run.of(layers.get(layer), layer, layers.size()));
    }
    while (runs.size() > 1) {
      List<Run> merged = new ArrayList<>(runs.size() / 2 + 1);
      for (int i = 0; i + 1 < runs.size(); i += 2) {
        merged.add(Run.merge(runs.get(i), runs.get(i + 1)));
      }
      if (runs.size() % 2 == 1) {
        merged.add(runs.getLast());
      }
      runs = merged;
    }
    Run all = runs.isEmpty() ? new Run(new Labels[0], new int[0][], 0) : runs.getFirst();
    return new MergedSelection(
        Arrays.copyOf(all.labels, all.size), all.numbers, runs.isEmpty() ? 0 : pool.bytes());
  }

  public int size() {
    return labels.length;
  }

  public Labels labels(int series) {
    return labels[series];
  }

  /** How many layers it was made of. */
  public int layers() {
    return numbers.length;
  }

  /** The number of a series in a layer, or -1 where the layer does not have it. */
  public int number(int layer, int series) {
    int[] ofLayer = numbers[layer];
    return ofLayer.length == 0 ? NONE : ofLayer[series];
  }

  /** Memory held, roughly. */
  public long bytes() {
    return bytes;
  }

  /** A sorted list of series on the way; numbers by layer, of which others stay empty. */
  private record Run(Labels[] labels, int[][] numbers, int size) {

    static Run of(SelectedSeries series, int layer, int layers) {
      int[][] numbers = new int[layers][];
      int size = series.numbers().length;
      for (int i = 0; i < layers; i++) {
        if (i == layer) {
          numbers[i] = series.numbers();
        } else {
          numbers[i] = new int[0];
        }
      }
      return new Run(series.labels(), numbers, size);
    }

    static Run merge(Run left, Run right) {
      int layers = left.numbers.length;
      Labels[] labels = new Labels[left.size + right.size];
      int[] fromLeft = new int[labels.length];
      int[] fromRight = new int[labels.length];
      int size = 0;
      int l = 0;
      int r = 0;
      while (l < left.size || r < right.size) {
        int order =
            l == left.size ? 1 : r == right.size ? -1 : compare(left.labels[l], right.labels[r]);
        labels[size] = order <= 0 ? left.labels[l] : right.labels[r];
        fromLeft[size] = order <= 0 ? l++ : NONE;
        fromRight[size++] = order >= 0 ? r++ : NONE;
      }
      int[][] numbers = new int[layers][];
      for (int layer = 0; layer < layers; layer++) {
        numbers[layer] =
            left.numbers[layer].length > 0
                ? moved(left.numbers[layer], fromLeft, size)
                : moved(right.numbers[layer], fromRight, size);
      }
      return new Run(labels, numbers, size);
    }

    private static int compare(Labels left, Labels right) {
      return left.hashCode() == right.hashCode() && left.equals(right) ? 0 : left.compareTo(right);
    }

    private static int[] moved(int[] numbers, int[] from, int size) {
      int[] moved = new int[numbers.length == 0 ? 0 : size];
      for (int i = 0; i < moved.length; i++) {
        moved[i] = from[i] == NONE ? NONE : numbers[from[i]];
      }
      return moved;
    }
  }
}
