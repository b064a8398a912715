package io.ghostworks.scrape;

import io.ghostworks.runtime.time.Timers.Timer;
import io.ghostworks.scrape.prometheusfile.ScrapeJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The targets of one job with their loops. {@link #views} may be called from any thread, the rest
 * from one at a time.
 */
final class ScrapePool {
  private static final Logger LOG = LoggerFactory.getLogger(ScrapePool.class);

  /** What one configuration of the job amounts to. */
  private record State(
      ScrapeJob job,
      ScrapeClient client,
      TargetBuilder.Built built,
      Map<Object, ScrapeLoop> loops) {}

  private final ScrapeContext context;
  private final Set<Timer> markersDue = new HashSet<>(); // guarded by itself
  private volatile @Nullable State state;

  ScrapePool(ScrapeContext context) {
    this.context = context;
  }

  boolean hasJob(ScrapeJob job) {
    State current = state;
    return current != null && current.job().equals(job);
  }

  /**
   * Scrapes as {@code job} says from now on. Targets that stay keep what their loops have learned,
   * where it still holds; series of targets that go are ended two intervals later. Takes over
   * {@code client}.
   */
  void apply(ScrapeJob job, ScrapeClient client, long offsetSeed) throws InterruptedException {
    State before = state;
    TargetBuilder.Built built = TargetBuilder.targets(job);
    built.failures().forEach(failure -> LOG.warn("not scraped: {}", failure));
    Map<Object, ScrapeLoop> old = before == null ? Map.of() : before.loops();
    boolean alike = before != null && before.job().storesAlike(job);
    Set<ScrapeLoop> ended = stopAll(old.values());
    Map<Object, ScrapeLoop> loops = new LinkedHashMap<>();
    List<ScrapeLoop> unfinished = new ArrayList<>();
    for (Target target : built.active()) {
      ScrapeLoop predecessor = old.get(target.identity());
      boolean inherits = predecessor != null && alike && ended.contains(predecessor);
      loops.put(
          target.identity(),
          new ScrapeLoop(context, job, target, client, inherits ? predecessor : null));
      if (predecessor != null && !inherits) {
        unfinished.add(predecessor);
      }
    }
    old.forEach((identity, loop) -> {
      if (!loops.containsKey(identity)) {
        unfinished.add(loop);
      }
    });
    state = new State(job, client, built, loops);
    String limitError = targetLimitError(job, loops.size());
    for (ScrapeLoop loop : loops.values()) {
      loop.setForcedError(limitError);
      loop.start(offsetSeed);
    }
    unfinished.forEach(this::endLater);
    if (before != null) {
      before.client().close();
    }
  }

  /** Ends the job: its series get staleness markers later. */
  void remove() throws InterruptedException {
    State before = state;
    state = null;
    if (before != null) {
      stopAll(before.loops().values());
      before.loops().values().forEach(this::endLater);
      before.client().close();
    }
  }

  /**
   * Ends at once without staleness markers, as the process does: after a restart scraping goes on.
   */
  void abort() {
    State before = state;
    state = null;
    synchronized (markersDue) {
      markersDue.forEach(Timer::cancel);
      markersDue.clear();
    }
    if (before != null) {
      before.loops().values().forEach(ScrapeLoop::abort);
      before.client().close();
    }
  }

  List<ActiveTarget> views() {
    State current = state;
    return current == null
        ? List.of()
        : current.loops().values().stream().map(ScrapeLoop::view).toList();
  }

  TargetBuilder.@Nullable Built built() {
    State current = state;
    return current == null ? null : current.built();
  }

  private static Set<ScrapeLoop> stopAll(Collection<ScrapeLoop> loops) throws InterruptedException {
    loops.forEach(ScrapeLoop::halt);
    Set<ScrapeLoop> ended = new HashSet<>();
    for (ScrapeLoop loop : loops) {
      if (loop.stop()) {
        ended.add(loop);
      }
    }
    return ended;
  }

  private void endLater(ScrapeLoop loop) {
    ScrapeLoop.EndOfRun end = loop.endOfRun();
    if (end == null) {
      return;
    }
    synchronized (markersDue) {
      Timer[] timer = new Timer[1];
      timer[0] =
          context
              .timers()
              .after(
                  end.delay(),
                  () -> {
                    synchronized (markersDue) {
                      markersDue.remove(timer[0]);
                    }
                    context.scrapes().execute(() -> end(loop, end.timestampMs()));
                  });
      markersDue.add(timer[0]);
    }
  }

  private void end(ScrapeLoop loop, long timestampMs) {
    State current = state;
    List<ScrapeLoop> others =
        current == null
            ? List.of()
            : current.loops().values().stream()
                .filter(
                    other -> current.job().honorLabels() || other.labels().equals(loop.labels()))
                .toList();
    loop.writeStaleMarkers(timestampMs, others);
  }

  private static String targetLimitError(ScrapeJob job, int targets) {
    long limit = job.limits().targets();
    return limit > 0 && targets > limit
        ? "target_limit exceeded (number of targets: %d, limit: %d)".formatted(targets, limit)
        : "";
  }
}
