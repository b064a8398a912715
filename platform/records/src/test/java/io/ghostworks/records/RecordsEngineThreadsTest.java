package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.TENANT;
import static io.ghostworks.records.EngineFixture.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.journal.Durability;
import io.ghostworks.journal.JournalOptions;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.record.LogBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Senders, flushes, merges and queries at the same time, on real threads. */
@Timeout(60)
class RecordsEngineThreadsTest {
  private static final int SENDERS = 4;
  private static final int BATCHES = 150;

  private final EngineFixture fixture = new EngineFixture(3);
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  @Test
  void noQueryMissesAnAcknowledgedRowOrSeesOneTwice()
      throws IOException, InterruptedException, ExecutionException {
    // The clock of the fixture stands, so commits must not wait for it to go on.
    fixture.journal =
        new JournalOptions(
            8 * 32 * 1024,
            2 * 32 * 1024,
            64L * 8 * 32 * 1024,
            16_384,
            new Durability.Fsync(),
            Duration.ZERO,
            Duration.ZERO,
            1 << 20);
    fixture.open().engine.start();
    CountDownLatch sending = new CountDownLatch(SENDERS);
    List<Future<?>> futures = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(SENDERS + 2);
    try {
      for (int sender = 0; sender < SENDERS; sender++) {
        int number = sender;
        futures.add(
            threads.submit(() -> {
              send(number);
              sending.countDown();
            }));
      }
      futures.add(
          threads.submit(() -> {
            while (!sending.await(1, TimeUnit.MILLISECONDS)) {
              fixture.engine.flush();
              fixture.engine.maintain();
            }
            return null;
          }));
      futures.add(
          threads.submit(() -> {
            while (sending.getCount() > 0) {
              check();
            }
          }));
      for (Future<?> future : futures) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
    check();
    fixture.engine.close();
    assertThat(fixture.memory.usedBytes()).isZero();
    fixture.open();
    check();
    assertThat(fixture.bodies(TENANT)).hasSize(SENDERS * BATCHES);
  }

  private void send(int sender) {
    TelemetrySink<LogBatch> sink = fixture.engine.logSink();
    for (int i = 0; i < BATCHES; i++) {
      String line = sender + " " + i;
      sink.offer(TENANT, lines(EngineFixture.START + i, line)).join();
      acknowledged.add(line);
    }
  }

  private void check() {
    Set<String> before = new HashSet<>(acknowledged);
    List<String> readable = fixture.bodies(TENANT);
    assertThat(readable).doesNotHaveDuplicates();
    assertThat(new HashSet<>(readable)).containsAll(before);
  }
}
