package io.ghostworks.series.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.level.FloatFacts;
import io.ghostworks.query.level.HistogramFacts;
import io.ghostworks.query.level.LevelColumns;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.level.LevelBuffer;
import io.ghostworks.series.level.RowBuilder;
import io.ghostworks.series.level.RowSeries;
import io.ghostworks.series.select.LayerCursor;
import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LevelPartTest {
  private static final Path PATH = Path.of("/data/0000000001.series");
  private static final TenantId TENANT = new TenantId("acme");
  private static final long START_MS = 1_800_057_600_000L;
  private static final int RESOLUTION_MS = 300_000;

  /** What the manifest says of the stored file. */
  private static final PartFacts FACTS =
      new PartFacts(
          1_800_057_609_668L, 1_800_071_994_823L, 310, 6, 14_121, 0, RESOLUTION_MS, List.of());

  private final SimulatedFileSystem files = new SimulatedFileSystem(1);

  @Test
  void readsRowsOfVersionOne() throws IOException {
    files.createDirectories(PATH.getParent());
    try (InputStream resource = LevelPartTest.class.getResourceAsStream("level-1.series");
        FileHandle file = files.create(PATH)) {
      assertThat(resource).isNotNull();
      file.write(ByteBuffer.wrap(resource.readAllBytes()), 0);
      file.force(true);
    }
    check(FACTS);
  }

  @Test
  void givesBackRowsOfEveryKind() throws IOException {
    files.createDirectories(PATH.getParent());
    try (SeriesPartWriter writer = SeriesPartWriter.createRows(files, PATH, RESOLUTION_MS)) {
      for (RowSeries.Kind kind : RowSeries.Kind.values()) {
        writer.add(TENANT, labels(kind), rows(kind));
      }
      check(writer.finish());
    }
  }

  private void check(PartFacts facts) throws IOException {
    try (SeriesPart part = SeriesPart.open(files, PATH, facts)) {
      LayerCursor cursor = part.all(TENANT);
      LevelBuffer read = new LevelBuffer();
      for (RowSeries.Kind kind : RowSeries.Kind.values()) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.labels()).isEqualTo(labels(kind));
        read.clear();
        cursor.readRows(Long.MIN_VALUE, Long.MAX_VALUE, read);
        check(rows(kind), read);
      }
      assertThat(cursor.next()).isFalse();
    }
  }

  private static void check(LevelBuffer expected, LevelBuffer actual) {
    assertThat(actual.size()).isEqualTo(expected.size());
    SampleColumns expectedColumns = expected.columns();
    SampleColumns actualColumns = actual.columns();
    LevelColumns expectedRows = expectedColumns.levels();
    LevelColumns actualRows = actualColumns.levels();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.lastMs(i)).isEqualTo(expected.lastMs(i));
      assertThat(actual.isRow(i)).isEqualTo(expected.isRow(i));
      if (!expected.isRow(i)) {
        continue;
      }
      assertThat(actualRows.isHistogram(i)).isEqualTo(expectedRows.isHistogram(i));
      if (expectedRows.isHistogram(i)) {
        check(expectedRows.read(i, new HistogramFacts()), actualRows.read(i, new HistogramFacts()));
      } else {
        assertThat(text(actualRows.read(i, new FloatFacts())))
            .isEqualTo(text(expectedRows.read(i, new FloatFacts())));
      }
    }
  }

  /** All facts but the squares, which a file rounds. */
  private static String text(FloatFacts facts) {
    return List.of(
            facts.firstMs(),
            facts.first(),
            facts.count(),
            facts.last(),
            facts.min(),
            facts.max(),
            facts.sum(),
            facts.correction(),
            facts.resets(),
            facts.changes())
        .toString();
  }

  private static void check(HistogramFacts expected, HistogramFacts actual) {
    assertThat(actual.firstMs()).isEqualTo(expected.firstMs());
    assertThat(actual.count()).isEqualTo(expected.count());
    assertThat(actual.resets()).isEqualTo(expected.resets());
    assertThat(actual.changes()).isEqualTo(expected.changes());
    assertThat(actual.first()).isEqualTo(expected.first());
    assertThat(actual.last()).isEqualTo(expected.last());
    assertThat(actual.sum()).isEqualTo(expected.sum());
    assertThat(actual.correction()).isEqualTo(expected.correction());
  }

  private static LevelBuffer rows(RowSeries.Kind kind) {
    SampleBuffer samples = new SampleBuffer();
    RowSeries.fill(kind, new Random(11), START_MS, START_MS + 14_400_000, 15_000, samples);
    LevelBuffer rows = new LevelBuffer();
    new RowBuilder(RESOLUTION_MS).build(samples, rows);
    return rows;
  }

  /** Ascending by kind. */
  private static Labels labels(RowSeries.Kind kind) {
    return Labels.of(
        "__name__", "m" + List.of(RowSeries.Kind.values()).indexOf(kind), "kind", kind.name());
  }
}
