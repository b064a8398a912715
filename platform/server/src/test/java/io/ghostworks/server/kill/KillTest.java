package io.ghostworks.server.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the platform at random moments while samples, log records and spans are sent to it, and
 * compares what it has after each restart with what it acknowledged: acknowledged ⊆ readable ⊆
 * sent. Some kills hit a start, and some ends are orderly, so that rows come from journal, memory
 * and parts alike. The seed is the system property {@code ghostworks.seed}.
 */
class KillTest {
  private static final int CYCLES = 25;
  private static final int ACKNOWLEDGEMENTS_MAX = 240;
  private static final int EARLY_KILL_PERIOD = 6;
  private static final int ORDERLY_END_PERIOD = 9;

  private final long seed = Long.getLong("ghostworks.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final long startMs = System.currentTimeMillis() - 600_000;
  private final List<Sender> senders = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void whatWasAcknowledgedIsReadableAfterEveryKillAndNothingElseIs()
      throws IOException, InterruptedException {
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      String when = "seed %d, cycle %d".formatted(seed, cycle);
      if (cycle % EARLY_KILL_PERIOD == EARLY_KILL_PERIOD - 1) {
        killAtStart();
      }
      try (ChildPlatform platform = ChildPlatform.start(folder, client).awaitReady()) {
        checkLast(platform, when);
        sendAndKill(platform, when);
      }
      if (cycle % ORDERLY_END_PERIOD == ORDERLY_END_PERIOD - 1) {
        endInGoodOrder(when);
      }
    }
    try (ChildPlatform platform = ChildPlatform.start(folder, client).awaitReady()) {
      for (Sender sender : senders) {
        sender.check(platform, "seed %d, at the end".formatted(seed));
      }
    }
    for (Traffic traffic : Traffic.values()) {
      assertThat(acknowledgedRows(traffic)).as("acknowledged %s", traffic).isGreaterThan(CYCLES);
    }
  }

  private int acknowledgedRows(Traffic traffic) {
    return senders.stream()
        .filter(sender -> sender.traffic() == traffic)
        .mapToInt(Sender::acknowledgedRows)
        .sum();
  }

  private void killAtStart() throws IOException, InterruptedException {
    try (ChildPlatform platform = ChildPlatform.start(folder, client)) {
      platform.run(200 + random.nextInt(1500));
      platform.kill();
    }
  }

  private void endInGoodOrder(String when) throws IOException, InterruptedException {
    try (ChildPlatform platform = ChildPlatform.start(folder, client).awaitReady()) {
      checkLast(platform, when);
      platform.end();
    }
  }

  /** Checks the senders of the cycle before; all of them are checked at the end. */
  private void checkLast(ChildPlatform platform, String when)
      throws IOException, InterruptedException {
    int count = Traffic.values().length;
    for (Sender sender : senders.subList(Math.max(0, senders.size() - count), senders.size())) {
      sender.check(platform, when);
    }
  }

  private void sendAndKill(ChildPlatform platform, String when) throws InterruptedException {
    Semaphore acknowledgements = new Semaphore(0);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Traffic traffic : Traffic.values()) {
        Sender sender =
            new Sender(
                traffic, senders.size(), startMs, random.nextLong(), acknowledgements, platform);
        senders.add(sender);
        threads.execute(sender);
      }
      int wanted = 1 + random.nextInt(ACKNOWLEDGEMENTS_MAX);
      boolean reached = acknowledgements.tryAcquire(wanted, 60, TimeUnit.SECONDS);
      platform.kill();
      assertThat(reached).as("%s: %d acknowledgements in a minute", when, wanted).isTrue();
    }
  }
}
