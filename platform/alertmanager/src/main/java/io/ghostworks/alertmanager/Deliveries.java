package io.ghostworks.alertmanager;

import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.state.NotificationLog;
import io.ghostworks.state.Outbox;
import io.ghostworks.state.State;
import io.ghostworks.state.StateException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifications on their way. Each is tried until it is delivered, refused for good, or
 * replaced by a newer one of its group and integration; the pauses grow from half a second to a
 * minute, as Alertmanager's do. Delivery is recorded in the outbox and in the notification log at
 * once. Thread-safe.
 */
final class Deliveries {
  private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final double PAUSE_GROWTH = 1.5;
  private static final double PAUSE_SPREAD = 0.5;

  private final TenantId tenant;
  private final Tools tools;
  private final Map<String, Delivery> active = new HashMap<>();
  private boolean closed;

  /** What deliveries work with. */
  record Tools(
      State state,
      Clock clock,
      Timers timers,
      Executor executor,
      RandomGenerator random,
      NotificationMetrics metrics) {}

  /** Hears how a delivery ended. */
  @FunctionalInterface
  interface Listener {
    void ended(boolean delivered);
  }

  /**
   * How one integration is told.
   *
   * @param name receiver, kind and index
   * @param timeout of one try
   * @param remembered how long the notification log keeps a delivery
   */
  record Target(String name, Sender sender, Duration timeout, Duration remembered) {}

  Deliveries(TenantId tenant, Tools tools) {
    this.tenant = tenant;
    this.tools = tools;
  }

  /**
   * Whether the same is being delivered already; then that delivery's end is told instead, and its
   * pauses begin anew.
   */
  synchronized boolean isUnderWay(
      Notification notification, String integration, Listener listener) {
    Delivery delivery = active.get(key(notification.groupKey(), integration));
    if (delivery == null
        || !Arrays.equals(delivery.notification.firing(), notification.firing())
        || !Arrays.equals(delivery.notification.resolved(), notification.resolved())) {
      return false;
    }
    delivery.listener = listener;
    delivery.hurry();
    return true;
  }

  /** Begins to deliver a row of the outbox, in the place of what was under way. */
  synchronized void begin(long id, Notification notification, Target target, Listener listener) {
    Delivery delivery = new Delivery(id, notification, target, listener);
    Delivery before = active.put(key(notification.groupKey(), target.name), delivery);
    if (before != null) {
      before.cancel();
    }
    delivery.timer = tools.timers.after(Duration.ZERO, delivery::run);
  }

  /** Ends what is under way for a group and integration, as there is nothing to tell any more. */
  synchronized void cancel(String groupKey, String integration) {
    Delivery delivery = active.remove(key(groupKey, integration));
    if (delivery != null) {
      delivery.cancel();
      long now = tools.clock.epochNanos();
      tools.state.write(t ->
          t.outbox()
              .end(
                  delivery.id,
                  Outbox.Condition.REPLACED,
                  delivery.attempts.get(),
                  delivery.error,
                  now));
    }
  }

  /** When a row is tried next, since the epoch; empty where it is not waiting. */
  synchronized OptionalLong nextAttemptNanos(long id) {
    return active.values().stream()
        .filter(delivery -> delivery.id == id && delivery.nextAttemptNanos != 0)
        .mapToLong(delivery -> delivery.nextAttemptNanos)
        .findFirst();
  }

  synchronized void close() {
    closed = true;
    active.values().forEach(Delivery::cancel);
    active.clear();
  }

  private static String key(String groupKey, String integration) {
    return integration + "\n" + groupKey;
  }

  /** Then the row stays as it is, and is tried again after the next start. */
  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized boolean isCurrent(Delivery delivery) {
    return !closed && active.get(delivery.key()) == delivery;
  }

  /** One notification on its way to one integration. */
  private final class Delivery {
    private final long id;
    private final Notification notification;
    private final Target target;
    private volatile Listener listener;
    private volatile Timers.@Nullable Timer timer;
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile String error = "";
    private volatile long nextAttemptNanos;
    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile double pauseSeconds = FIRST_PAUSE.toMillis() / 1e3;

    Delivery(long id, Notification notification, Target target, Listener listener) {
      this.id = id;
      this.notification = notification;
      this.target = target;
      this.listener = listener;
    }

    String key() {
      return Deliveries.key(notification.groupKey(), target.name);
    }

    void cancel() {
      Timers.Timer waiting = timer;
      if (waiting != null) {
        waiting.cancel();
      }
    }

    /** Tries at once, unless it is trying now. */
    void hurry() {
      if (!trying.get()) {
        cancel();
        pauseSeconds = FIRST_PAUSE.toMillis() / 1e3;
        timer = tools.timers.after(Duration.ZERO, this::run);
      }
    }

    void run() {
      if (isCurrent(this) && trying.compareAndSet(false, true)) {
        tools.executor.execute(this::attempt);
      }
    }

    private void attempt() {
      attempts.incrementAndGet();
      nextAttemptNanos = 0;
      tools.metrics.tried(target.name);
      try {
        switch (send()) {
          case Sender.Outcome.Delivered ignored -> delivered();
          case Sender.Outcome.Failed failed -> {
            if (!isClosed()) {
              failed(failed);
            }
          }
        }
      } catch (StateException e) {
        log.error("recording a notification to {} failed", target.name, e);
        end(false);
      } finally {
        trying.set(false);
      }
    }

    private Sender.Outcome send() {
      try {
        return target.sender.send(notification, target.timeout);
      } catch (RuntimeException e) {
        log.error("telling {} broke off", target.name, e);
        return new Sender.Outcome.Failed(e.toString(), false);
      }
    }

    private void delivered() {
      long now = tools.clock.epochNanos();
      NotificationLog.Entry entry =
          new NotificationLog.Entry(
              notification.groupKey(),
              target.name,
              notification.firing(),
              notification.resolved(),
              now,
              now + target.remembered.toNanos());
      tools.state.write(tables -> {
        tables.outbox().end(id, Outbox.Condition.DELIVERED, attempts.get(), "", now);
        tables.notificationLog().put(tenant, entry);
      });
      if (attempts.get() > 1) {
        log.info("{} was told after {} attempts", target.name, attempts.get());
      }
      end(true);
    }

    private void failed(Sender.Outcome.Failed failed) {
      long now = tools.clock.epochNanos();
      tools.metrics.failed(target.name);
      if (!failed.error().equals(error)) {
        log.warn(
            "telling {} failed at attempt {}{}: {}",
            target.name,
            attempts.get(),
            failed.retry() ? ", it will be tried again" : "",
            failed.error());
      }
      error = failed.error();
      if (!failed.retry()) {
        tools.state.write(
            t -> t.outbox().end(id, Outbox.Condition.FAILED, attempts.get(), error, now));
        end(false);
        return;
      }
      tools.state.write(t -> t.outbox().retry(id, attempts.get(), error, now));
      double spread = 1 + PAUSE_SPREAD * (2 * tools.random.nextDouble() - 1);
      Duration pause = Duration.ofMillis((long) (pauseSeconds * spread * 1e3));
      pauseSeconds = Math.min(LONGEST_PAUSE.toMillis() / 1e3, pauseSeconds * PAUSE_GROWTH);
      if (isCurrent(this)) {
        nextAttemptNanos = now + pause.toNanos();
        timer = tools.timers.after(pause, this::run);
      }
    }

    private void end(boolean success) {
      Listener told;
      synchronized (Deliveries.this) {
        active.remove(key(), this);
        told = listener;
      }
      told.ended(success);
    }
  }
}
