package io.ghostworks.wire.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.wire.WireFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChunkTest {

  private record Point(
      long timeMs,
      long bits,
      @org.jspecify.annotations.Nullable FloatHistogram histogram,
      long startMs) {}

  private static List<Point> read(ChunkEncoding encoding, byte[] chunk) {
    List<Point> points = new ArrayList<>();
    ChunkReader.read(
        encoding,
        chunk,
        0,
        chunk.length,
        new SampleSink() {
          @Override
          public void sample(long timestampMs, long valueBits, long startMs) {
            points.add(new Point(timestampMs, valueBits, null, startMs));
          }

          @Override
          public void sample(long timestampMs, FloatHistogram histogram, long startMs) {
            points.add(new Point(timestampMs, 0, histogram, startMs));
          }
        });
    return points;
  }

  @Test
  void floatsComeBackBitForBit() {
    long seed = Long.getLong("seed", 20261123);
    SplittableRandom random = new SplittableRandom(seed);
    FloatChunkWriter writer = new FloatChunkWriter();
    for (int run = 0; run < 2_000; run++) {
      List<Point> points = new ArrayList<>();
      long time = random.nextInt(10) == 0 ? random.nextLong() >> 20 : 1_700_000_000_000L;
      double value = random.nextInt(1000);
      writer.start();
      int count = 1 + random.nextInt(130);
      for (int i = 0; i < count; i++) {
        long bits =
            switch (random.nextInt(12)) {
              case 0 -> Samples.STALE_BITS;
              case 1 -> random.nextLong();
              case 2 -> Double.doubleToRawLongBits(-0.0);
              case 3, 4, 5, 6 -> Double.doubleToRawLongBits(value);
              default -> Double.doubleToRawLongBits(value += random.nextInt(5));
            };
        points.add(new Point(time, bits, null, 0));
        writer.add(time, bits);
        time +=
            switch (random.nextInt(8)) {
              case 0 -> 1 + random.nextInt(20_000);
              case 1 -> 1L << random.nextInt(40);
              default -> 15_000;
            };
      }
      assertThat(read(ChunkEncoding.XOR, writer.toByteArray()))
          .as("seed %d", seed)
          .isEqualTo(points);
    }
  }

  private static FloatHistogram histogram(
      SplittableRandom random, CounterReset hint, boolean custom) {
    double[] counts = new double[3];
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = random.nextInt(100) / (random.nextBoolean() ? 1.0 : 3.0);
      sum += counts[i];
    }
    double zeroThreshold = new double[] {0, 0x1p-128, 0.1, 1024, 2048}[random.nextInt(5)];
    return new FloatHistogram(
        hint,
        custom ? FloatHistogram.CUSTOM_BUCKETS : random.nextInt(13) - 4,
        custom ? 0 : zeroThreshold,
        custom ? 0 : 2,
        custom ? sum : sum + 2 + 7,
        random.nextDouble(),
        new int[] {custom ? 0 : random.nextInt(2000) - 1000, 1},
        new int[] {2, 1},
        counts,
        custom ? new int[0] : new int[] {-3},
        custom ? new int[0] : new int[] {1},
        custom ? new double[0] : new double[] {7},
        custom ? new double[] {-1, 0.005, 0.1 + 0.2, 33_554.43, 40_000} : new double[0]);
  }

  @Test
  void histogramsComeBackBitForBit() {
    long seed = Long.getLong("seed", 20261123);
    SplittableRandom random = new SplittableRandom(seed);
    HistogramChunkWriter writer = new HistogramChunkWriter();
    for (int run = 0; run < 500; run++) {
      List<FloatHistogram> expected = new ArrayList<>();
      List<FloatHistogram> found = new ArrayList<>();
      FloatHistogram last = FloatHistogram.stale();
      boolean custom = random.nextBoolean();
      CounterReset hint = random.nextBoolean() ? CounterReset.GAUGE : CounterReset.UNKNOWN;
      writer.start();
      for (int i = 0; i < 100; i++) {
        FloatHistogram next =
            switch (random.nextInt(6)) {
              case 0 -> histogram(random, hint, custom);
              case 1 -> FloatHistogram.stale();
              default -> last;
            };
        if (!writer.takes(next)) {
          read(ChunkEncoding.FLOAT_HISTOGRAM, writer.toByteArray())
              .forEach(point -> found.add(point.histogram()));
          writer.start();
        }
        writer.add(1_700_000_000_000L + i * 15_000L, next);
        expected.add(next);
        last = next;
      }
      read(ChunkEncoding.FLOAT_HISTOGRAM, writer.toByteArray())
          .forEach(point -> found.add(point.histogram()));
      assertThat(found).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void countersThatFallBeginAChunk() {
    SplittableRandom random = new SplittableRandom(1);
    FloatHistogram first = histogram(random, CounterReset.UNKNOWN, false);
    double[] fewer = first.positiveCounts().clone();
    fewer[1] -= 1;
    FloatHistogram fallen =
        new FloatHistogram(
            first.counterReset(),
            first.schema(),
            first.zeroThreshold(),
            first.zeroCount(),
            first.count() + 50,
            first.sum(),
            first.positiveSpanOffsets(),
            first.positiveSpanLengths(),
            fewer,
            first.negativeSpanOffsets(),
            first.negativeSpanLengths(),
            first.negativeCounts(),
            first.customBounds());
    HistogramChunkWriter writer = new HistogramChunkWriter();
    writer.start();
    assertThat(writer.takes(first)).isTrue();
    writer.add(1, first);
    assertThat(writer.takes(first)).isTrue();
    assertThat(writer.takes(fallen)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void damageIsAnErrorOrOtherSamplesAndNothingElse(ChunkEncoding encoding) {
    SplittableRandom random = new SplittableRandom(7);
    HistogramChunkWriter writer = new HistogramChunkWriter();
    writer.start();
    writer.add(5, histogram(random, CounterReset.UNKNOWN, true));
    byte[] chunk = writer.toByteArray();
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = Arrays.copyOf(chunk, random.nextInt(chunk.length + 1));
      for (int j = 0; j < 3 && damaged.length > 0; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        read(encoding, damaged);
      } catch (WireFormatException e) {
        assertThat(e).hasMessageContaining("chunk");
      }
    }
  }

  @Test
  void readsAChunkOfPrometheus() {
    // Times 1,000, 2,000 and 3,500 with the values 1, 1 and 2.5, as the format's description lays
    // out.
    byte[] chunk =
        HexFormat.of().parseHex("0003" + "d00f" + "3ff0000000000000" + "e807" + "41fa" + "fe0d04");
    FloatChunkWriter writer = new FloatChunkWriter();
    writer.start();
    writer.add(1000, Double.doubleToRawLongBits(1));
    writer.add(2000, Double.doubleToRawLongBits(1));
    writer.add(3500, Double.doubleToRawLongBits(2.5));
    assertThat(HexFormat.of().formatHex(writer.toByteArray()).substring(0, 28))
        .isEqualTo(HexFormat.of().formatHex(chunk).substring(0, 28));
  }
}
