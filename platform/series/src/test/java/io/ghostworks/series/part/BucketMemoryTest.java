package io.ghostworks.series.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.series.chunk.BucketColumn;
import io.ghostworks.series.chunk.ChunkCodec;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.chunk.SeriesChunkCodec;
import io.ghostworks.storage.bytes.BytesOutput;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketMemoryTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void givesEachColumnOnceAsANaiveMapDoes(long seed) {
    Random random = new Random(seed);
    BucketMemory memory = new BucketMemory();
    Map<Long, BucketColumn> oracle = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      int series = random.nextInt(300);
      int times = random.nextInt(5);
      long key = series * 10L + times;
      if (random.nextInt(3) == 0) {
        assertThat(memory.take(series, times)).isSameAs(oracle.remove(key));
      } else {
        BucketColumn column = new BucketColumn();
        memory.put(series, times, column);
        oracle.put(key, column);
      }
    }
  }

  @Test
  void forgetsTheOldestAboveABound() {
    BucketMemory memory = new BucketMemory();
    int columns = BucketGroups.COUNTS_MAX / ChunkCodec.SAMPLES_MAX;
    for (int i = 0; i <= columns; i++) {
      memory.put(i, 0, counts(ChunkCodec.SAMPLES_MAX));
    }
    assertThat(memory.take(0, 0)).isNull();
    assertThat(memory.take(1, 0)).isNotNull();
    assertThat(memory.take(columns, 0)).isNotNull();
    memory.put(columns + 1, 0, counts(ChunkCodec.SAMPLES_MAX));
    assertThat(memory.take(2, 0)).isNotNull();
  }

  private static BucketColumn counts(int size) {
    SampleBuffer samples = new SampleBuffer();
    for (int i = 0; i < size; i++) {
      samples.add(i, Double.doubleToRawLongBits(i), 0);
    }
    BucketColumn column = new BucketColumn();
    new SeriesChunkCodec().encode(samples, 0, size, null, column, new BytesOutput(64, 1 << 16));
    assertThat(column.size()).isEqualTo(size);
    return column;
  }
}
