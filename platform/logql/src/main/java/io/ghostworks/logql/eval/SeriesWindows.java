package io.ghostworks.logql.eval;

import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The windows of all series of one range aggregation. */
final class SeriesWindows {
  private static final long WINDOW_BYTES = 200;

  private final Supplier<SeriesWindow> windows;
  private final LongConsumer memory;
  private @Nullable SeriesWindow[] bySeries = new SeriesWindow[16];
  private boolean[] isActive = new boolean[16];
  private int[] active = new int[16];
  private int activeSize;

  SeriesWindows(Supplier<SeriesWindow> windows, LongConsumer memory) {
    this.windows = windows;
    this.memory = memory;
  }

  void add(int series, int firstStep, int lastStep, long timeNanos, double value) {
    if (series >= bySeries.length || !isActive[series]) {
      activate(series);
    }
    SeriesWindow window = bySeries[series];
    if (window == null) {
      throw new IllegalStateException("series %d has no window".formatted(series));
    }
    window.add(firstStep, lastStep, timeNanos, value);
  }

  private void activate(int series) {
    if (series >= bySeries.length) {
      int length = Math.max(series + 1, 2 * bySeries.length);
      bySeries = Arrays.copyOf(bySeries, length);
      isActive = Arrays.copyOf(isActive, length);
    }
    if (bySeries[series] == null) {
      memory.accept(WINDOW_BYTES);
      bySeries[series] = windows.get();
    }
    isActive[series] = true;
    if (activeSize == active.length) {
      active = Arrays.copyOf(active, 2 * activeSize);
    }
    active[activeSize++] = series;
  }

  /** Gives the values of all series that have samples in the window of a step. */
  void step(int step, long windowEndNanos, StepVector out) {
    int kept = 0;
    for (int i = 0; i < activeSize; i++) {
      int series = active[i];
      SeriesWindow window = bySeries[series];
      if (window != null && window.slide(step)) {
        active[kept++] = series;
        out.add(series, window.value(windowEndNanos));
      } else {
        isActive[series] = false;
      }
    }
    activeSize = kept;
  }
}
