package io.ghostworks.alertmanager.deliver;

import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.state.NotificationLog;
import io.ghostworks.state.Outbox;
import io.ghostworks.state.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifications of a tenant on their way, each integration's in a queue of its own. Each is
 * stored before it is sent, and tried until it is delivered, refused for good, or replaced by a
 * newer one of its group and integration. Thread-safe.
 */
public final class Deliveries implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

  /** How long an end waits for what is under way. */
  private static final Duration DRAIN_MAX = Duration.ofSeconds(5);

  /** How long what was interrupted has to end. */
  private static final Duration INTERRUPTED_MAX = Duration.ofSeconds(1);

  /** Ended notifications of a tenant that are kept. */
  public static final int HISTORY_MAX = 10_000;

  /** How long they are kept. */
  public static final Duration HISTORY_AGE = Duration.ofDays(30);

  private static final int TRIM_EVERY = 1_000;

  private final TenantId tenant;
  private final Tools tools;
  private final DeliveryEvents events;
  private final RateLimit tenantRate;
  private final Map<String, ReceiverQueue> queues = new ConcurrentHashMap<>();
  private final AtomicLong stored = new AtomicLong();

  /** What deliveries work with. */
  public record Tools(
      State state,
      Clock clock,
      Timers timers,
      Executor executor,
      RandomGenerator random,
      NotificationMetrics metrics,
      NotificationLimits limits) {}

  /** Hears how a delivery ended. */
  @FunctionalInterface
  public interface Listener {
    /** Hears nothing. */
    Listener NONE = delivered -> {};

    void ended(boolean delivered);
  }

  /**
   * How one integration is told.
   *
   * @param name receiver, kind and index
   * @param timeout of one try
   * @param remembered how long the notification log keeps a delivery
   * @param stateful whether each group has to be told on its own
   * @param alertsMax of one message; 0 for any number
   */
  public record Target(
      String name,
      Sender sender,
      Duration timeout,
      Duration remembered,
      boolean stateful,
      long alertsMax) {}

  public Deliveries(TenantId tenant, Tools tools, DeliveryEvents events) {
    this.tenant = tenant;
    this.tools = tools;
    this.events = events;
    this.tenantRate = tools.limits.tenantRate();
  }

  /** Stands for the alerts that a notification tells of. */
  public static long hash(long[] firing, long[] resolved) {
    return 31L * Arrays.hashCode(firing) + Arrays.hashCode(resolved);
  }

  /** Adds a notification to the outbox, inside the caller's transaction; {@link #begin} follows. */
  public long store(State.Tables tables, Notification notification, Target target, long nowNanos) {
    long epoch =
        tables
            .notificationLog()
            .find(tenant, notification.groupKey(), target.name)
            .map(NotificationLog.Entry::sentAtNanos)
            .orElse(0L);
    String key =
        IdempotencyKey.of(
            target.name,
            notification.groupKey(),
            notification.firing(),
            notification.resolved(),
            epoch);
    if (stored.incrementAndGet() % TRIM_EVERY == 0) {
      tables.outbox().trim(tenant, HISTORY_MAX, nowNanos - HISTORY_AGE.toNanos());
    }
    return tables
        .outbox()
        .add(
            tenant,
            new Outbox.Added(
                notification.groupKey(),
                target.name,
                notification.receiver(),
                notification.groupLabels(),
                notification.reason(),
                notification.firing().length,
                notification.resolved().length,
                hash(notification.firing(), notification.resolved()),
                key,
                PackedText.pack(notification.withIdempotencyKey(key).toBytes()),
                nowNanos));
  }

  /** Whether just this is being delivered already. */
  public boolean isUnderWay(String groupKey, String integration, long hash) {
    ReceiverQueue queue = queues.get(integration);
    return queue != null && queue.holds(groupKey, hash);
  }

  /**
   * Tells the end of what is being delivered to another, and lets its pauses begin anew.
   *
   * @return whether it is still being delivered
   */
  public boolean follow(String groupKey, String integration, long hash, Listener listener) {
    ReceiverQueue queue = queues.get(integration);
    return queue != null && queue.follow(groupKey, hash, listener);
  }

  /** Begins to deliver a row of the outbox, in the place of what was under way. */
  public void begin(long id, Notification notification, Target target, Listener listener) {
    tools.metrics.begun(target.name());
    queue(target)
        .add(
            new Waiting(
                id,
                notification.groupKey(),
                target,
                Digest.alerts(notification),
                hash(notification.firing(), notification.resolved()),
                listener));
  }

  /** Goes on with what an earlier run stored. */
  public void resume(Outbox.Waiting row, Target target) {
    Waiting waiting =
        new Waiting(row.id(), row.groupKey(), target, row.alerts(), row.toldHash(), Listener.NONE);
    waiting.attempts = row.attempts();
    waiting.error = row.error();
    queue(target).add(waiting);
  }

  /** Gives up what an earlier run stored, as nobody is there to be told. */
  public void giveUp(Outbox.Waiting row, String why) {
    log.warn("a notification to {} is given up: {}", row.integration(), why);
    long now = tools.clock.epochNanos();
    tools.state.write(t -> t.outbox().drop(row.id(), Outbox.Condition.FAILED, why, now));
  }

  private ReceiverQueue queue(Target target) {
    return queues.computeIfAbsent(target.name, this::queue);
  }

  private ReceiverQueue queue(String integration) {
    Line line = new Line();
    ReceiverQueue queue =
        new ReceiverQueue(
            integration,
            tools,
            tools.limits.receiverRate(),
            tenantRate,
            new Post(tenant, integration, tools, events, line));
    line.queue = Optional.of(queue);
    tools.metrics.watch(integration, queue);
    return queue;
  }

  /** Joins a post with its queue. */
  private static final class Line implements Post.Line {
    private volatile Optional<ReceiverQueue> queue = Optional.empty();

    @Override
    public Sender.Outcome send(Post.Sending sending) {
      return queue.orElseThrow().interruptibly(sending::send);
    }

    @Override
    public boolean isClosed() {
      return queue.orElseThrow().isClosed();
    }
  }

  /** Ends what is under way for a group and integration, as there is nothing to tell any more. */
  public void cancel(String groupKey, String integration) {
    Optional.ofNullable(queues.get(integration))
        .flatMap(queue -> queue.cancel(groupKey))
        .ifPresent(waiting -> {
          long now = tools.clock.epochNanos();
          String why =
              "there was nothing to tell any more"
                  + (waiting.error.isEmpty() ? "" : "; the last try said: " + waiting.error);
          tools.state.write(t -> t.outbox().drop(waiting.id, Outbox.Condition.REPLACED, why, now));
        });
  }

  /** Whether a group's notification waits or is being sent: nobody knows yet who hears of it. */
  public boolean isOnItsWay(String groupKey, String integration) {
    ReceiverQueue queue = queues.get(integration);
    return queue != null && queue.isOnItsWay(groupKey);
  }

  long nowNanos() {
    return tools.clock.epochNanos();
  }

  /** How an integration's queue stands. */
  ReceiverQueue.Standing standing(String integration) {
    ReceiverQueue queue = queues.get(integration);
    return queue == null ? ReceiverQueue.Standing.IDLE : queue.standing();
  }

  /** How many messages may go out. */
  NotificationLimits limits() {
    return tools.limits;
  }

  /** How a row stands that is not delivered yet; empty where it is not waiting. */
  Optional<ReceiverQueue.State> state(Outbox.Row row) {
    return Optional.ofNullable(queues.get(row.integration()))
        .flatMap(queue -> queue.state(row.groupKey(), row.id()));
  }

  /**
   * Sends what may go out now, for a bounded time; then breaks off what is under way. What is not
   * delivered stays in the outbox.
   */
  @Override
  public void close() {
    List<ReceiverQueue> all = List.copyOf(queues.values());
    all.forEach(ReceiverQueue::drain);
    try {
      awaitIdle(all, DRAIN_MAX);
      all.forEach(ReceiverQueue::close);
      awaitIdle(all, INTERRUPTED_MAX);
    } catch (InterruptedException e) {
      all.forEach(ReceiverQueue::close);
      Thread.currentThread().interrupt();
    }
    int left = all.stream().mapToInt(ReceiverQueue::size).sum();
    if (left > 0) {
      log.info("{} notifications are not delivered yet; they are stored", left);
    }
  }

  private static void awaitIdle(List<ReceiverQueue> queues, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (ReceiverQueue queue : queues) {
      queue.awaitIdle(deadline);
    }
  }
}
