package io.ghostworks.server.tempo;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a range into slices, the newest first and each twice as long as the one before, so that an
 * answer can be given piece by piece: first what people look at, soon the rest.
 */
final class TimeSlices {

  private static final long FIRST_NANOS = 15 * 60 * TempoTimes.NANOS_PER_SECOND;

  private TimeSlices() {}

  static List<TempoTimes.Range> of(long startNanos, long endNanos) {
    List<TempoTimes.Range> slices = new ArrayList<>();
    long end = endNanos;
    long length = FIRST_NANOS;
    while (end - startNanos > length + length / 2) {
      slices.add(new TempoTimes.Range(end - length, end));
      end -= length;
      length *= 2;
    }
    slices.add(new TempoTimes.Range(startNanos, end));
    return slices;
  }
}
