package io.ghostworks.logql.eval;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Functions of which a cell needs one value only: the smallest, the largest, the first, the last.
 * Not a number counts for the smallest and the largest only where there is nothing else.
 */
final class FoldWindow implements SeriesWindow {
  private static final int ENTRY_BYTES = Integer.BYTES + Double.BYTES;

  private final Fold fold;
  private final LongConsumer memory;
  private int[] lasts = new int[4];
  private double[] values = new double[4];
  private int head;
  private int tail;
  private int tailFirst;

  /** What becomes of two values, the earlier one given first. */
  enum Fold {
    MIN {
      @Override
      double of(double earlier, double later) {
        return later < earlier || Double.isNaN(earlier) ? later : earlier;
      }
    },
    MAX {
      @Override
      double of(double earlier, double later) {
        return later > earlier || Double.isNaN(earlier) ? later : earlier;
      }
    },
    FIRST {
      @Override
      double of(double earlier, double later) {
        return earlier;
      }
    },
    LAST {
      @Override
      double of(double earlier, double later) {
        return later;
      }
    };

    abstract double of(double earlier, double later);
  }

  FoldWindow(Fold fold, LongConsumer memory) {
    this.fold = fold;
    this.memory = memory;
  }

  @Override
  public void add(int firstStep, int lastStep, long timeNanos, double value) {
    if (tail > head && lasts[tail - 1] == lastStep && tailFirst == firstStep) {
      values[tail - 1] = fold.of(values[tail - 1], value);
      return;
    }
    if (tail == lasts.length) {
      makeRoom();
    }
    lasts[tail] = lastStep;
    values[tail++] = value;
    tailFirst = firstStep;
  }

  private void makeRoom() {
    int held = tail - head;
    if (held > lasts.length / 2) {
      memory.accept((long) lasts.length * ENTRY_BYTES);
      lasts = Arrays.copyOfRange(lasts, head, head + 2 * lasts.length);
      values = Arrays.copyOfRange(values, head, head + 2 * values.length);
    } else {
      System.arraycopy(lasts, head, lasts, 0, held);
      System.arraycopy(values, head, values, 0, held);
    }
    head = 0;
    tail = held;
  }

  @Override
  public boolean slide(int step) {
    while (head < tail && lasts[head] < step) {
      head++;
    }
    return head < tail;
  }

  @Override
  public double value(long windowEndNanos) {
    if (fold == Fold.FIRST) {
      return values[head];
    }
    if (fold == Fold.LAST) {
      return values[tail - 1];
    }
    double result = values[head];
    for (int i = head + 1; i < tail; i++) {
      result = fold.of(result, values[i]);
    }
    return result;
  }
}
