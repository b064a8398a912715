package io.ghostworks.query;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One running query: whose it is, how long and how large it may become, and what it has read so
 * far. Operators call {@link #check} at least once a batch and reserve what they hold before they
 * hold it. Thread-safe; closing gives all memory back.
 */
public final class QueryContext implements AutoCloseable {

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final TenantId tenant;
  private final Clock clock;
  private final long deadlineNanos;
  private final long startNanos;
  private final MemoryBudget budget;
  private final long limitBytes;
  private final AtomicLong reserved;
  private final AtomicLong peak;
  private final LongAdder samplesRead;
  private final LongAdder bytesRead;
  private final LongAdder rowsRead;
  private final Set<Long> resolutionsMs;
  private final List<Runnable> cancelActions;
  private final Deque<Runnable> closeActions;
  private final QueryContext whole;
  private volatile QueryWorkers workers = QueryWorkers.NONE;
  private volatile boolean canceled;
  private boolean closed;
  private @Nullable RunningQuery owner;

  /**
   * @param budget what all queries of the process share
   * @param limitBytes what this one may hold of it
   */
  public QueryContext(
      TenantId tenant, Clock clock, Duration timeout, MemoryBudget budget, long limitBytes) {
    this.tenant = tenant;
    this.clock = clock;
    this.startNanos = clock.monotonicNanos();
    this.deadlineNanos = startNanos + timeout.toNanos();
    this.budget = budget;
    this.limitBytes = limitBytes;
    this.reserved = new AtomicLong();
    this.peak = new AtomicLong();
    this.samplesRead = new LongAdder();
    this.bytesRead = new LongAdder();
    this.rowsRead = new LongAdder();
    this.resolutionsMs = new ConcurrentSkipListSet<>();
    this.cancelActions = new ArrayList<>();
    this.closeActions = new ArrayDeque<>();
    this.whole = this;
  }

  private QueryContext(QueryContext whole, TenantId tenant) {
    this.tenant = tenant;
    this.clock = whole.clock;
    this.startNanos = whole.startNanos;
    this.deadlineNanos = whole.deadlineNanos;
    this.budget = whole.budget;
    this.limitBytes = whole.limitBytes;
    this.reserved = whole.reserved;
    this.peak = whole.peak;
    this.samplesRead = whole.samplesRead;
    this.bytesRead = whole.bytesRead;
    this.rowsRead = whole.rowsRead;
    this.resolutionsMs = whole.resolutionsMs;
    this.cancelActions = whole.cancelActions;
    this.closeActions = whole.closeActions;
    this.whole = whole;
  }

  /**
   * This query on behalf of another tenant, for one that reads of several: the same limits, counts
   * and end, and {@link #tenant} is the other one.
   */
  public QueryContext of(TenantId other) {
    return other.equals(tenant) ? this : new QueryContext(whole, other);
  }

  /** Lets helpers take part in this query from now on. */
  public QueryContext withWorkers(QueryWorkers helpers) {
    whole.workers = helpers;
    return this;
  }

  /** Who helps this query. */
  public QueryWorkers workers() {
    return whole.workers;
  }

  public TenantId tenant() {
    return tenant;
  }

  /**
   * @throws QueryException if the query was cancelled or its time is up
   */
  public void check() {
    check("expression evaluation");
  }

  /**
   * @param where the query is, in Prometheus's words
   */
  void check(String where) {
    if (whole.canceled) {
      throw new QueryException(QueryException.Kind.CANCELED, "query was canceled in " + where);
    }
    if (clock.monotonicNanos() - deadlineNanos > 0) {
      throw timeIsOver(where);
    }
  }

  QueryException timeIsOver(String where) {
    return new QueryException(QueryException.Kind.TIMEOUT, "query timed out in " + where);
  }

  /** How long it has run, with the time that it waited. */
  public long elapsedNanos() {
    return clock.monotonicNanos() - startNanos;
  }

  /** How long it may run yet; negative if its time is up. */
  long remainingNanos() {
    return deadlineNanos - clock.monotonicNanos();
  }

  /**
   * Takes memory for this query.
   *
   * @throws QueryException if it would hold more than one query may
   * @throws OverloadedException if all queries together hold what they may
   */
  public void reserve(long bytes) {
    long held = reserved.addAndGet(bytes);
    if (held > limitBytes) {
      reserved.addAndGet(-bytes);
      throw new QueryException(
          QueryException.Kind.LIMIT,
          "the query needs more than %d bytes of memory, the limit of one query: select fewer series or a shorter range"
              .formatted(limitBytes));
    }
    if (!budget.tryReserve(bytes)) {
      reserved.addAndGet(-bytes);
      throw new OverloadedException(
          "all queries together hold %d of %d bytes and this one needs %d more: try again when others have ended"
              .formatted(budget.usedBytes(), budget.limitBytes(), bytes),
          RETRY);
    }
    peak.accumulateAndGet(held, Math::max);
  }

  /** Gives back memory that was reserved. */
  public void release(long bytes) {
    reserved.addAndGet(-bytes);
    budget.release(bytes);
  }

  /** Stops the query at its next check. */
  public void cancel() {
    List<Runnable> actions;
    synchronized (cancelActions) {
      if (whole.canceled) {
        return;
      }
      whole.canceled = true;
      actions = List.copyOf(cancelActions);
    }
    actions.forEach(Runnable::run);
  }

  public boolean isCanceled() {
    return whole.canceled;
  }

  /** Calls an action when the query is cancelled, at once if it was; the action must be quick. */
  public void onCancel(Runnable action) {
    synchronized (cancelActions) {
      if (!whole.canceled) {
        cancelActions.add(action);
        return;
      }
    }
    action.run();
  }

  /** Calls an action when the query ends, at once if it has; the last one added comes first. */
  public void onClose(Runnable action) {
    synchronized (closeActions) {
      if (!whole.closed) {
        closeActions.push(action);
        return;
      }
    }
    action.run();
  }

  /** Says as what it is listed. */
  void setOwner(RunningQuery query) {
    whole.owner = query;
  }

  RunningQuery owner() {
    RunningQuery query = whole.owner;
    if (query == null) {
      throw new IllegalStateException("the query was not opened as a running one");
    }
    return query;
  }

  public void countSamples(long samples) {
    samplesRead.add(samples);
  }

  /** Notes that samples of a resolution were read; 0 is that of raw samples. */
  public void countResolution(long resolutionMs) {
    resolutionsMs.add(resolutionMs);
  }

  /** The resolutions of what was read, ascending; 0 is that of raw samples. */
  public List<Long> resolutionsMs() {
    return List.copyOf(resolutionsMs);
  }

  public void countRows(long rows, long bytes) {
    rowsRead.add(rows);
    bytesRead.add(bytes);
  }

  public long samplesRead() {
    return samplesRead.sum();
  }

  public long rowsRead() {
    return rowsRead.sum();
  }

  public long bytesRead() {
    return bytesRead.sum();
  }

  /** What the query holds now. */
  public long reservedBytes() {
    return reserved.get();
  }

  public long peakBytes() {
    return peak.get();
  }

  @Override
  public void close() {
    List<Runnable> actions;
    synchronized (closeActions) {
      if (whole.closed) {
        return;
      }
      whole.closed = true;
      actions = List.copyOf(closeActions);
    }
    try {
      for (Runnable action : actions) {
        action.run();
      }
    } finally {
      budget.release(reserved.getAndSet(0));
    }
  }
}
