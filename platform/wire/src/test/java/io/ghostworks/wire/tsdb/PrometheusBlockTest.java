package io.ghostworks.wire.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.chunk.FloatChunkWriter;
import io.ghostworks.wire.chunk.HistogramChunkWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusBlockTest {

  @TempDir private Path data;

  private static BlockFixture.Chunk floats(long... times) {
    FloatChunkWriter writer = new FloatChunkWriter();
    writer.start();
    for (long time : times) {
      writer.add(time, Double.doubleToRawLongBits(time * 0.1));
    }
    return new BlockFixture.Chunk(times[0], times[times.length - 1], 1, writer.toByteArray());
  }

  private static BlockFixture.Chunk histogram(long time) {
    HistogramChunkWriter writer = new HistogramChunkWriter();
    writer.start();
    writer.add(time, FloatHistogram.stale());
    return new BlockFixture.Chunk(time, time, 3, writer.toByteArray());
  }

  private Path write(int version) throws IOException {
    Path directory = data.resolve("01BLOCK");
    BlockFixture fixture = new BlockFixture(version);
    fixture.write(
        directory,
        1000,
        5000,
        List.of(
            new BlockFixture.Series(
                Labels.of("__name__", "a", "x", "é"),
                List.of(floats(900, 1000, 1500), floats(2000, 4999, 5000))),
            new BlockFixture.Series(
                Labels.of("__name__", "h"), List.of(histogram(1200), floats(3000, 3001, 3002)))));
    BlockFixture.tombstone(directory, fixture.reference(1), 3001, 4000);
    return directory;
  }

  private static List<String> read(Path directory) throws IOException {
    List<String> found = new ArrayList<>();
    PrometheusBlock.open(directory)
        .read(
            new PrometheusBlock.Sink() {
              @Override
              public void series(Labels labels) {
                found.add(labels.toString());
              }

              @Override
              public void sample(long timestampMs, long valueBits, long startMs) {
                found.add(timestampMs + " " + Double.longBitsToDouble(valueBits));
              }

              @Override
              public void sample(long timestampMs, FloatHistogram histogram, long startMs) {
                found.add(timestampMs + " stale " + histogram.isStale());
              }
            });
    return found;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void readsWhatLiesInTheBlockAndWasNotDeleted(int version) throws IOException {
    Path directory = write(version);
    assertThat(PrometheusBlock.find(data)).containsExactly(directory);
    assertThat(read(directory))
        .containsExactly(
            "a{x=\"é\"}",
            "1000 " + 1000 * 0.1,
            "1500 " + 1500 * 0.1,
            "2000 " + 2000 * 0.1,
            "4999 " + 4999 * 0.1,
            "h",
            "1200 stale true",
            "3000 " + 3000 * 0.1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"index", "chunks/000001", "tombstones"})
  void namesTheFileThatIsDamaged(String name) throws IOException {
    Path directory = write(2);
    Path file = directory.resolve(name);
    byte[] good = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 300; i++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bad);
      try {
        assertThat(read(directory)).hasSize(8); // Padding, and what no reader needs.
      } catch (DamagedBlockException e) {
        assertThat(e).hasMessageContaining("01BLOCK");
      }
    }
    Files.write(file, java.util.Arrays.copyOf(good, good.length - 9));
    assertThatThrownBy(() -> read(directory)).isInstanceOf(DamagedBlockException.class);
  }

  @Test
  void refusesOtherDescriptions() throws IOException {
    Path directory = write(2);
    Files.writeString(directory.resolve("meta.json"), "{\"version\":2}");
    assertThatThrownBy(() -> PrometheusBlock.open(directory))
        .isInstanceOf(DamagedBlockException.class);
    Files.writeString(directory.resolve("meta.json"), "{");
    assertThatThrownBy(() -> PrometheusBlock.open(directory))
        .isInstanceOf(DamagedBlockException.class);
  }
}
