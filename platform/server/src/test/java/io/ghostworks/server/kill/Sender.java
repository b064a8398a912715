package io.ghostworks.server.kill;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;

/**
 * Sends rows of one signal until the platform is gone, and remembers what it sent and what was
 * acknowledged: the oracle of a kill.
 */
final class Sender implements Runnable {
  private static final int ROWS_MAX = 4_000;

  private final Traffic traffic;
  private final int number;
  private final long startMs;
  private final Random random;
  private final Semaphore acknowledgements;
  private final Set<Integer> sent = new ConcurrentSkipListSet<>();
  private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
  private final ChildPlatform platform;
  private volatile String unexpected = "";

  Sender(
      Traffic traffic,
      int number,
      long startMs,
      long seed,
      Semaphore acknowledgements,
      ChildPlatform platform) {
    this.traffic = traffic;
    this.number = number;
    this.startMs = startMs;
    this.random = new Random(seed);
    this.acknowledgements = acknowledgements;
    this.platform = platform;
  }

  @Override
  public void run() {
    try {
      int next = 0;
      while (next < ROWS_MAX && unexpected.isEmpty()) {
        int rows = 1 + random.nextInt(5);
        next = send(next, rows);
      }
    } catch (IOException e) {
      // The platform was killed, which is the end of it.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private int send(int first, int rows) throws IOException, InterruptedException {
    for (int row = first; row < first + rows; row++) {
      sent.add(row);
    }
    HttpResponse<String> response = traffic.send(platform, number, first, rows, startMs);
    if (response.statusCode() / 100 != 2 || response.body().contains("rejected")) {
      unexpected = "%d %s".formatted(response.statusCode(), response.body());
      return first;
    }
    for (int row = first; row < first + rows; row++) {
      acknowledged.add(row);
    }
    acknowledgements.release();
    return first + rows;
  }

  /** Compares what a restarted platform has with what was sent and acknowledged. */
  void check(ChildPlatform restarted, String when) throws IOException, InterruptedException {
    if (!unexpected.isEmpty()) {
      throw new AssertionError("%s of sender %d: %s".formatted(traffic, number, unexpected));
    }
    Set<Integer> readable = traffic.read(restarted, number, startMs);
    if (!readable.containsAll(acknowledged) || !sent.containsAll(readable)) {
      throw new AssertionError(
          "%s: %s of sender %d: acknowledged %s, readable %s, sent %s"
              .formatted(when, traffic, number, acknowledged, readable, sent));
    }
  }

  Traffic traffic() {
    return traffic;
  }

  int acknowledgedRows() {
    return acknowledged.size();
  }
}
