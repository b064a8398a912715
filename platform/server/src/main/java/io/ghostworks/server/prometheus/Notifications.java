package io.ghostworks.server.prometheus;

import io.ghostworks.runtime.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the pages of Prometheus say about the process at their top, and to whom it is told at once.
 * Thread-safe.
 */
public final class Notifications {

  public static final String RELOAD_FAILED = "Configuration reload has failed.";

  private static final int SUBSCRIBERS_MAX = 16;
  private static final int WAITING_MAX = 64;

  private final Clock clock;
  private final List<Notification> active = new ArrayList<>(); // guarded by this
  private final List<Subscription> subscriptions = new ArrayList<>(); // guarded by this

  public Notifications(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param active whether it holds; false tells that it no longer does
   */
  record Notification(String text, long epochNanos, boolean active) {

    void write(GoJson json) {
      json.object().name("text").text(text).name("date").text(GoTimes.ofNanos(epochNanos));
      json.name("active").bool(active).endObject();
    }
  }

  /** Something holds from now on. */
  public synchronized void begin(String text) {
    active.removeIf(notification -> notification.text.equals(text));
    Notification notification = new Notification(text, clock.epochNanos(), true);
    active.add(notification);
    subscriptions.forEach(subscription -> subscription.tell(notification));
  }

  /** It no longer holds. */
  public synchronized void end(String text) {
    if (active.removeIf(notification -> notification.text.equals(text))) {
      Notification notification = new Notification(text, clock.epochNanos(), false);
      subscriptions.forEach(subscription -> subscription.tell(notification));
    }
  }

  /** What holds now. */
  synchronized List<Notification> active() {
    return List.copyOf(active);
  }

  /** What holds now and whatever follows; null if there are too many who listen. */
  synchronized @Nullable Subscription subscribe() {
    if (subscriptions.size() >= SUBSCRIBERS_MAX) {
      return null;
    }
    Subscription subscription = new Subscription();
    active.forEach(subscription::tell);
    subscriptions.add(subscription);
    return subscription;
  }

  /** One who listens. What it does not take in time is dropped, oldest first. */
  final class Subscription implements AutoCloseable {
    private final List<Notification> waiting = new ArrayList<>();
    private CompletableFuture<Void> news = new CompletableFuture<>();

    private void tell(Notification notification) {
      CompletableFuture<Void> told;
      synchronized (waiting) {
        if (waiting.size() == WAITING_MAX) {
          waiting.removeFirst();
        }
        waiting.add(notification);
        told = news;
      }
      told.complete(null);
    }

    /** When there is something to take. */
    CompletionStage<Void> ready() {
      synchronized (waiting) {
        return news;
      }
    }

    List<Notification> take() {
      synchronized (waiting) {
        List<Notification> taken = List.copyOf(waiting);
        waiting.clear();
        news = new CompletableFuture<>();
        return taken;
      }
    }

    @Override
    public void close() {
      synchronized (Notifications.this) {
        subscriptions.remove(this);
      }
    }
  }
}
