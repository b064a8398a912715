package io.ghostworks.alertmanager.deliver;

import io.ghostworks.runtime.time.Timers;
import io.ghostworks.state.StateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one integration is still to be told: the newest notification of each group. One message goes
 * out at a time, so that a crash repeats one at most, within the rates of the receiver and of the
 * tenant, and not while the {@link Circuit} is open. What was kept back, also by a receiver that is
 * slow, goes out as digests where many groups wait and the receiver keeps no state for each ({@link
 * Digest}). Holds no payload. Thread-safe.
 */
final class ReceiverQueue {
  private static final Logger log = LoggerFactory.getLogger(ReceiverQueue.class);
  private static final int AT_ONCE = 1;

  /** A message that takes longer holds back those behind it. */
  private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();

  private final String integration;
  private final Deliveries.Tools tools;
  private final RateLimit rate;
  private final RateLimit tenantRate;
  private final Postman postman;
  private final Circuit circuit;

  /** The newest of each group, in any place but GONE. */
  private final Map<String, Waiting> newest = new HashMap<>();

  private final LinkedHashMap<Long, Waiting> ready = new LinkedHashMap<>();
  private final TreeSet<Waiting> pausing = new TreeSet<>(Waiting.BY_TIME);
  private final Map<String, Waiting> sending = new HashMap<>();
  private final Set<Thread> senders = new HashSet<>();
  private int messages;
  private Timers.Timer timer = () -> {};
  private boolean keptBack;
  private boolean pumping;
  private boolean pumpAgain;
  private boolean draining;
  private boolean closed;

  /** Sends and records. */
  @FunctionalInterface
  interface Postman {
    /** Tries once to send some notifications as one message, on the calling thread. */
    Result send(List<Waiting> batch);
  }

  /** How a message went. */
  enum Result {
    DELIVERED,
    /** Another try may succeed. */
    FAILED,
    /** Refused for good. */
    REFUSED,
    /** A digest that the receiver refuses: its notifications are told one by one. */
    DIGEST_REFUSED,
    /** The row stays as it is. */
    BROKEN_OFF
  }

  ReceiverQueue(
      String integration,
      Deliveries.Tools tools,
      RateLimit rate,
      RateLimit tenantRate,
      Postman postman) {
    this.integration = integration;
    this.tools = tools;
    this.rate = rate;
    this.tenantRate = tenantRate;
    this.postman = postman;
    this.circuit = new Circuit(tools.random());
  }

  /** Adds a notification in the place of what its group waited for. */
  void add(Waiting added) {
    synchronized (this) {
      if (closed) {
        return;
      }
      Waiting before = newest.put(added.groupKey, added);
      if (before != null) {
        remove(before);
      }
      if (sending.containsKey(added.groupKey)) {
        added.place = Waiting.Place.BEHIND;
      } else {
        ready.put(added.id, added);
      }
    }
    pump();
    synchronized (this) {
      String why = whyKeptBack(tools.clock().monotonicNanos());
      if (added.place == Waiting.Place.READY && !why.isEmpty()) {
        tools.metrics().keptBack(integration, why);
      }
    }
  }

  /** Whether the newest of a group stands for these alerts. */
  synchronized boolean holds(String groupKey, long hash) {
    Waiting held = newest.get(groupKey);
    return held != null && held.hash == hash;
  }

  /** Tells the end to another listener, and lets the pauses begin anew. */
  boolean follow(String groupKey, long hash, Deliveries.Listener listener) {
    synchronized (this) {
      Waiting held = newest.get(groupKey);
      if (held == null || held.hash != hash) {
        return false;
      }
      held.listener = listener;
      held.hurry();
      if (held.place == Waiting.Place.PAUSING) {
        toReady(held);
      }
    }
    pump();
    return true;
  }

  /** Takes away what a group waits for; a message that is under way goes on. */
  synchronized Optional<Waiting> cancel(String groupKey) {
    Waiting held = newest.remove(groupKey);
    if (held != null) {
      remove(held);
    }
    return Optional.ofNullable(held);
  }

  /** What a group waits for. */
  synchronized Optional<State> state(String groupKey, long id) {
    Waiting held = newest.get(groupKey);
    if (held == null || held.id != id) {
      return Optional.empty();
    }
    long now = tools.clock().monotonicNanos();
    return Optional.of(
        switch (held.place) {
          case PAUSING ->
              new State(
                  Math.max(held.tryAtNanos - now, circuit.waitNanos(now)),
                  circuit.isOpen() ? CIRCUIT : "");
          case READY -> new State(waitNanos(now), whyKeptBack(now));
          case SENDING, BEHIND, GONE -> new State(-1, "");
        });
  }

  /**
   * When it is tried next.
   *
   * @param waitNanos until the next try at the earliest; negative while it is being tried
   * @param keptBackBy {@code circuit} or {@code rate}; "" where nothing but its own pause holds it
   */
  record State(long waitNanos, String keptBackBy) {}

  /** That the receiver does not take anything. */
  static final String CIRCUIT = "circuit";

  /** That a rate is used up. */
  static final String RATE = "rate";

  private String whyKeptBack(long now) {
    if (circuit.isOpen()) {
      return CIRCUIT;
    }
    return waitNanos(now) > 0 ? RATE : "";
  }

  /**
   * How a queue stands.
   *
   * @param waiting notifications that are not delivered yet, those under way included
   * @param pausing those of them that failed and wait for their next try
   * @param sending those of them that are under way
   * @param failures messages that failed in a row
   * @param waitNanos until the next message may go out; negative where none waits, or one is under
   *     way
   * @param keptBackBy {@code circuit} or {@code rate}; "" where neither holds back what waits
   */
  record Standing(
      int waiting,
      int pausing,
      int sending,
      int failures,
      boolean circuitOpen,
      long waitNanos,
      String keptBackBy) {

    /** Of one that was never used. */
    static final Standing IDLE = new Standing(0, 0, 0, 0, false, -1, "");
  }

  synchronized Standing standing() {
    long now = tools.clock().monotonicNanos();
    boolean waits = messages == 0 && !newest.isEmpty();
    long own = ready.isEmpty() && !pausing.isEmpty() ? pausing.first().tryAtNanos - now : 0;
    return new Standing(
        newest.size(),
        pausing.size(),
        sending.size(),
        circuit.failures(),
        circuit.isOpen(),
        waits ? Math.max(0, Math.max(own, waitNanos(now))) : -1,
        newest.isEmpty() ? "" : whyKeptBack(now));
  }

  /** Whether something of a group waits or is being sent, also where it was taken away since. */
  synchronized boolean isOnItsWay(String groupKey) {
    return newest.containsKey(groupKey) || sending.containsKey(groupKey);
  }

  synchronized int size() {
    return newest.size();
  }

  synchronized boolean isOpen() {
    return circuit.isOpen();
  }

  /** Sends what may go out now; nothing that fails from here on is tried again. */
  synchronized void drain() {
    draining = true;
  }

  /** Waits until nothing is under way and nothing may go out, at most until a monotonic time. */
  synchronized void awaitIdle(long deadlineNanos) throws InterruptedException {
    long left = deadlineNanos - System.nanoTime();
    while (messages > 0 && left > 0) {
      wait(Math.max(1, left / 1_000_000));
      left = deadlineNanos - System.nanoTime();
    }
  }

  /** Sends nothing more; what is being sent is interrupted. */
  synchronized void close() {
    closed = true;
    timer.cancel();
    senders.forEach(Thread::interrupt);
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Runs a sender so that {@link #close} can interrupt it. */
  <T> T interruptibly(Supplier<T> send) {
    synchronized (this) {
      senders.add(Thread.currentThread());
    }
    try {
      return send.get();
    } finally {
      synchronized (this) {
        senders.remove(Thread.currentThread());
        boolean _ = Thread.interrupted(); // what follows records how it went
      }
    }
  }

  /** Begins messages until none may go out. */
  private void pump() {
    synchronized (this) {
      pumpAgain = true;
      if (pumping) {
        return;
      }
      pumping = true;
    }
    List<Waiting> batch = next();
    while (batch != null) {
      List<Waiting> message = batch;
      if (!message.isEmpty()) {
        tools.executor().execute(() -> send(message));
      }
      batch = next();
    }
  }

  /** The next message; empty to ask again, null when none may go out. */
  private synchronized @Nullable List<Waiting> next() {
    List<Waiting> batch = message();
    if (!batch.isEmpty()) {
      return batch;
    }
    if (pumpAgain) {
      pumpAgain = false;
      return List.of();
    }
    pumping = false;
    return null;
  }

  private List<Waiting> message() {
    if (closed || messages >= AT_ONCE) {
      return List.of();
    }
    long now = tools.clock().monotonicNanos();
    while (!pausing.isEmpty() && pausing.first().tryAtNanos - now <= 0) {
      toReady(pausing.first());
    }
    if (ready.isEmpty()) {
      keptBack = false;
      if (!pausing.isEmpty()) {
        wake(Math.max(pausing.first().tryAtNanos - now, circuit.waitNanos(now)));
      }
      return List.of();
    }
    if (circuit.isOpen() && messages > 0) {
      return List.of();
    }
    long wait = waitNanos(now);
    if (wait > 0 || !tenantRate.take(now)) {
      keptBack = true;
      wake(Math.max(wait, 1));
      return List.of();
    }
    rate.take(now);
    List<Waiting> batch = circuit.isOpen() ? List.of(probe()) : batch();
    for (Waiting each : batch) {
      ready.remove(each.id);
      each.place = Waiting.Place.SENDING;
      sending.put(each.groupKey, each);
    }
    messages++;
    return batch;
  }

  private long waitNanos(long now) {
    return Math.max(
        circuit.waitNanos(now), Math.max(rate.waitNanos(now), tenantRate.waitNanos(now)));
  }

  /** The one that failed least often, so that no single message holds back the others. */
  private Waiting probe() {
    Waiting best = ready.values().iterator().next();
    for (Waiting each : ready.values()) {
      if (best.attempts == 0) {
        return best;
      }
      best = each.attempts < best.attempts ? each : best;
    }
    return best;
  }

  private List<Waiting> batch() {
    Waiting first = ready.values().iterator().next();
    return keptBack ? Digest.choose(ready.values()) : List.of(first);
  }

  private void wake(long waitNanos) {
    timer.cancel();
    if (!draining) {
      timer = tools.timers().after(Duration.ofNanos(waitNanos), this::pump);
    }
  }

  private void send(List<Waiting> batch) {
    Result result = Result.BROKEN_OFF;
    long began = tools.clock().monotonicNanos();
    try {
      result = postman.send(batch);
    } finally {
      List<Runnable> told = ended(batch, result, began);
      told.forEach(ReceiverQueue::run);
      pump();
    }
  }

  private static void run(Runnable told) {
    try {
      told.run();
    } catch (StateException e) {
      log.error("what a delivered notification causes cannot be stored; its next flush does", e);
    }
  }

  private synchronized List<Runnable> ended(List<Waiting> batch, Result result, long beganNanos) {
    messages--;
    notifyAll();
    long now = tools.clock().monotonicNanos();
    keptBack |= now - beganNanos > SLOW_NANOS;
    note(batch.getFirst(), result, now);
    List<Runnable> told = new ArrayList<>();
    for (Waiting each : batch) {
      sending.remove(each.groupKey);
      Waiting current = newest.get(each.groupKey);
      if (current != each) {
        each.place = Waiting.Place.GONE;
        if (current != null && current.place == Waiting.Place.BEHIND) {
          current.place = Waiting.Place.READY;
          ready.put(current.id, current);
        }
      } else if (result == Result.FAILED && !draining) {
        each.pause(now, tools.random());
        each.place = Waiting.Place.PAUSING;
        pausing.add(each);
      } else if (result == Result.DIGEST_REFUSED && !draining) {
        each.alone = true;
        each.place = Waiting.Place.READY;
        ready.put(each.id, each);
      } else {
        newest.remove(each.groupKey);
        each.place = Waiting.Place.GONE;
        Deliveries.Listener listener = each.listener;
        told.add(() -> listener.ended(result == Result.DELIVERED));
      }
    }
    return told;
  }

  private void note(Waiting first, Result result, long now) {
    switch (result) {
      case DELIVERED -> {
        if (circuit.delivered()) {
          keptBack = true;
          List.copyOf(pausing).forEach(this::toReady);
        }
      }
      case FAILED -> {
        if (circuit.failed(first.groupKey, now)) {
          keptBack = true;
          tools.metrics().circuitOpened(integration);
        }
      }
      case REFUSED, DIGEST_REFUSED, BROKEN_OFF -> {
        // says nothing about whether the receiver can be reached
      }
    }
  }

  private void toReady(Waiting waiting) {
    pausing.remove(waiting);
    waiting.place = Waiting.Place.READY;
    ready.put(waiting.id, waiting);
  }

  private void remove(Waiting waiting) {
    switch (waiting.place) {
      case READY -> ready.remove(waiting.id);
      case PAUSING -> pausing.remove(waiting);
      case BEHIND, SENDING, GONE -> {
        return; // ends by itself
      }
    }
    waiting.place = Waiting.Place.GONE;
  }
}
