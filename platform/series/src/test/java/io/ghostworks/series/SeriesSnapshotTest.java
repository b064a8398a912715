package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.DIRECTORY;
import static io.ghostworks.series.EngineFixture.START_MS;
import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SeriesSnapshotTest {
  private static final Labels UP = Labels.of("__name__", "up");
  private static final Path SNAPSHOT = Path.of("/data/snapshots/one");
  private static final Path OTHER = Path.of("/other/series");
  private static final Path OTHER_JOURNAL = Path.of("/other/journal");

  private final EngineFixture fixture = new EngineFixture(3);

  @Test
  void holdsWhatWasAcknowledgedBeforeAndNothingLater() throws IOException {
    fill(5);
    Map<Labels, Map<Long, Long>> before = fixture.read(TENANT);
    SeriesSnapshot snapshot = fixture.engine.snapshot(SNAPSHOT, true).join();
    fixture.offer(UP, START_MS + 60_000, 1);
    fixture.engine.flush();

    assertThat(snapshot.journalSequence()).isEqualTo(5);
    assertThat(restored()).isEqualTo(before);
  }

  @Test
  void staysWholeWhenItsPartsAreMergedAndExpired() throws IOException {
    for (int i = 0; i < 4; i++) {
      fill(1 + i);
      fixture.engine.flush();
      fixture.engine.close();
    }
    fixture.open();
    Map<Labels, Map<Long, Long>> before = fixture.read(TENANT);
    fixture.engine.snapshot(SNAPSHOT, true).join();
    assertThat(fixture.engine.merge()).isTrue();

    assertThat(restored()).isEqualTo(before);
  }

  @Test
  void withoutTheHeadItHoldsPartsOnly() throws IOException {
    fill(2);
    fixture.engine.flush();
    Map<Labels, Map<Long, Long>> before = fixture.read(TENANT);
    fixture.offer(UP, START_MS + 60_000, 1);
    fixture.engine.snapshot(SNAPSHOT, false).join();

    assertThat(restored()).isEqualTo(before);
  }

  @Test
  void whatIsDeletedStaysDeletedAndWritingGoesOn() throws IOException {
    fill(5);
    fixture.engine.flush();
    var deleted =
        fixture.engine.delete(
            TENANT, List.of(new LabelMatcher.Equal("__name__", "up")), 0, START_MS + 2_000);
    fixture.journal.drive();
    deleted.join();
    fixture.engine.snapshot(SNAPSHOT, true).join();

    assertThat(restored().get(UP).keySet()).containsExactly(START_MS + 3_000, START_MS + 4_000);
    assertThat(fixture.offer(UP, START_MS + 1_000, 7).acceptedRows()).isEqualTo(1);
    var again =
        fixture.engine.delete(
            TENANT, List.of(new LabelMatcher.Equal("__name__", "up")), 0, START_MS + 3_000);
    fixture.journal.drive();
    again.join();
    assertThat(fixture.read(TENANT).get(UP).keySet()).containsExactly(START_MS + 4_000);
  }

  @Test
  void isNotRestoredOverData() throws IOException {
    fill(1);
    fixture.engine.snapshot(SNAPSHOT, true).join();

    assertThatThrownBy(() -> restore(DIRECTORY, Path.of("/data/journal")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("empty data directory only");
    assertThatThrownBy(() -> restore(OTHER, Path.of("/data/journal")))
        .hasMessageContaining("has a journal");
  }

  @Test
  void aDamagedByteIsFoundBeforeAnythingIsRestored() throws IOException {
    fill(5);
    fixture.engine.snapshot(SNAPSHOT, true).join();
    Path series = SNAPSHOT.resolve("series");
    String part =
        fixture.files.list(series).stream().filter(n -> n.endsWith(".series")).findFirst().get();
    try (FileHandle file = fixture.files.openForWriting(series.resolve(part))) {
      file.write(ByteBuffer.wrap(new byte[] {(byte) 0xA5}), 40);
    }

    assertThatThrownBy(() -> restore(OTHER, OTHER_JOURNAL))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining(part);
    fixture.files.delete(SNAPSHOT.resolve("SNAPSHOT"));
    assertThatThrownBy(() -> restore(OTHER, OTHER_JOURNAL)).hasMessageContaining("not finished");
  }

  private void fill(int rows) throws IOException {
    fixture.open();
    for (int i = 0; i < rows; i++) {
      fixture.offer(UP, START_MS + i * 1_000L, i);
    }
  }

  private void restore(Path directory, Path journal) throws IOException {
    SeriesSnapshot.restore(fixture.files, SNAPSHOT, directory, journal);
  }

  private Map<Labels, Map<Long, Long>> restored() throws IOException {
    restore(OTHER, OTHER_JOURNAL);
    fixture.engine.close();
    fixture.directory = OTHER;
    fixture.journalDirectory = OTHER_JOURNAL;
    fixture.open();
    return fixture.read(TENANT);
  }
}
