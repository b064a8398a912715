package io.ghostworks.records.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LongsCodecTest {

  @Test
  void givesEveryValueBackAndSomeOfThemAlone() throws DamagedDataException {
    for (long seed = 0; seed < 600; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int count = 1 + random.nextInt(1_000);
      long[] values = values(random, count);
      byte[] bytes = encoded(values);

      BytesInput in = new BytesInput(bytes);
      Vector all = LongsCodec.get(in, count);
      assertThat(all.toArray()).as("seed %d", seed).isEqualTo(values);
      assertThat(in.remaining()).as("seed %d", seed).isZero();

      int every = 1 + random.nextInt(300);
      int[] wanted = IntStream.range(0, count).filter(row -> random.nextInt(every) == 0).toArray();
      Vector some = LongsCodec.get(new BytesInput(bytes), count, wanted);
      assertThat(some.size()).as("seed %d", seed).isEqualTo(count);
      assertThat(IntStream.of(wanted).mapToLong(some::get).toArray())
          .as("seed %d", seed)
          .isEqualTo(IntStream.of(wanted).mapToLong(row -> values[row]).toArray());
    }
  }

  /** Numbers of any width: all, few of them not 0, few different ones, ascending or the same. */
  private static long[] values(SplittableRandom random, int count) {
    int width = 1 + random.nextInt(Long.SIZE);
    int form = random.nextInt(5);
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      long value = random.nextLong() >>> (Long.SIZE - width);
      values[i] =
          switch (form) {
            case 0 -> value;
            case 1 -> random.nextInt(5) == 0 ? value : 0;
            case 2 -> (value & 3) * 0x1234567890abcdefL;
            case 3 -> i == 0 ? value : values[i - 1] + random.nextInt(1_000);
            default -> 7;
          };
    }
    return values;
  }

  private static byte[] encoded(long[] values) {
    BytesOutput out = new BytesOutput(1024, 1 << 20);
    LongsCodec.put(out, values, values.length);
    return Arrays.copyOf(out.array(), out.position());
  }
}
