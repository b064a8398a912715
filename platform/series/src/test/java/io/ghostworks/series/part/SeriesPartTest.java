package io.ghostworks.series.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.series.chunk.HistogramSamples;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.select.LabelIndex;
import io.ghostworks.series.select.LayerCursor;
import io.ghostworks.series.select.LayerReader;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
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
    assertThatThrownBy(
            () -> SeriesPart.open(files, PATH, new PartFacts(0, 1, 1, 1, 1, 0, 0, List.of())))
        .isInstanceOf(DamagedDataException.class);
  }

  @Test
  void readsAPartOfVersionOne() throws IOException {
    files.createDirectories(PATH.getParent());
    try (InputStream resource = SeriesPartTest.class.getResourceAsStream("version-1.series");
        FileHandle file = files.create(PATH)) {
      assertThat(resource).isNotNull();
      file.write(ByteBuffer.wrap(resource.readAllBytes()), 0);
      file.force(true);
    }
    checkMixed(
        new PartFacts(1_800_000_000_000L, 1_800_014_985_002L, 13_000, 13, 53_625, 0, 0, List.of()));
  }

  @Test
  void givesBackEveryKindOfSeriesInLessSpaceThanVersionOne() throws IOException {
    files.createDirectories(PATH.getParent());
    try (SeriesPartWriter writer = SeriesPartWriter.create(files, PATH)) {
      for (int i = 0; i < MixedSamples.LABELS.size(); i++) {
        writer.add(TENANT, MixedSamples.LABELS.get(i), MixedSamples.of(i));
      }
      PartFacts facts = writer.finish();
      assertThat(facts.sizeBytes()).isLessThan(53_625);
      checkMixed(facts);
    }
  }

  private void checkMixed(PartFacts facts) throws IOException {
    try (SeriesPart part = SeriesPart.open(files, PATH, facts)) {
      LayerCursor cursor = part.all(TENANT);
      for (int i = 0; i < MixedSamples.LABELS.size(); i++) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.labels()).isEqualTo(MixedSamples.LABELS.get(i));
        checkSamples(cursor, MixedSamples.of(i));
      }
      assertThat(cursor.next()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void givesBackBucketsInAnyOrderAndRange(long seed) throws IOException {
    Random random = new Random(seed);
    SortedMap<Labels, SampleBuffer> buckets = buckets(random);
    files.createDirectories(PATH.getParent());
    PartFacts facts;
    try (SeriesPartWriter writer = SeriesPartWriter.create(files, PATH)) {
      for (Map.Entry<Labels, SampleBuffer> one : buckets.entrySet()) {
        writer.add(TENANT, one.getKey(), one.getValue());
      }
      facts = writer.finish();
    }
    List<SampleBuffer> expected = List.copyOf(buckets.values());
    try (SeriesPart part = SeriesPart.open(files, PATH, facts)) {
      LayerReader reader = part.reader();
      SampleBuffer read = new SampleBuffer();
      for (int i = 0; i < 400; i++) {
        int series = i < 200 ? i % expected.size() : random.nextInt(expected.size());
        SampleBuffer all = expected.get(series);
        int from = random.nextInt(all.size());
        int through = from + random.nextInt(all.size() - from);
        read.clear();
        reader.read(series, all.timestampMs(from), all.timestampMs(through), read);
        assertThat(read.size()).as("seed %d", seed).isEqualTo(through - from + 1);
        for (int k = 0; k < read.size(); k++) {
          assertThat(read.timestampMs(k)).isEqualTo(all.timestampMs(from + k));
          assertThat(read.valueBits(k)).isEqualTo(all.valueBits(from + k));
        }
      }
    }
  }

  /**
   * Histograms of two targets with resets, gaps and markers, whose buckets do not stand together.
   */
  private static SortedMap<Labels, SampleBuffer> buckets(Random random) {
    SortedMap<Labels, SampleBuffer> buckets = new TreeMap<>();
    for (int histogram = 0; histogram < 6; histogram++) {
      SampleBuffer[] samples = new SampleBuffer[12];
      for (int le = 0; le < samples.length; le++) {
        samples[le] = new SampleBuffer();
        buckets.put(
            Labels.of(
                "__name__",
                "seconds_bucket",
                "instance",
                "i" + histogram % 2,
                "le",
                le == 11 ? "+Inf" : "" + (le + 1),
                "path",
                "/" + histogram),
            samples[le]);
      }
      long[] counts = new long[samples.length];
      for (int i = 0; i < 1_200; i++) {
        if (random.nextInt(500) == 0) {
          java.util.Arrays.fill(counts, 0);
        }
        for (int k = random.nextInt(5); k > 0; k--) {
          for (int le = random.nextInt(counts.length); le < counts.length; le++) {
            counts[le]++;
          }
        }
        for (int le = 0; le < counts.length; le++) {
          int luck = random.nextInt(400);
          if (luck > 0 || samples[le].size() == 0) {
            samples[le].add(
                1_800_000_000_000L + i * 15_000L,
                luck == 1 ? Samples.STALE_BITS : Double.doubleToRawLongBits((double) counts[le]),
                0);
          }
        }
      }
    }
    return buckets;
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
