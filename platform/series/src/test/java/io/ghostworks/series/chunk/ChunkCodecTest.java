package io.ghostworks.series.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkCodecTest {
  private final ChunkCodec codec = new ChunkCodec();
  private final BytesOutput out = new BytesOutput(64, 1 << 20);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givesBackTimes(long seed) throws DamagedDataException {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      SampleBuffer samples = random(random);
      out.clear();
      codec.encodeTimes(samples, 0, samples.size(), out);

      BytesInput in = new BytesInput(out.toByteArray());
      long[] times = codec.decodeTimes(in);

      assertThat(in.remaining()).isZero();
      assertThat(times).hasSize(samples.size());
      for (int i = 0; i < times.length; i++) {
        assertThat(times[i]).as("seed %d", seed).isEqualTo(samples.timestampMs(i));
      }
    }
  }

  @Test
  void packsTimesThatAreSeldomLateInLessThanAByte() {
    SampleBuffer samples = new SampleBuffer();
    for (int i = 0; i < 480; i++) {
      samples.add(i * 15_000L + (i % 20 == 0 ? 2 : 0), 0, 0);
    }
    codec.encodeTimes(samples, 0, 480, out);
    assertThat(out.position()).isLessThan(240);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void refusesDamagedTimesInsteadOfFailing(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      SampleBuffer samples = random(random);
      out.clear();
      codec.encodeTimes(samples, 0, samples.size(), out);
      byte[] bytes = out.toByteArray();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        codec.decodeTimes(new BytesInput(bytes));
      } catch (DamagedDataException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  /** What a damaged part of version 1 may hold must not end the reader in another way. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void refusesAnyBytesAsSamplesOfVersionOneInsteadOfFailing(long seed) {
    Random random = new Random(seed);
    long[] times = LongStream.range(0, 100).toArray();
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(300)];
      random.nextBytes(bytes);
      bytes[0] &= 3;
      if (bytes.length > 1) {
        bytes[1] &= 3;
      }
      try {
        codec.decode(
            new BytesInput(bytes), times, Long.MIN_VALUE, Long.MAX_VALUE, new SampleBuffer());
      } catch (DamagedDataException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  private static SampleBuffer random(Random random) {
    SampleBuffer samples = new SampleBuffer();
    int count = 1 + random.nextInt(ChunkCodec.SAMPLES_MAX);
    long time = random.nextLong(-1_000_000, 1_800_000_000_000L);
    for (int i = 0; i < count; i++) {
      time += 1 + random.nextInt(random.nextInt(50) == 0 ? 1_000_000 : 16_000);
      samples.add(time, i, 0);
    }
    return samples;
  }
}
