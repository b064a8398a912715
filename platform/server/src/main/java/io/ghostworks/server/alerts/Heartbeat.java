package io.ghostworks.server.alerts;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.server.settings.HeartbeatSettings;
import io.ghostworks.wire.http.HttpCall;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An alert that always fires, to an address outside: while it comes, alerts can be told; when it
 * stays away, somebody else says so. A beat is sent only while the alert state answers. One that
 * fails is tried again, with pauses that double from a second, until the next one is due.
 * Thread-safe.
 */
public final class Heartbeat implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** Without a beat for so many intervals it counts as failing. */
  private static final int INTERVALS_MISSED = 2;

  private static final int DOUBLINGS_MAX = 20;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Identity identity;
  private final Parts parts;
  private final PlatformMetrics.Counter sent;
  private final PlatformMetrics.Counter failed;

  private @Nullable HeartbeatSettings settings;
  private Timers.Timer timer = () -> {};
  private int generation;
  private long nextBeatNanos;
  private long healthySinceNanos;
  private long lastSuccessEpochNanos;
  private long lastAttemptEpochNanos;
  private int failuresInRow;
  private String error = "";

  /** Who beats, as the message says. */
  public record Identity(String instance, String externalUrl, String version) {}

  /** Sends a request. */
  @FunctionalInterface
  public interface Exchange {
    /**
     * @return the status of the answer
     */
    int send(HttpCall call) throws IOException, InterruptedException;
  }

  /** Says whether alerts can be told. */
  @FunctionalInterface
  public interface Probe {
    /**
     * @throws RuntimeException if they cannot; then no beat is sent
     */
    void check();
  }

  /** Hears when it begins and goes on to fail, and when it no longer does. */
  @FunctionalInterface
  public interface Alarm {
    /**
     * @param target where it goes, without secrets
     * @param error of the last try; "" when it gets through again
     * @param again when at the latest it is told again, if it still fails then
     */
    void tell(boolean failing, String target, String error, Duration again);
  }

  /**
   * What it works with.
   *
   * @param executor runs what blocks
   */
  public record Parts(
      Exchange http,
      Probe probe,
      Alarm alarm,
      Clock clock,
      Timers timers,
      Executor executor,
      PlatformMetrics metrics) {}

  /**
   * How it goes, for the status page.
   *
   * @param target scheme and host; where a file names them, the file
   * @param lastSuccessAt null before the first beat that got through
   * @param lastAttemptAt null before the first try
   * @param error of the last try; null where it got through
   */
  public record View(
      String target,
      String method,
      double intervalSeconds,
      boolean failing,
      int failuresInRow,
      @Nullable String lastSuccessAt,
      @Nullable String lastAttemptAt,
      @Nullable String error) {}

  public Heartbeat(Identity identity, Parts parts) {
    this.identity = identity;
    this.parts = parts;
    this.sent =
        parts.metrics.counter(
            "ghostworks_heartbeat_sent_total", "Heartbeats that got through.", Labels.EMPTY);
    this.failed =
        parts.metrics.counter(
            "ghostworks_heartbeat_failed_total",
            "Tries to send a heartbeat that failed.",
            Labels.EMPTY);
    parts.metrics.gauge(
        "ghostworks_heartbeat_failing",
        "Whether no heartbeat got through for two intervals.",
        Labels.EMPTY,
        () -> isFailing() ? 1 : 0);
    parts.metrics.gauge(
        "ghostworks_heartbeat_last_success_timestamp_seconds",
        "When a heartbeat last got through, 0 for never.",
        Labels.EMPTY,
        () -> lastSuccessEpochNanos() / NANOS_PER_SECOND);
  }

  /** Beats as these settings say from now on; empty ends it. The same ones change nothing. */
  public synchronized void replace(Optional<HeartbeatSettings> next) {
    if (Optional.ofNullable(settings).equals(next)) {
      return;
    }
    timer.cancel();
    generation++;
    settings = next.orElse(null);
    failuresInRow = 0;
    error = "";
    lastSuccessEpochNanos = 0;
    lastAttemptEpochNanos = 0;
    if (settings != null) {
      nextBeatNanos = parts.clock.monotonicNanos();
      healthySinceNanos = nextBeatNanos;
      schedule(Duration.ZERO);
    }
  }

  private void schedule(Duration delay) {
    int current = generation;
    timer = parts.timers.after(delay, () -> parts.executor.execute(() -> beat(current)));
  }

  private void beat(int current) {
    HeartbeatSettings now = settingsOf(current);
    if (now == null) {
      return;
    }
    boolean failedBefore = isFailing();
    String failure = attempt(now);
    ended(current, now, failure);
    if (failedBefore || isFailing()) {
      parts.alarm.tell(
          isFailing(),
          HeartbeatRequest.target(now),
          failure == null ? "" : failure,
          now.interval().plus(now.timeout()));
    }
  }

  private synchronized @Nullable HeartbeatSettings settingsOf(int current) {
    return current == generation ? settings : null;
  }

  /** Why it failed; null if it got through. */
  private @Nullable String attempt(HeartbeatSettings now) {
    try {
      parts.probe.check();
    } catch (RuntimeException e) {
      return "not sent, as the alert state does not answer: " + e.getMessage();
    }
    return new HeartbeatRequest(identity, now).send(parts.http, parts.clock.epochNanos());
  }

  private synchronized void ended(int current, HeartbeatSettings now, @Nullable String failure) {
    if (current != generation) {
      return;
    }
    long at = parts.clock.monotonicNanos();
    lastAttemptEpochNanos = parts.clock.epochNanos();
    long interval = now.interval().toNanos();
    if (nextBeatNanos <= at) {
      nextBeatNanos += ((at - nextBeatNanos) / interval + 1) * interval;
    }
    long wait = nextBeatNanos - at;
    if (failure == null) {
      sent.increment();
      if (failuresInRow > 0) {
        log.info("the heartbeat gets through again after {} failures", failuresInRow);
      }
      failuresInRow = 0;
      error = "";
      healthySinceNanos = at;
      lastSuccessEpochNanos = lastAttemptEpochNanos;
    } else {
      failed.increment();
      if (!failure.equals(error)) {
        log.warn("the heartbeat to {} failed: {}", HeartbeatRequest.target(now), failure);
      }
      error = failure;
      wait = Math.min(wait, FIRST_PAUSE.toNanos() << Math.min(failuresInRow, DOUBLINGS_MAX));
      failuresInRow++;
    }
    schedule(Duration.ofNanos(wait));
  }

  /** Whether no beat got through for two intervals. */
  public synchronized boolean isFailing() {
    return settings != null
        && failuresInRow > 0
        && parts.clock.monotonicNanos() - healthySinceNanos
            > INTERVALS_MISSED * settings.interval().toNanos();
  }

  private synchronized long lastSuccessEpochNanos() {
    return lastSuccessEpochNanos;
  }

  /** How it goes; empty where none is configured. */
  public synchronized Optional<View> view() {
    HeartbeatSettings now = settings;
    return now == null
        ? Optional.empty()
        : Optional.of(
            new View(
                HeartbeatRequest.target(now),
                now.method(),
                now.interval().toNanos() / NANOS_PER_SECOND,
                isFailing(),
                failuresInRow,
                lastSuccessEpochNanos == 0 ? null : time(lastSuccessEpochNanos),
                lastAttemptEpochNanos == 0 ? null : time(lastAttemptEpochNanos),
                error.isEmpty() ? null : error));
  }

  private static String time(long epochNanos) {
    return Instant.ofEpochSecond(0, epochNanos).toString();
  }

  @Override
  public synchronized void close() {
    timer.cancel();
    generation++;
    settings = null;
  }
}
