package io.ghostworks.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.journal.JournalFixture.TextHandler;
import io.ghostworks.storage.bytes.BytesInput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FileJournalTailTest {
  private final JournalFixture fixture = new JournalFixture(9);
  private final Map<Long, String> frames = new TreeMap<>();

  @Test
  void readsAppliedFramesFromASavedPositionOn() throws Exception {
    try (FileJournal journal = fixture.openAndReplay(0)) {
      append(journal, 1, 30);
      try (JournalTail tail = journal.tail(12)) {
        assertThat(tail.read(new TextHandler(frames), 5)).isEqualTo(5);
        assertThat(frames.keySet()).containsExactly(13L, 14L, 15L, 16L, 17L);
        assertThat(tail.position()).isEqualTo(17);
        assertThat(tail.read(new TextHandler(frames), 100)).isEqualTo(13);
        assertThat(tail.read(new TextHandler(frames), 100)).isZero();
        append(journal, 31, 32);
        assertThat(tail.read(new TextHandler(frames), 100)).isEqualTo(2);
        assertThat(frames.get(32L)).startsWith("32 ");
        assertThat(tail.framesMissed()).isZero();
      }
    }
  }

  @Test
  void keepsTheSegmentsThatItHasNotReadUntilTheBudgetNeedsThem() throws Exception {
    fixture.options = fixture.options.withBytesMax(4L * 4 * JournalFixture.PAGE);
    try (FileJournal journal = fixture.openAndReplay(0);
        JournalTail tail = journal.tail(0)) {
      append(journal, 1, 9);
      journal.release(9);
      assertThat(tail.read(new TextHandler(frames), 1)).isEqualTo(1);
      assertThat(frames.keySet()).contains(1L);
      for (int i = 10; i <= 70; i++) {
        append(journal, i, i);
        journal.release(i - 1);
      }
      tail.read(new TextHandler(frames), 1000);
      assertThat(frames.keySet()).contains(70L);
      assertThat(tail.framesMissed()).isPositive();
      assertThat(frames.size() + tail.framesMissed()).isEqualTo(70);
    }
  }

  @Test
  void keepsWhatReadersOverRestartsHaveNotRead() throws Exception {
    AtomicLong readThrough = new AtomicLong(4);
    fixture.readThrough = readThrough::get;
    try (FileJournal journal = fixture.openAndReplay(0)) {
      append(journal, 1, 40);
      journal.release(40);
    }
    try (FileJournal journal = fixture.openAndReplay(40)) {
      journal.release(40);
      try (JournalTail tail = journal.tail(4)) {
        assertThat(tail.read(new TextHandler(frames), 100)).isEqualTo(36);
        assertThat(tail.framesMissed()).isZero();
      }
      int kept = journal.statistics().segments();
      readThrough.set(40);
      journal.release(40);
      assertThat(journal.statistics().segments()).isLessThan(kept);
    }
  }

  @Test
  void givesAFrameAgainToAHandlerThatFailed() throws Exception {
    try (FileJournal journal = fixture.openAndReplay(0);
        JournalTail tail = journal.tail(0)) {
      append(journal, 1, 3);
      FrameHandler failing =
          new FrameHandler() {
            @Override
            public void segmentStarted(long segment) {}

            @Override
            public void definitions(long sequence, BytesInput in) {}

            @Override
            public void frame(long sequence, BytesInput in) throws IOException {
              throw new IOException("the exporter is away");
            }
          };
      assertThatThrownBy(() -> tail.read(failing, 10)).hasMessage("the exporter is away");
      assertThat(tail.position()).isZero();
      assertThat(tail.read(new TextHandler(frames), 10)).isEqualTo(3);
      assertThat(frames.keySet()).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void doesNotGiveFramesThatWereSetAside() throws Exception {
    try (FileJournal journal = fixture.openAndReplay(0);
        JournalTail tail = journal.tail(0)) {
      append(journal, 1, 1);
      var _ =
          journal.append(
              JournalFixture.text("bad"),
              sequence -> {
                throw new IllegalStateException("always");
              });
      journal.drive();
      append(journal, 3, 3);
      assertThat(tail.read(new TextHandler(frames), 10)).isEqualTo(2);
      assertThat(frames.keySet()).containsExactly(1L, 3L);
    }
  }

  private void append(FileJournal journal, int from, int to) {
    for (int i = from; i <= to; i++) {
      fixture.append(journal, i + " ", 30_000);
      journal.drive();
    }
  }
}
