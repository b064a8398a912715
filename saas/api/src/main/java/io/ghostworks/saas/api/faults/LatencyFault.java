package io.ghostworks.saas.api.faults;

import io.ghostworks.instrumentation.trace.BusinessSpans;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Most requests wait for a slow object store. */
@Component
@ConditionalOnProperty("saas.faults.enabled")
final class LatencyFault implements Fault {
  private static final double SHARE = 0.7;
  private static final long DELAY_MS_MIN = 800;
  private static final long DELAY_MS_MAX = 1400;

  private final BusinessSpans spans;

  LatencyFault(BusinessSpans spans) {
    this.spans = spans;
  }

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public void strike() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (random.nextDouble() >= SHARE) {
      return;
    }
    long delayMs = random.nextLong(DELAY_MS_MIN, DELAY_MS_MAX);
    spans.run("storage.fetch", span -> pause(delayMs));
  }

  private static void pause(long delayMs) {
    try {
      Thread.sleep(delayMs);
    } catch (InterruptedException e) {
      // The server is stopping: the request goes on at once, and the thread stays interrupted.
      Thread.currentThread().interrupt();
    }
  }
}
