package io.ghostworks.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.journal.JournalFixture.TextHandler;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.directory.DiskSpaceGuard;
import io.ghostworks.storage.directory.DiskSpaceLimits;
import io.ghostworks.storage.file.DiskFileSystem;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The running journal, with its own threads on the real disk. */
@Timeout(60)
class JournalThreadsTest {
  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  private final MemoryLedger ledger = new MemoryLedger();

  @Test
  void commitsManyThreadsInGroupsInOrderWithoutGaps() throws Exception {
    int threads = 8;
    int framesPerThread = 400;
    Map<Long, String> acknowledged = new ConcurrentSkipListMap<>();
    List<Long> applied = new ArrayList<>();
    JournalStatistics statistics;
    try (FileJournal journal = open(JournalOptions.defaults().withSegmentBytes(MIB, MIB / 4))) {
      journal.replay(0, new TextHandler(new TreeMap<>()));
      journal.start();
      CountDownLatch go = new CountDownLatch(1);
      try (ExecutorService senders = Executors.newFixedThreadPool(threads)) {
        List<Future<?>> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
          String name = "thread " + t + " ";
          running.add(
              senders.submit(() -> {
                go.await();
                for (int i = 0; i < framesPerThread; i++) {
                  String text = name + i + " " + "p".repeat(1000);
                  long sequence = journal.append(JournalFixture.text(text), applied::add).get();
                  acknowledged.put(sequence, text);
                }
                return null;
              }));
        }
        go.countDown();
        for (Future<?> sender : running) {
          sender.get();
        }
      }
      statistics = journal.statistics();
      assertThat(journal.appliedSequence()).isEqualTo((long) threads * framesPerThread);
    }
    assertThat(applied).isSorted().hasSize(threads * framesPerThread);
    assertThat(acknowledged).hasSize(threads * framesPerThread);
    assertThat(statistics.commits()).isLessThan(statistics.framesAcknowledged() / 2);
    Map<Long, String> frames = new TreeMap<>();
    try (FileJournal journal = open(JournalOptions.defaults().withSegmentBytes(MIB, MIB / 4))) {
      journal.replay(0, new TextHandler(frames));
    }
    assertThat(frames).isEqualTo(acknowledged);
  }

  @Test
  void commitsFramesForWhichNobodyWaitsAfterTheirDelay() throws Exception {
    try (FileJournal journal = open(JournalOptions.defaults().withSegmentBytes(MIB, MIB / 4))) {
      journal.replay(0, new TextHandler(new TreeMap<>()));
      journal.start();
      CompletableFuture<Long> applied = new CompletableFuture<>();
      journal.appendLater(JournalFixture.text("scrape"), applied::complete);
      assertThat(applied.get()).isEqualTo(1);
    }
  }

  @Test
  void aTailReadsWhileOthersAppendAndRelease() throws Exception {
    int count = 2_000;
    AtomicLong wrong = new AtomicLong();
    List<Long> seen = new ArrayList<>();
    JournalOptions options =
        JournalOptions.defaults().withSegmentBytes(MIB / 4, MIB / 16).withBytesMax(64L * MIB);
    try (FileJournal journal = open(options)) {
      journal.replay(0, new TextHandler(new TreeMap<>()));
      journal.start();
      CompletableFuture<?> appends = CompletableFuture.runAsync(() -> appendAll(journal, count));
      try (JournalTail tail = journal.tail(0)) {
        while (seen.size() < count) {
          tail.read(checking(seen, wrong), 50);
        }
        assertThat(tail.framesMissed()).isZero();
      }
      appends.get();
      assertThat(journal.bytes()).isLessThan(options.bytesMax());
    }
    assertThat(wrong).hasValue(0);
    assertThat(seen).isSorted().hasSize(count).doesNotHaveDuplicates();
  }

  @Test
  void replaysLargeSegmentsInLittleMemory() throws Exception {
    byte[] noise = new byte[MIB];
    new Random(1).nextBytes(noise);
    try (FileJournal journal = open(JournalOptions.defaults())) {
      journal.replay(0, new TextHandler(new TreeMap<>()));
      journal.start();
      for (int i = 0; i < 100; i++) {
        journal.append((dictionary, out) -> out.putBytes(noise), sequence -> {}).get();
      }
    }
    long[] counted = new long[2];
    try (FileJournal journal = open(JournalOptions.defaults())) {
      com.sun.management.ThreadMXBean threads =
          (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      ReplaySummary summary = journal.replay(0, counting(counted));
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(summary.frames()).isEqualTo(100);
      assertThat(allocated).as("bytes allocated to read 100 MiB").isLessThan(12L * MIB);
    }
    assertThat(counted).containsExactly(100, 100L * MIB);
  }

  private FileJournal open(JournalOptions options) throws IOException {
    DiskFileSystem files = new DiskFileSystem();
    JournalEnvironment environment =
        new JournalEnvironment(
            files,
            Clock.system(),
            new Random(),
            new DiskSpaceGuard(files, directory, new DiskSpaceLimits(2, 1, 0, 0)),
            ledger.open("journal " + ledger.budgets().size(), 16L * MIB),
            Runnable::run);
    return FileJournal.open(
        environment, directory.resolve("journal"), options, JournalListener.NONE);
  }

  private static void appendAll(FileJournal journal, int count) {
    try {
      for (int i = 1; i <= count; i++) {
        String text = "frame " + i + " " + "q".repeat(500);
        CompletableFuture<Long> answer = journal.append(JournalFixture.text(text), sequence -> {});
        if (i % 20 == 0) {
          journal.release(answer.get() - 1);
        }
      }
    } catch (IOException | InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FrameHandler checking(List<Long> seen, AtomicLong wrong) {
    return new FrameHandler() {
      @Override
      public void segmentStarted(long segment) {}

      @Override
      public void definitions(long sequence, BytesInput in) {}

      @Override
      public void frame(long sequence, BytesInput in) throws IOException {
        seen.add(sequence);
        if (!in.getString().startsWith("frame " + sequence + " ")) {
          wrong.incrementAndGet();
        }
      }
    };
  }

  private static FrameHandler counting(long[] counted) {
    return new FrameHandler() {
      @Override
      public void segmentStarted(long segment) {}

      @Override
      public void definitions(long sequence, BytesInput in) {}

      @Override
      public void frame(long sequence, BytesInput in) {
        counted[0]++;
        counted[1] += in.remaining();
      }
    };
  }
}
