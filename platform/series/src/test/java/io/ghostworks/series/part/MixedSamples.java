package io.ghostworks.series.part;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.series.chunk.HistogramSamples;
import io.ghostworks.series.chunk.SampleBuffer;
import java.util.List;
import java.util.Random;

/**
 * Series of every kind, always the same ones: what the part {@code version-1.series} among the
 * resources holds, so that nothing here may change.
 */
final class MixedSamples {
  static final List<Labels> LABELS =
      List.of(
          Labels.of("__name__", "constant"),
          Labels.of("__name__", "counter", "instance", "a"),
          Labels.of("__name__", "counter", "instance", "b"),
          Labels.of("__name__", "gauge", "zone", "ä"),
          Labels.of("__name__", "histogram"),
          Labels.of("__name__", "noise"),
          Labels.of("__name__", "seconds_bucket", "le", "+Inf", "path", "/"),
          Labels.of("__name__", "seconds_bucket", "le", "+Inf", "path", "/b"),
          Labels.of("__name__", "seconds_bucket", "le", "0.1", "path", "/"),
          Labels.of("__name__", "seconds_bucket", "le", "0.1", "path", "/b"),
          Labels.of("__name__", "seconds_bucket", "le", "1", "path", "/"),
          Labels.of("__name__", "stale"),
          Labels.of("__name__", "starts"));

  private static final long FIRST_MS = 1_800_000_000_000L;
  private static final int COUNT = 1_000;

  private MixedSamples() {}

  /** The samples of the series with a number. */
  static SampleBuffer of(int number) {
    SampleBuffer samples = new SampleBuffer();
    Random random = new Random(number);
    long count = 0;
    for (int i = 0; i < COUNT; i++) {
      long time = FIRST_MS + i * 15_000L + (number == 2 ? i % 3 : 0);
      count += random.nextInt(4) == 0 ? random.nextInt(9) : 0;
      switch (number) {
        case 0 -> add(samples, time, 0.25);
        case 3 -> add(samples, time, random.nextInt(500) / 100.0);
        case 4 -> samples.add(time, HistogramSamples.of(i), 0);
        case 5 -> add(samples, time, random.nextDouble());
        case 11 ->
            samples.add(
                time,
                i % 100 == 0
                    ? Samples.STALE_BITS
                    : Double.doubleToRawLongBits(i % 7 == 0 ? -0.0 : i),
                0);
        case 12 -> samples.add(time, Double.doubleToRawLongBits(count), FIRST_MS - 1);
        default -> add(samples, time, i == 700 ? 0 : count);
      }
    }
    return samples;
  }

  private static void add(SampleBuffer samples, long time, double value) {
    samples.add(time, Double.doubleToRawLongBits(value), 0);
  }
}
