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

class ChunkCodecTest {
  private final ChunkCodec codec = new ChunkCodec();
  private final BytesOutput out = new BytesOutput(64, 1 << 20);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void givesBackEveryBit(long seed) throws DamagedDataException {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      SampleBuffer samples = random(random);
      out.clear();
      codec.encodeTimes(samples, 0, samples.size(), out);
      int timesEnd = out.position();
      codec.encode(samples, 0, samples.size(), out);

      BytesInput in = new BytesInput(out.toByteArray());
      long[] times = codec.decodeTimes(in);
      assertThat(in.position()).isEqualTo(timesEnd);
      SampleBuffer read = new SampleBuffer();
      codec.decode(in, times, Long.MIN_VALUE, Long.MAX_VALUE, read);

      assertThat(in.remaining()).isZero();
      assertThat(read.size()).isEqualTo(samples.size());
      for (int i = 0; i < samples.size(); i++) {
        assertThat(read.timestampMs(i)).as("seed %d", seed).isEqualTo(samples.timestampMs(i));
        assertThat(read.startTimestampMs(i)).isEqualTo(samples.startTimestampMs(i));
        assertThat(read.histogram(i)).isEqualTo(samples.histogram(i));
        assertThat(read.valueBits(i)).as("seed %d", seed).isEqualTo(samples.valueBits(i));
      }
    }
  }

  @Test
  void packsACounterWithAResetTightly() {
    SampleBuffer samples = new SampleBuffer();
    for (int i = 0; i < 240; i++) {
      samples.add(i * 15_000L, Double.doubleToRawLongBits(i < 100 ? i * 3 : (i - 100) * 3), 0);
    }
    codec.encode(samples, 0, 240, out);
    assertThat(out.position()).isLessThan(40);
  }

  @Test
  void keepsDecimalsSmallBesideAStalenessMarker() {
    SampleBuffer samples = new SampleBuffer();
    for (int i = 0; i < 239; i++) {
      samples.add(i, Double.doubleToRawLongBits((i % 8) / 10.0), 0);
    }
    samples.add(239, Samples.STALE_BITS, 0);
    codec.encode(samples, 0, 240, out);
    assertThat(out.position()).isLessThan(160);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void refusesDamageInsteadOfFailing(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      SampleBuffer samples = random(random);
      out.clear();
      codec.encodeTimes(samples, 0, samples.size(), out);
      codec.encode(samples, 0, samples.size(), out);
      byte[] bytes = out.toByteArray();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        BytesInput in = new BytesInput(bytes);
        long[] times = codec.decodeTimes(in);
        codec.decode(in, times, Long.MIN_VALUE, Long.MAX_VALUE, new SampleBuffer());
      } catch (DamagedDataException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  private static SampleBuffer random(Random random) {
    SampleBuffer samples = new SampleBuffer();
    int kind = random.nextInt(8);
    int count = 1 + random.nextInt(ChunkCodec.SAMPLES_MAX);
    long time = random.nextLong(-1_000_000, 1_800_000_000_000L);
    double walk = random.nextInt(1000);
    for (int i = 0; i < count; i++) {
      time += 1 + random.nextInt(random.nextInt(50) == 0 ? 1_000_000 : 16_000);
      long start = kind == 6 ? time - random.nextInt(1000) : 0;
      walk += random.nextInt(5);
      long bits =
          switch (kind) {
            case 0 -> Double.doubleToRawLongBits(5);
            case 1, 6 -> Double.doubleToRawLongBits(walk);
            case 2 -> Double.doubleToRawLongBits(walk / 1000);
            case 3 -> random.nextLong();
            case 4 ->
                random.nextInt(10) == 0 ? Samples.STALE_BITS : Double.doubleToRawLongBits(walk);
            default -> Double.doubleToRawLongBits(random.nextGaussian() * 1e-3);
          };
      if (kind == 7) {
        samples.add(time, HistogramSamples.of(random.nextInt(1000)), start);
      } else {
        samples.add(time, bits, start);
      }
    }
    return samples;
  }
}
