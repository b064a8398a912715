package io.ghostworks.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.journal.JournalFixture.TextHandler;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.directory.DiskSpaceGuard.State;
import io.ghostworks.storage.directory.DiskSpaceLimits;
import io.ghostworks.storage.file.SimulatedFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FileJournalTest {
  private final JournalFixture fixture = new JournalFixture(1);

  @Test
  void acknowledgesAfterTheFrameIsDurableAndApplied() throws Exception {
    try (FileJournal journal = fixture.openAndReplay(0)) {
      List<String> order = new ArrayList<>();
      CompletableFuture<Long> answer =
          journal.append(JournalFixture.text("a"), sequence -> order.add("applied " + sequence));
      var _ = answer.thenAccept(sequence -> order.add("acknowledged " + sequence));
      assertThat(answer).isNotDone();
      journal.drive();
      assertThat(order).containsExactly("applied 1", "acknowledged 1");
      assertThat(journal.acknowledgedSequence()).isEqualTo(1);
      assertThat(journal.appliedSequence()).isEqualTo(1);
      fixture.files.crash();
    }
    assertThat(replayed(0)).containsExactly(Map.entry(1L, "a"));
  }

  @Test
  void sharesOneFsyncAmongAllThatWait() throws Exception {
    try (FileJournal journal = fixture.openAndReplay(0)) {
      for (int i = 0; i < 100; i++) {
        fixture.append(journal, "frame " + i);
      }
      journal.drive();
      assertThat(journal.statistics().forces()).isEqualTo(1);
      assertThat(journal.statistics().framesAcknowledged()).isEqualTo(100);
    }
    assertThat(fixture.applied).hasSize(100);
  }

  @Test
  void continuesTheSequenceOverRestartsAndSegments() throws Exception {
    for (int run = 0; run < 5; run++) {
      fixture.applied.clear();
      try (FileJournal journal = fixture.openAndReplay(0)) {
        assertThat(fixture.applied).hasSize(run * 20);
        for (int i = 0; i < 20; i++) {
          fixture.append(journal, "x".repeat(10_000) + (run * 20 + i));
          journal.drive();
        }
      }
      fixture.files.killProcess();
    }
    Map<Long, String> frames = replayed(0);
    assertThat(frames.keySet()).containsExactlyElementsOf(sequences(1, 100));
    assertThat(frames.get(77L)).endsWith("x76");
  }

  @Test
  void startsAFreshDictionaryInEachSegment() throws Exception {
    List<Boolean> defined = new ArrayList<>();
    try (FileJournal journal = fixture.openAndReplay(0)) {
      for (int i = 0; i < 6; i++) {
        var _ =
            journal.append(
                (dictionary, out) -> {
                  boolean first = dictionary.define(0);
                  assertThat(dictionary.define(77)).isEqualTo(first);
                  defined.add(first);
                  out.putZeros(30_000);
                },
                sequence -> {});
        journal.drive();
      }
    }
    // The fourth frame finds no room in three pages and is written anew for the second segment.
    assertThat(defined).containsExactly(true, false, false, false, true, false, false);
  }

  @Test
  void forgetsWhatAFrameDefinedThatWasNotWritten() throws Exception {
    try (FileJournal journal = fixture.openAndReplay(0)) {
      CompletableFuture<Long> tooLarge =
          journal.append(
              (dictionary, out) -> {
                dictionary.define(5);
                out.putZeros(JournalFixture.PAGE + 1);
              },
              sequence -> {});
      CompletableFuture<Long> broken =
          journal.append(
              (dictionary, out) -> {
                dictionary.define(6);
                throw new IllegalArgumentException("bug");
              },
              sequence -> {});
      List<Boolean> defined = new ArrayList<>();
      CompletableFuture<Long> good =
          journal.append(
              (dictionary, out) -> {
                defined.add(dictionary.define(5));
                defined.add(dictionary.define(6));
                out.putByte(1);
              },
              sequence -> {});
      journal.drive();
      assertThat(failure(tooLarge))
          .isInstanceOf(FrameTooLargeException.class)
          .hasMessageContaining("32768");
      assertThat(failure(broken)).isInstanceOf(IllegalArgumentException.class);
      assertThat(good).isCompletedWithValue(1L);
      assertThat(defined).containsExactly(true, true);
    }
  }

  @Test
  void givesDefinitionsOfContainedFramesThatShareASegmentWithLaterOnes() throws Exception {
    try (FileJournal journal = fixture.openAndReplay(0)) {
      for (int i = 1; i <= 4; i++) {
        fixture.append(journal, "frame " + i);
      }
      journal.drive();
    }
    List<Long> definitions = new ArrayList<>();
    Map<Long, String> frames = new TreeMap<>();
    try (FileJournal journal = fixture.open()) {
      journal.replay(
          2,
          new FrameHandler() {
            @Override
            public void segmentStarted(long segment) {}

            @Override
            public void definitions(long sequence, BytesInput in) {
              definitions.add(sequence);
            }

            @Override
            public void frame(long sequence, BytesInput in) throws IOException {
              frames.put(sequence, in.getString());
            }
          });
    }
    assertThat(definitions).containsExactly(1L, 2L);
    assertThat(frames.keySet()).containsExactly(3L, 4L);
  }

  @Test
  void recyclesReleasedSegmentsAndNeverReadsTheirOldBytes() throws Exception {
    try (FileJournal journal = fixture.openAndReplay(0)) {
      for (int i = 0; i < 60; i++) {
        fixture.append(journal, "y".repeat(20_000) + i);
        journal.drive();
        journal.release(i - 5);
      }
      assertThat(journal.statistics().segments()).isLessThan(5);
      assertThat(journal.bytes()).isLessThanOrEqualTo(6L * 4 * JournalFixture.PAGE);
    }
    fixture.files.crash();
    assertThat(replayed(54).keySet()).containsExactlyElementsOf(sequences(55, 60));
  }

  @Test
  void refusesAboveItsByteBudgetAsksForAFlushAndTakesAgainAfterARelease() throws Exception {
    fixture.options = fixture.options.withBytesMax(3L * 4 * JournalFixture.PAGE);
    try (FileJournal journal = fixture.openAndReplay(0)) {
      CompletableFuture<Long> last = CompletableFuture.completedFuture(0L);
      int accepted = 0;
      while (!last.isCompletedExceptionally()) {
        last = journal.append(JournalFixture.text("z".repeat(30_000)), sequence -> {});
        journal.drive();
        accepted++;
      }
      assertThat(failure(last))
          .isInstanceOf(JournalFullException.class)
          .hasMessageContaining("budget");
      assertThat(accepted - 1).isEqualTo(9);
      assertThat(fixture.heard.flushes)
          .isNotEmpty()
          .allSatisfy(through -> assertThat(through).isEqualTo(3));
      assertThat(journal.bytes()).isLessThanOrEqualTo(fixture.options.bytesMax());
      assertThat(failure(journal.append(JournalFixture.text("no"), sequence -> {})))
          .isInstanceOf(JournalFullException.class);
      journal.release(3);
      CompletableFuture<Long> again = journal.append(JournalFixture.text("yes"), sequence -> {});
      journal.drive();
      assertThat(again).isCompletedWithValue(10L);
    }
  }

  @Test
  void refusesWhatExceedsTheQueue() throws Exception {
    JournalOptions wide = fixture.options;
    fixture.options =
        new JournalOptions(
            wide.segmentBytes(),
            wide.frameBytesMax(),
            wide.bytesMax(),
            3,
            wide.durability(),
            Duration.ZERO,
            Duration.ofSeconds(1),
            1 << 20);
    try (FileJournal journal = fixture.openAndReplay(0)) {
      for (int i = 0; i < 3; i++) {
        fixture.append(journal, "fits");
      }
      List<String> abandoned = new ArrayList<>();
      CompletableFuture<Long> refused =
          journal.append(JournalFixture.text("no"), abandoning(abandoned, "no"));
      assertThat(failure(refused))
          .isInstanceOf(JournalFullException.class)
          .hasMessageContaining("at most 3");
      assertThat(abandoned).containsExactly("no");
    }
  }

  @Test
  void failsTheBatchAndBeginsANewSegmentWhenAnFsyncFails() throws Exception {
    try (FileJournal journal = fixture.openAndReplay(0)) {
      fixture.append(journal, "one");
      journal.drive();
      List<String> abandoned = new ArrayList<>();
      // The next calls are the write and the fsync of the commit.
      fixture.files.failCall(fixture.files.calls() + 2, SimulatedFault.IO_ERROR);
      CompletableFuture<Long> a =
          journal.append(JournalFixture.text("a"), abandoning(abandoned, "a"));
      CompletableFuture<Long> b =
          journal.append(JournalFixture.text("b"), abandoning(abandoned, "b"));
      journal.drive();
      assertThat(failure(a)).isInstanceOf(JournalUnavailableException.class);
      assertThat(failure(b)).isInstanceOf(JournalUnavailableException.class);
      assertThat(abandoned).containsExactly("a", "b");
      assertThat(fixture.heard.failedSegments).containsExactly(1L);
      CompletableFuture<Long> c = journal.append(JournalFixture.text("c"), sequence -> {});
      journal.drive();
      assertThat(c).isCompletedWithValue(2L);
      assertThat(journal.statistics().segmentsFailed()).isEqualTo(1);
      assertThat(journal.statistics().framesFailed()).isEqualTo(2);
    }
    fixture.files.killProcess();
    assertThat(replayed(0)).containsExactly(Map.entry(1L, "one"), Map.entry(2L, "c"));
  }

  @Test
  void setsAFrameAsideOnWhichTheEngineFailsTwice() throws Exception {
    try (FileJournal journal = fixture.openAndReplay(0)) {
      List<String> calls = new ArrayList<>();
      CompletableFuture<Long> once =
          journal.append(
              JournalFixture.text("once"),
              sequence -> {
                calls.add("once");
                if (calls.size() == 1) {
                  throw new IllegalStateException("first time");
                }
              });
      CompletableFuture<Long> twice =
          journal.append(
              JournalFixture.text("twice"),
              sequence -> {
                throw new IllegalStateException("always");
              });
      fixture.append(journal, "after");
      journal.drive();
      assertThat(once).isCompletedWithValue(1L);
      assertThat(failure(twice))
          .isInstanceOf(FrameSetAsideException.class)
          .hasMessageContaining("always");
      assertThat(fixture.heard.setAside).containsExactly(2L);
      assertThat(journal.statistics().framesSetAside()).isEqualTo(1);
    }
    assertThat(fixture.files.list(JournalFixture.DIRECTORY.resolve("set-aside")))
        .containsExactly("0000000000000002.frame");
    assertThat(replayed(0)).containsExactly(Map.entry(1L, "once"), Map.entry(3L, "after"));
  }

  @Test
  void setsAFrameAsideOnWhichAReplayFailsTwice() throws Exception {
    try (FileJournal journal = fixture.openAndReplay(0)) {
      fixture.append(journal, "good");
      fixture.append(journal, "bad");
      fixture.append(journal, "good too");
      journal.drive();
    }
    List<String> seen = new ArrayList<>();
    FrameHandler failing =
        new FrameHandler() {
          @Override
          public void segmentStarted(long segment) {}

          @Override
          public void definitions(long sequence, BytesInput in) throws IOException {
            seen.add("definitions of " + in.getString());
          }

          @Override
          public void frame(long sequence, BytesInput in) throws IOException {
            String text = in.getString();
            seen.add(text);
            if (text.equals("bad")) {
              throw new IllegalStateException("cannot");
            }
          }
        };
    try (FileJournal journal = fixture.open()) {
      ReplaySummary summary = journal.replay(0, failing);
      assertThat(summary.framesSetAside()).isEqualTo(1);
      assertThat(summary.frames()).isEqualTo(2);
    }
    assertThat(seen).containsExactly("good", "bad", "bad", "definitions of bad", "good too");
    seen.clear();
    try (FileJournal journal = fixture.open()) {
      journal.replay(0, failing);
    }
    assertThat(seen).containsExactly("good", "definitions of bad", "good too");
  }

  @Test
  void setsAFrameAsideOnWhichTheProcessDiesTimeAndAgain() throws Exception {
    try (FileJournal journal = fixture.openAndReplay(0)) {
      fixture.append(journal, "good");
      fixture.append(journal, "deadly");
      fixture.append(journal, "good too");
      journal.drive();
    }
    TextHandler dying =
        new TextHandler(new TreeMap<>()) {
          @Override
          public void frame(long sequence, BytesInput in) throws DamagedDataException {
            if (sequence == 2) {
              fixture.files.failCall(fixture.files.calls() + 1, SimulatedFault.CRASH);
              assertThatThrownBy(() -> fixture.files.list(JournalFixture.DIRECTORY))
                  .hasMessageContaining("power");
              throw new OutOfMemoryError("simulated");
            }
            super.frame(sequence, in);
          }
        };
    for (int death = 1; death <= 3; death++) {
      dying.frames.clear();
      FileJournal journal = fixture.open();
      assertThatThrownBy(() -> journal.replay(0, dying)).isInstanceOf(OutOfMemoryError.class);
      fixture.files.killProcess();
      journal.close();
    }
    assertThat(fixture.heard.setAside).isEmpty();
    Map<Long, String> frames = new TreeMap<>();
    try (FileJournal journal = fixture.open()) {
      ReplaySummary summary = journal.replay(0, new TextHandler(frames));
      assertThat(summary.framesSetAside()).isEqualTo(1);
    }
    assertThat(frames.keySet()).containsExactly(1L, 3L);
    assertThat(fixture.heard.setAside).containsExactly(2L);
  }

  @Test
  void endsAReplayInWhichTheEngineCannotWrite() throws Exception {
    try (FileJournal journal = fixture.openAndReplay(0)) {
      fixture.append(journal, "a");
      journal.drive();
    }
    try (FileJournal journal = fixture.open()) {
      FrameHandler failing =
          new FrameHandler() {
            @Override
            public void segmentStarted(long segment) {}

            @Override
            public void definitions(long sequence, BytesInput in) {}

            @Override
            public void frame(long sequence, BytesInput in) throws IOException {
              throw new IOException("the disk is full");
            }
          };
      assertThatThrownBy(() -> journal.replay(0, failing)).hasMessage("the disk is full");
    }
    assertThat(replayed(0)).containsExactly(Map.entry(1L, "a"));
  }

  @Test
  void refusesTelemetryFirstWhenTheDiskIsLowAndRuleOutputLater() throws Exception {
    long mib = 1 << 20;
    JournalFixture low = new JournalFixture(2, new DiskSpaceLimits(4 * mib, mib, mib / 4, 2 * mib));
    low.files.capacityBytes(9 * mib);
    try (FileJournal journal = low.openAndReplay(0)) {
      assertThat(low.disk.measure()).isEqualTo(State.AMPLE);
      low.append(journal, "early");
      journal.drive();
      low.files.capacityBytes(5 * mib);
      assertThat(low.disk.measure()).isEqualTo(State.LOW);
      CompletableFuture<Long> telemetry = journal.append(JournalFixture.text("no"), sequence -> {});
      assertThat(failure(telemetry))
          .isInstanceOf(JournalFullException.class)
          .hasMessageContaining("low");
      CompletableFuture<Long> rules =
          journal.append(JournalFixture.text("rules"), sequence -> {}, AppendOptions.RULE_OUTPUT);
      journal.drive();
      assertThat(rules).isCompletedWithValue(2L);
    }
  }

  @Test
  void acknowledgesBeforeTheFsyncWithAnInterval() throws Exception {
    fixture.options =
        fixture.options.withDurability(new Durability.Interval(Duration.ofMillis(50)));
    try (FileJournal journal = fixture.openAndReplay(0)) {
      CompletableFuture<Long> a = journal.append(JournalFixture.text("a"), sequence -> {});
      journal.drive();
      assertThat(a).isCompletedWithValue(1L);
      assertThat(journal.statistics().forces()).isZero();
      fixture.time.advance(Duration.ofMillis(50));
      journal.drive();
      assertThat(journal.statistics().forces()).isEqualTo(1);
      fixture.files.crash();
    }
    assertThat(replayed(0)).containsExactly(Map.entry(1L, "a"));
  }

  @Test
  void givesBackItsMemoryAndRefusesAppendsOnceClosed() throws Exception {
    FileJournal journal = fixture.openAndReplay(0);
    fixture.append(journal, "a");
    assertThat(fixture.memory.usedBytes()).isPositive();
    journal.close();
    journal.close();
    assertThat(fixture.applied).containsExactly(Map.entry(1L, "a"));
    assertThat(fixture.memory.usedBytes()).isZero();
    assertThat(failure(journal.append(JournalFixture.text("b"), sequence -> {})))
        .isInstanceOf(JournalUnavailableException.class);
  }

  private Map<Long, String> replayed(long afterSequence) throws IOException {
    Map<Long, String> frames = new TreeMap<>();
    try (FileJournal journal = fixture.open()) {
      journal.replay(afterSequence, new TextHandler(frames));
    }
    return frames;
  }

  private static List<Long> sequences(long from, long to) {
    List<Long> sequences = new ArrayList<>();
    for (long sequence = from; sequence <= to; sequence++) {
      sequences.add(sequence);
    }
    return sequences;
  }

  private static FrameApplier abandoning(List<String> abandoned, String name) {
    return new FrameApplier() {
      @Override
      public void apply(long sequence) {
        throw new AssertionError("must not be applied");
      }

      @Override
      public void abandoned(IOException cause) {
        abandoned.add(name);
      }
    };
  }

  private static Throwable failure(CompletableFuture<?> future) throws InterruptedException {
    assertThat(future).isCompletedExceptionally();
    try {
      future.get();
      throw new AssertionError("must fail");
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
