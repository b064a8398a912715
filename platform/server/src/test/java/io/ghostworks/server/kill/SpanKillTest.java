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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the platform at random moments while spans are sent, some of them twice, and traces are
 * kept and deleted: after each restart what was acknowledged is there once, what was kept is kept,
 * and what was deleted stays away. The seed is the system property {@code ghostworks.seed}.
 */
class SpanKillTest {
  private static final int OWNERS = 3;
  private static final int ORDERLY_END_PERIOD = 3;

  private final long seed = Long.getLong("ghostworks.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final long startMs = System.currentTimeMillis() - 600_000;
  private final List<TraceOwner> owners = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void acknowledgedSpansAreThereOnceAndDeletedTracesStayAway()
      throws IOException, InterruptedException {
    run(1, 100);
  }

  @Test
  @Tag("long")
  void theyAreAfterManyKillsUnderLoad() throws IOException, InterruptedException {
    run(20, 2_500);
    assertThat(owners).as("seed %d", seed).anyMatch(TraceOwner::hasDeletedAndKept);
  }

  private void run(int cycles, int acknowledgementsMax) throws IOException, InterruptedException {
    for (int cycle = 0; cycle < cycles; cycle++) {
      String when = "seed %d, cycle %d".formatted(seed, cycle);
      try (ChildPlatform platform = ChildPlatform.start(folder, client).awaitReady()) {
        checkAll(platform, when);
        sendAndKill(platform, acknowledgementsMax, when);
      }
      if (cycle % ORDERLY_END_PERIOD == ORDERLY_END_PERIOD - 2) {
        try (ChildPlatform platform = ChildPlatform.start(folder, client).awaitReady()) {
          checkAll(platform, when);
          platform.end(); // What was in memory is in parts now.
        }
      }
    }
    try (ChildPlatform platform = ChildPlatform.start(folder, client).awaitReady()) {
      checkAll(platform, "seed %d, at the end".formatted(seed));
    }
    assertThat(owners.stream().mapToInt(TraceOwner::acknowledgedSpans).sum()).isGreaterThan(cycles);
  }

  private void checkAll(ChildPlatform platform, String when)
      throws IOException, InterruptedException {
    for (TraceOwner owner : owners) {
      owner.check(platform, when);
    }
  }

  private void sendAndKill(ChildPlatform platform, int acknowledgementsMax, String when)
      throws InterruptedException {
    Semaphore acknowledgements = new Semaphore(0);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < OWNERS; i++) {
        TraceOwner owner =
            new TraceOwner(owners.size(), startMs, random.nextLong(), acknowledgements, platform);
        owners.add(owner);
        threads.execute(owner);
      }
      int wanted = acknowledgementsMax / 2 + random.nextInt(acknowledgementsMax / 2);
      boolean reached = acknowledgements.tryAcquire(wanted, 120, TimeUnit.SECONDS);
      platform.kill();
      assertThat(reached).as("%s: %d acknowledgements", when, wanted).isTrue();
    }
  }
}
