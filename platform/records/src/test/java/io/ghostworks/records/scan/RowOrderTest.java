package io.ghostworks.records.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowOrderTest {
  @Test
  void sortsAsTheStableSortOfObjectsDoes() {
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      long[] keys = random.longs(random.nextInt(300), -20, 20).toArray();
      int[] rows = IntStream.range(0, keys.length).toArray();
      long[] before = keys.clone();
      RowOrder.sort(keys, rows);
      assertThat(rows)
          .containsExactly(
              IntStream.range(0, before.length)
                  .boxed()
                  .sorted(Comparator.comparingLong(row -> before[row]))
                  .mapToInt(Integer::intValue)
                  .toArray());
      Arrays.sort(before);
      assertThat(keys).containsExactly(before);
    }
  }
}
