package io.ghostworks.series.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.metric.Samples;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesChunkCodecTest {
  private final SeriesChunkCodec codec = new SeriesChunkCodec();
  private final BytesOutput out = new BytesOutput(64, 1 << 20);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void givesBackEveryBit(long seed) throws DamagedDataException {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      SampleBuffer samples = random(random);
      out.clear();
      codec.encode(samples, 0, samples.size(), null, null, out);

      SampleBuffer read = new SampleBuffer();
      BytesInput in = new BytesInput(out.toByteArray());
      codec.decode(in, times(samples), Long.MIN_VALUE, Long.MAX_VALUE, null, null, read);

      assertThat(in.remaining()).isZero();
      checkSame(seed, samples, read);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void givesBackBucketsByTheBucketBefore(long seed) throws DamagedDataException {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int count = 1 + random.nextInt(480);
      BucketColumn written = new BucketColumn();
      BucketColumn read = new BucketColumn();
      long[] base = new long[count];
      for (int bucket = 0; bucket < 4; bucket++) {
        SampleBuffer samples = new SampleBuffer();
        long more = 0;
        for (int i = 0; i < count; i++) {
          more += random.nextInt(20) == 0 ? 1 : 0;
          base[i] += i * 3L + more;
          long bits = Double.doubleToRawLongBits((double) base[i]);
          samples.add(i, random.nextInt(200) == 0 ? Samples.STALE_BITS : bits, 0);
        }
        out.clear();
        BucketColumn next = new BucketColumn();
        boolean needed = codec.encode(samples, 0, count, bucket == 0 ? null : written, next, out);
        written = next;

        BytesInput in = new BytesInput(out.toByteArray());
        SampleBuffer back = new SampleBuffer();
        assertThat(SeriesChunkCodec.needsBucketBefore(in)).isEqualTo(needed);
        boolean isBucket = SeriesChunkCodec.isBucket(in);
        BucketColumn before = needed ? read : null;
        BucketColumn own = isBucket ? new BucketColumn() : null;
        codec.decode(in, times(samples), Long.MIN_VALUE, Long.MAX_VALUE, before, own, back);
        checkSame(seed, samples, back);
        if (own != null) {
          read = own;
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void refusesDamageInsteadOfFailing(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      SampleBuffer samples = random(random);
      out.clear();
      codec.encode(samples, 0, samples.size(), null, null, out);
      byte[] bytes = out.toByteArray();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        BytesInput in = new BytesInput(bytes);
        BucketColumn own = SeriesChunkCodec.isBucket(in) ? new BucketColumn() : null;
        codec.decode(
            in, times(samples), Long.MIN_VALUE, Long.MAX_VALUE, null, own, new SampleBuffer());
      } catch (DamagedDataException e) {
        assertThat(e).hasMessageMatching("(?s).+");
      }
    }
  }

  @Test
  void packsASumOfNanosecondsInFewerBytesThanItsBits() {
    Random random = new Random(1);
    SampleBuffer samples = new SampleBuffer();
    double sum = 0;
    for (int i = 0; i < 480; i++) {
      sum += random.nextInt(50_000_000) / 1e9;
      samples.add(i, Double.doubleToRawLongBits(sum), 0);
    }
    codec.encode(samples, 0, 480, null, null, out);
    assertThat(out.position()).isLessThan(480 * 4);
  }

  @Test
  void packsASeriesThatRarelyChangesInLittleMoreThanABitASample() {
    Random random = new Random(1);
    SampleBuffer samples = new SampleBuffer();
    long count = 0;
    for (int i = 0; i < 480; i++) {
      count += random.nextInt(8) == 0 ? 1 : 0;
      samples.add(i, Double.doubleToRawLongBits((double) count), 0);
    }
    codec.encode(samples, 0, 480, null, null, out);
    assertThat(out.position()).isLessThan(70);
  }

  private static long[] times(SampleBuffer samples) {
    long[] times = new long[samples.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = samples.timestampMs(i);
    }
    return times;
  }

  private static void checkSame(long seed, SampleBuffer samples, SampleBuffer read) {
    assertThat(read.size()).isEqualTo(samples.size());
    for (int i = 0; i < samples.size(); i++) {
      assertThat(read.timestampMs(i)).as("seed %d", seed).isEqualTo(samples.timestampMs(i));
      assertThat(read.startTimestampMs(i)).isEqualTo(samples.startTimestampMs(i));
      assertThat(read.histogram(i)).isEqualTo(samples.histogram(i));
      assertThat(read.valueBits(i)).as("seed %d", seed).isEqualTo(samples.valueBits(i));
    }
  }

  private static SampleBuffer random(Random random) {
    SampleBuffer samples = new SampleBuffer();
    int count = 1 + random.nextInt(480);
    int kind = random.nextInt(9);
    boolean starts = random.nextInt(4) == 0;
    double level = random.nextInt(1000);
    for (int i = 0; i < count; i++) {
      level += random.nextInt(5) - 1;
      double value =
          switch (kind) {
            case 0 -> 7.25;
            case 1 -> level;
            case 2 -> level / 100;
            case 3 -> random.nextDouble();
            case 4 -> Double.longBitsToDouble(random.nextLong());
            case 5 -> level + random.nextInt(1_000_000) / 1e9;
            case 6 -> level * 1e300;
            case 7 -> random.nextInt(3) == 0 ? level : 12;
            default -> random.nextInt(30) == 0 ? Double.NaN : -0.0;
          };
      long bits = Double.doubleToRawLongBits(value);
      if (random.nextInt(100) == 0) {
        bits = Samples.STALE_BITS;
      }
      samples.add(i * 15_000L, bits, starts ? 1 + i / 50 : 0);
    }
    return samples;
  }
}
