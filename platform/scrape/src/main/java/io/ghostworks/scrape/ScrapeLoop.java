package io.ghostworks.scrape;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.Timers.Timer;
import io.ghostworks.scrape.prometheusfile.ScrapeJob;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Scrapes one target at its pace until it is stopped. Scrapes of a loop never overlap; one that is
 * due while another runs is left out. Methods may be called from any thread.
 *
 * <pre>
 * waiting --start--> ticking --stop--> stopped --(two intervals later)--> ended with staleness markers
 *                                         \--replaced by another loop, or the process ends--> no markers
 * </pre>
 */
final class ScrapeLoop {
  private record LastScrape(TargetHealth health, String error, long startMs, Duration duration) {
    static final LastScrape NONE = new LastScrape(TargetHealth.UNKNOWN, "", 0, Duration.ZERO);
  }

  private final ScrapeContext context;
  private final ScrapeJob job;
  private final Target target;
  private final ScrapeClient client;
  private final TargetMetadata metadata;
  private final ScrapeAppender appender;
  private final ReentrantLock appending = new ReentrantLock();
  private volatile String forcedError = "";
  private volatile LastScrape last = LastScrape.NONE;

  // guarded by this
  private @Nullable ScrapeSchedule schedule;
  private @Nullable Timer timer;
  private @Nullable Thread scraping;
  private boolean busy;
  private boolean stopped;

  /**
   * A loop with nothing learned, or with what {@code predecessor} of the same target and sample
   * rules has learned.
   */
  ScrapeLoop(
      ScrapeContext context,
      ScrapeJob job,
      Target target,
      ScrapeClient client,
      @Nullable ScrapeLoop predecessor) {
    this.context = context;
    this.job = job;
    this.target = target;
    this.client = client;
    this.metadata = predecessor == null ? new TargetMetadata() : predecessor.metadata;
    this.appender =
        new ScrapeAppender(
            job,
            target,
            predecessor == null ? new SeriesCache() : predecessor.appender.cache(),
            metadata,
            context.samples());
    this.last = predecessor == null ? LastScrape.NONE : predecessor.last;
  }

  Target target() {
    return target;
  }

  /** Lets scrapes fail without being tried, or with "" no longer. */
  void setForcedError(String error) {
    forcedError = error;
  }

  /** Begins after the target's offset. */
  synchronized void start(long offsetSeed) {
    timer =
        context.timers().after(target.offset(context.clock().epochNanos(), offsetSeed), this::tick);
  }

  /**
   * Stops; returns when no scrape runs any more, at the latest a second after the target's timeout.
   *
   * @return whether none runs any more
   */
  synchronized boolean stop() throws InterruptedException {
    halt();
    long deadline = System.nanoTime() + target.timeout().plusSeconds(1).toNanos();
    while (busy && deadline > System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    }
    return !busy;
  }

  /** Stops without waiting and breaks off a scrape that runs. */
  synchronized void abort() {
    halt();
    if (scraping != null) {
      scraping.interrupt();
    }
  }

  /**
   * After {@link #stop}: how long until its series may be ended with staleness markers, and their
   * time; null where nothing was scraped. A target that comes back meanwhile has been scraped by
   * then.
   */
  synchronized @Nullable EndOfRun endOfRun() {
    if (schedule == null) {
      return null;
    }
    Duration interval = target.interval();
    long nowNanos = context.clock().epochNanos();
    return new EndOfRun(
        schedule.untilNext(nowNanos).plus(interval).plus(interval.dividedBy(10)),
        Math.floorDiv(schedule.nextNanos(), 1_000_000L));
  }

  record EndOfRun(Duration delay, long timestampMs) {}

  /** Ends all series of this stopped loop but those that {@code others} go on writing. */
  void writeStaleMarkers(long timestampMs, List<ScrapeLoop> others) {
    appending.lock();
    try {
      appender.resetCounts();
      appender.appendNothing(timestampMs);
      if (others.stream().noneMatch(other -> other.target.labels().equals(target.labels()))) {
        appender.reportStale(timestampMs);
      }
      for (ScrapeLoop other : others) {
        appender.removeRowsOf(other.trackedHashes());
      }
      handOver();
    } finally {
      appending.unlock();
    }
  }

  ActiveTarget view() {
    LastScrape scrape = last;
    return new ActiveTarget(
        job.name(),
        target.discoveredLabels(),
        target.labels(),
        target.url(),
        scrape.health(),
        scrape.error(),
        scrape.startMs(),
        scrape.duration(),
        target.interval(),
        target.timeout(),
        metadata.families());
  }

  Labels labels() {
    return target.labels();
  }

  private long[] trackedHashes() {
    appending.lock();
    try {
      return appender.cache().trackedHashes();
    } finally {
      appending.unlock();
    }
  }

  /** Begins no more scrapes; does not wait for one that runs. */
  synchronized void halt() {
    stopped = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void tick() {
    long scrapeNanos;
    synchronized (this) {
      if (stopped) {
        return;
      }
      long nowNanos = context.clock().epochNanos();
      if (schedule == null) {
        schedule = new ScrapeSchedule(target.interval(), nowNanos);
      }
      scrapeNanos = schedule.scrapeNanos(nowNanos);
      timer = context.timers().after(schedule.untilNext(nowNanos), this::tick);
      if (busy) {
        context.metrics().skipped();
        return;
      }
      busy = true;
    }
    context.scrapes().execute(() -> run(scrapeNanos));
  }

  private void run(long scrapeNanos) {
    synchronized (this) {
      scraping = Thread.currentThread();
    }
    try {
      scrape(Math.floorDiv(scrapeNanos, 1_000_000L));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // aborted: nothing is written any more
    } finally {
      synchronized (this) {
        scraping = null;
        busy = false;
        notifyAll();
      }
    }
  }

  private void scrape(long timestampMs) throws InterruptedException {
    long startNanos = context.clock().monotonicNanos();
    @Nullable Exposition exposition = null;
    String error = forcedError;
    int bodyBytes = 0;
    if (error.isEmpty()) {
      try {
        exposition = client.fetch(target.url(), target.timeout(), bodyMax());
        bodyBytes = exposition.body().length;
      } catch (ScrapeException e) {
        error = String.valueOf(e.getMessage());
        bodyBytes = e.isBodyTooLarge() ? -1 : 0;
      }
    }
    appending.lock();
    try {
      if (exposition == null) {
        appender.resetCounts();
        appender.appendNothing(timestampMs);
      } else {
        error = append(exposition, timestampMs);
      }
      report(timestampMs, startNanos, error, bodyBytes);
      handOver();
    } finally {
      appending.unlock();
    }
  }

  /** Why the body was refused; empty where it was taken. */
  private String append(Exposition exposition, long timestampMs) {
    try {
      appender.append(exposition, timestampMs, context.clock().epochMs());
      return "";
    } catch (ScrapeException e) {
      appender.appendNothing(timestampMs);
      return String.valueOf(e.getMessage());
    }
  }

  private void report(long timestampMs, long startNanos, String error, int bodyBytes) {
    Duration duration = Duration.ofNanos(context.clock().monotonicNanos() - startNanos);
    boolean healthy = error.isEmpty();
    appender.report(
        timestampMs,
        healthy,
        duration.toNanos() / 1e9,
        job.extraScrapeMetrics()
            ? new ScrapeAppender.Extra(target.timeout(), job.limits().samples(), bodyBytes)
            : null);
    last =
        new LastScrape(healthy ? TargetHealth.UP : TargetHealth.DOWN, error, timestampMs, duration);
    context.metrics().scraped(healthy);
    ScrapeAppender.Counts counts = appender.counts();
    context.metrics().rejected("duplicate_in_scrape", counts.duplicates());
    context.metrics().rejected("too_far_in_future", counts.outOfBounds());
  }

  private void handOver() {
    if (appender.rows() > 0) {
      context.outlet().offer(appender.takeBatch(target.sender()));
    }
  }

  private long bodyMax() {
    long limit = job.limits().bodySizeBytes();
    return limit > 0 ? Math.min(limit, context.bodySizeMaxBytes()) : context.bodySizeMaxBytes();
  }
}
