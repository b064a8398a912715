package io.ghostworks.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.journal.JournalFixture.TextHandler;
import io.ghostworks.journal.segment.DamagedFrames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JournalDamageTest {
  @Test
  void aFlippedBitAnywhereNeverGivesAWrongFrame() throws IOException {
    flipBits(1, 300);
  }

  @Test
  @Tag("long")
  void veryManyFlippedBitsNeverGiveAWrongFrame() throws IOException {
    flipBits(10_000, 20_000);
  }

  @Test
  void readsOnAtTheNextPageAfterDamageInTheMiddleAndSaysWhatIsLost() throws IOException {
    JournalFixture fixture = new JournalFixture(3);
    fill(fixture, 30, 3_000);
    Path first = JournalFixture.DIRECTORY.resolve("0000000000000001.segment");
    // In the payload of a frame of the first data page.
    fixture.files.flipBit(first, 8L * (JournalFixture.PAGE + 10_000));
    Map<Long, String> frames = new TreeMap<>();
    ReplaySummary summary = replay(fixture, frames);
    assertThat(summary.tornTail()).isFalse();
    assertThat(summary.damaged()).hasSize(1);
    DamagedFrames damaged = summary.damaged().getFirst();
    assertThat(damaged.fromSequence()).isEqualTo(4);
    assertThat(damaged.toSequence()).isEqualTo(11);
    assertThat(damaged.byteOffset())
        .isBetween((long) JournalFixture.PAGE, JournalFixture.PAGE + 10_000L);
    assertThat(fixture.heard.damaged).containsExactly(damaged);
    assertThat(frames.keySet()).hasSize(30 - 8).contains(3L, 12L, 30L);
  }

  @Test
  void readsASegmentWhoseHeaderIsDamagedByItsCopy() throws IOException {
    JournalFixture fixture = new JournalFixture(4);
    Map<Long, String> written = fill(fixture, 10, 100);
    fixture.files.flipBit(JournalFixture.DIRECTORY.resolve("0000000000000001.segment"), 8 * 20);
    Map<Long, String> frames = new TreeMap<>();
    replay(fixture, frames);
    assertThat(frames).isEqualTo(written);
  }

  @Test
  void reportsTheFramesOfASegmentThatIsMissing() throws IOException {
    JournalFixture fixture = new JournalFixture(5);
    fill(fixture, 12, 30_000);
    fixture.files.delete(JournalFixture.DIRECTORY.resolve("0000000000000002.segment"));
    Map<Long, String> frames = new TreeMap<>();
    ReplaySummary summary = replay(fixture, frames);
    assertThat(summary.framesDamaged()).isEqualTo(3);
    assertThat(frames.keySet()).containsExactly(1L, 2L, 3L, 7L, 8L, 9L, 10L, 11L, 12L);
  }

  @Test
  void goesOnAfterDamageAndReportsItOnlyWhileItMatters() throws IOException {
    JournalFixture fixture = new JournalFixture(6);
    fill(fixture, 30, 3_000);
    fixture.files.flipBit(
        JournalFixture.DIRECTORY.resolve("0000000000000001.segment"),
        8L * (JournalFixture.PAGE + 10_000));
    try (FileJournal journal = fixture.open()) {
      journal.replay(0, new TextHandler(new TreeMap<>()));
      var answer = journal.append(JournalFixture.text("next"), sequence -> {});
      journal.drive();
      assertThat(answer).isCompletedWithValue(31L);
    }
    try (FileJournal journal = fixture.open()) {
      ReplaySummary summary = journal.replay(20, new TextHandler(new TreeMap<>()));
      assertThat(summary.framesDamaged()).isZero();
      assertThat(summary.frames()).isEqualTo(11);
    }
  }

  private static void flipBits(long firstSeed, int count) throws IOException {
    long first = Long.getLong("ghostworks.seed", firstSeed);
    int seeds = Long.getLong("ghostworks.seed") == null ? count : 1;
    for (long seed = first; seed < first + seeds; seed++) {
      flipBit(seed);
    }
  }

  private static void flipBit(long seed) throws IOException {
    JournalFixture fixture = new JournalFixture(seed);
    Random random = new Random(seed);
    Map<Long, String> written = fill(fixture, 40, 1 + random.nextInt(8_000));
    List<String> names =
        fixture.files.list(JournalFixture.DIRECTORY).stream()
            .filter(name -> name.endsWith(".segment"))
            .toList();
    Path file = JournalFixture.DIRECTORY.resolve(names.get(random.nextInt(names.size())));
    fixture.files.flipBit(file, random.nextLong(8 * fixture.files.sizeBytes(file)));
    Map<Long, String> frames = new TreeMap<>();
    ReplaySummary summary = replay(fixture, frames);
    frames.forEach((sequence, text) ->
        assertThat(text).as("seed %d, frame %d", seed, sequence).isEqualTo(written.get(sequence)));
    long missing = (long) written.size() - frames.size();
    // What is missing is either reported, or the end of the last segment, after which nothing says
    // that it was there.
    assertThat(missing == summary.framesDamaged() || summary.tornTail())
        .as("seed %d: %d frames are missing, %s", seed, missing, summary)
        .isTrue();
  }

  private static Map<Long, String> fill(JournalFixture fixture, int frames, int paddingBytes)
      throws IOException {
    Map<Long, String> written = new TreeMap<>();
    try (FileJournal journal = fixture.openAndReplay(0)) {
      for (int i = 1; i <= frames; i++) {
        String text = "frame " + i;
        written.put((long) i, text);
        fixture.append(journal, text, paddingBytes);
        journal.drive();
      }
    }
    return written;
  }

  private static ReplaySummary replay(JournalFixture fixture, Map<Long, String> frames)
      throws IOException {
    try (FileJournal journal = fixture.open()) {
      return journal.replay(0, new TextHandler(frames));
    }
  }
}
