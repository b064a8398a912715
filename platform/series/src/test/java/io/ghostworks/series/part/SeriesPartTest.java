package io.ghostworks.series.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.chunk.HistogramSamples;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.select.LabelIndex;
import io.ghostworks.series.select.LayerCursor;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;

class SeriesPartTest {
  private static final Path PATH = Path.of("/data/one.series");
  private static final TenantId TENANT = new TenantId("a");

  private final SimulatedFileSystem files = new SimulatedFileSystem(1);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void givesBackSeriesSamplesAndPostings(long seed) throws IOException {
    Random random = new Random(seed);
    List<Labels> labels = labels(random);
    List<SampleBuffer> samples = new ArrayList<>();
    PartFacts facts = write(random, labels, samples);
    try (SeriesPart part = SeriesPart.open(files, PATH, facts)) {
      assertThat(facts.series()).isEqualTo(labels.size());
      LayerCursor cursor = part.all(TENANT);
      for (int i = 0; i < labels.size(); i++) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.labels()).isEqualTo(labels.get(i));
        checkSamples(cursor, samples.get(i));
        LayerCursor found = part.find(TENANT, labels.get(i));
        assertThat(found).isNotNull();
        checkSamples(found, samples.get(i));
      }
      assertThat(cursor.next()).isFalse();
      assertThat(part.find(TENANT, Labels.of("__name__", "other"))).isNull();
      assertThat(part.labels(new TenantId("b"))).isNull();
      checkPostings(part, labels);
    }
  }

  @Test
  void answersEachBitOfDamageWithFileAndOffset() throws IOException {
    Random random = new Random(5);
    List<Labels> labels = labels(random).subList(0, 3);
    List<SampleBuffer> samples = new ArrayList<>();
    PartFacts facts = write(random, labels, samples);
    long bits = files.sizeBytes(PATH) * 8;
    for (long bit = 0; bit < bits; bit += 37) {
      files.flipBit(PATH, bit);
      try (SeriesPart part = SeriesPart.open(files, PATH, facts)) {
        LayerCursor cursor = part.all(TENANT);
        for (int i = 0; cursor.next(); i++) {
          assertThat(cursor.labels()).isEqualTo(labels.get(i));
          checkSamples(cursor, samples.get(i));
        }
      } catch (DamagedDataException e) {
        assertThat(e).hasMessageContaining(PATH.toString());
      } catch (UncheckedIOException e) {
        assertThat(e.getCause())
            .hasMessageContaining(PATH.toString())
            .hasMessageContaining("offset");
      }
      files.flipBit(PATH, bit);
    }
  }

  @Test
  void refusesAFileThatWasNotFinished() throws IOException {
    files.createDirectories(PATH.getParent());
    SampleBuffer one = new SampleBuffer();
    one.add(1, 1, 0);
    try (SeriesPartWriter writer = SeriesPartWriter.create(files, PATH)) {
      writer.add(TENANT, Labels.of("__name__", "m"), one);
    }
    assertThatThrownBy(() -> SeriesPart.open(files, PATH, new PartFacts(0, 1, 1, 1, 1, 0)))
        .isInstanceOf(DamagedDataException.class);
  }

  private PartFacts write(Random random, List<Labels> labels, List<SampleBuffer> samples)
      throws IOException {
    files.createDirectories(PATH.getParent());
    try (SeriesPartWriter writer = SeriesPartWriter.create(files, PATH)) {
      for (Labels one : labels) {
        SampleBuffer buffer = new SampleBuffer();
        long time = 1_800_000_000_000L;
        for (int i = 1 + random.nextInt(1_200); i > 0; i--) {
          time += 15_000;
          if (random.nextInt(400) == 0) {
            buffer.add(time, HistogramSamples.of(i), 0);
          } else {
            buffer.add(time, Double.doubleToRawLongBits(random.nextInt(50)), 0);
          }
        }
        samples.add(buffer);
        writer.add(TENANT, one, buffer);
      }
      return writer.finish();
    }
  }

  private static List<Labels> labels(Random random) {
    List<Labels> labels = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      labels.add(
          Labels.of(
              "__name__", "m" + i % 4, "i", "" + i, "zone", random.nextBoolean() ? "ä" : "😀"));
    }
    labels.sort(null);
    return labels;
  }

  private static void checkSamples(LayerCursor cursor, SampleBuffer expected) {
    SampleBuffer read = new SampleBuffer();
    cursor.read(Long.MIN_VALUE, Long.MAX_VALUE, read);
    assertThat(read.size()).isEqualTo(expected.size());
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.timestampMs(i)).isEqualTo(expected.timestampMs(i));
      assertThat(read.valueBits(i)).isEqualTo(expected.valueBits(i));
      assertThat(read.histogram(i)).isEqualTo(expected.histogram(i));
    }
  }

  private static void checkPostings(SeriesPart part, List<Labels> labels) {
    LabelIndex index = part.labels(TENANT);
    assertThat(index).isNotNull();
    assertThat(index.names()).containsExactlyInAnyOrder("__name__", "i", "zone");
    for (String name : index.names()) {
      LabelIndex.Values values = index.values(name);
      while (values.next()) {
        RoaringBitmap walked = new RoaringBitmap();
        values.addSeries(walked);
        RoaringBitmap looked = new RoaringBitmap();
        index.addSeries(name, values.value(), looked);
        RoaringBitmap expected = new RoaringBitmap();
        for (int i = 0; i < labels.size(); i++) {
          if (labels.get(i).get(name).equals(values.value())) {
            expected.add(i);
          }
        }
        assertThat(walked).isEqualTo(expected);
        assertThat(looked).isEqualTo(expected);
      }
    }
    RoaringBitmap none = new RoaringBitmap();
    index.addSeries("zone", "nowhere", none);
    index.addSeries("nothing", "ä", none);
    assertThat(none.isEmpty()).isTrue();
  }
}
