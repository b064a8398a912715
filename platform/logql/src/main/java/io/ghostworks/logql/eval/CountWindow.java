package io.ghostworks.logql.eval;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Counts of lines or bytes: whole numbers whose sum is exact in any order, so that samples of one
 * cell become one and a window is what came less what went.
 */
final class CountWindow implements SeriesWindow {
  private static final int ENTRY_BYTES = Integer.BYTES + Long.BYTES;

  private final double divisor;
  private final LongConsumer memory;
  private int[] lasts = new int[4];
  private long[] counts = new long[4];
  private int head;
  private int tail;
  private int tailFirst;
  private long total;

  /**
   * @param divisor what the sum is divided by
   * @param memory told of the bytes that are about to be held
   */
  CountWindow(double divisor, LongConsumer memory) {
    this.divisor = divisor;
    this.memory = memory;
  }

  @Override
  public void add(int firstStep, int lastStep, long timeNanos, double value) {
    long count = (long) value;
    total += count;
    if (tail > head && lasts[tail - 1] == lastStep && tailFirst == firstStep) {
      counts[tail - 1] += count;
      return;
    }
    if (tail == lasts.length) {
      makeRoom();
    }
    lasts[tail] = lastStep;
    counts[tail++] = count;
    tailFirst = firstStep;
  }

  private void makeRoom() {
    int held = tail - head;
    if (held > lasts.length / 2) {
      memory.accept((long) lasts.length * ENTRY_BYTES);
      lasts = Arrays.copyOfRange(lasts, head, head + 2 * lasts.length);
      counts = Arrays.copyOfRange(counts, head, head + 2 * counts.length);
    } else {
      System.arraycopy(lasts, head, lasts, 0, held);
      System.arraycopy(counts, head, counts, 0, held);
    }
    head = 0;
    tail = held;
  }

  @Override
  public boolean slide(int step) {
    while (head < tail && lasts[head] < step) {
      total -= counts[head++];
    }
    return head < tail;
  }

  @Override
  public double value(long windowEndNanos) {
    return total / divisor;
  }
}
