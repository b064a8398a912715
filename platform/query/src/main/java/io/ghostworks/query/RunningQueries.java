package io.ghostworks.query;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All queries of the process from their start to their end, in all languages: who asks what, how
 * many may be evaluated at once, which are stopped. Thread-safe.
 */
public final class RunningQueries {

  /** What the stack of a thread needs that parses and evaluates a query as deep as they come. */
  public static final long STACK_BYTES = 4L << 20;

  private final Clock clock;
  private final Timers timers;
  private final QuerySlots slots;
  private final QueryWatch watch;
  private final Map<Long, RunningQuery> queries = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();

  /**
   * @param concurrencyMax how many evaluations run at once; rules are not counted
   */
  public RunningQueries(Clock clock, Timers timers, int concurrencyMax, QueryWatch watch) {
    this.clock = clock;
    this.timers = timers;
    this.slots = new QuerySlots(concurrencyMax);
    this.watch = watch;
  }

  /**
   * Opens the context of a query and lists it until the context is closed. An evaluation then needs
   * {@link #evaluate}; everything else may begin at once.
   *
   * @param budget what all queries of its kind share
   * @param limitBytes what this one may hold of it
   * @throws QueryException if it may not run
   */
  public QueryContext open(
      AskedQuery asked, Duration timeout, MemoryBudget budget, long limitBytes) {
    QueryContext context = new QueryContext(asked.tenant(), clock, timeout, budget, limitBytes);
    boolean waits = asked.kind() == AskedQuery.Kind.EVALUATION;
    RunningQuery query =
        new RunningQuery(
            ids.incrementAndGet(),
            asked,
            clock.epochMs(),
            context,
            waits ? RunningQuery.State.WAITING : RunningQuery.State.RUNNING);
    context.setOwner(query);
    queries.put(query.id(), query);
    context.onClose(() -> queries.remove(query.id()));
    if (!waits) {
      begin(query);
    }
    return context;
  }

  /**
   * Evaluates a query when a slot is free for it: at once on the calling thread, or later on an
   * executor. The slot is its own until the evaluation returns; what it gave may still be written
   * to a slow client. The time of the query runs while it waits.
   *
   * @param failed is told instead if it never begins: its time is over, it was cancelled or may not
   *     run
   */
  public void evaluate(
      QueryContext context,
      Executor later,
      Runnable evaluation,
      Consumer<RuntimeException> failed) {
    Turn turn = new Turn(context, later, evaluation, failed);
    QuerySlots.Waiting place;
    try {
      place = slots.take(turn::comes);
    } catch (OverloadedException e) {
      failed.accept(e);
      return;
    }
    if (place == null) {
      if (turn.begin()) {
        turn.run();
      }
      return;
    }
    Timers.Timer timer =
        timers.after(Duration.ofNanos(context.remainingNanos()), () -> turn.giveUp(place));
    context.onCancel(() -> turn.giveUp(place));
    context.onClose(timer::cancel);
  }

  /** One query on its way to a slot. */
  private final class Turn {
    private final QueryContext context;
    private final Executor later;
    private final Runnable evaluation;
    private final Consumer<RuntimeException> failed;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();

    Turn(
        QueryContext context,
        Executor later,
        Runnable evaluation,
        Consumer<RuntimeException> failed) {
      this.context = context;
      this.later = later;
      this.evaluation = evaluation;
      this.failed = failed;
    }

    /** The slot is there after waiting. */
    void comes() {
      if (!begin()) {
        return;
      }
      try {
        later.execute(this::run);
      } catch (RuntimeException e) {
        fail(e);
      }
    }

    /** Whether the evaluation, which has its slot, may run. */
    boolean begin() {
      context.onClose(this::release);
      try {
        context.check("query queue");
        RunningQueries.this.begin(context.owner());
        return true;
      } catch (RuntimeException e) {
        fail(e);
        return false;
      }
    }

    void run() {
      try {
        evaluation.run();
      } finally {
        release();
      }
    }

    private void release() {
      if (released.compareAndSet(false, true)) {
        slots.release();
      }
    }

    void giveUp(QuerySlots.Waiting place) {
      if (slots.leave(place)) {
        try {
          context.check("query queue");
          fail(context.timeIsOver("query queue"));
        } catch (QueryException e) {
          fail(e);
        }
      }
    }

    private void fail(RuntimeException e) {
      if (ended.compareAndSet(false, true)) {
        failed.accept(e);
      }
    }
  }

  private void begin(RunningQuery query) {
    query.setState(RunningQuery.State.RUNNING);
    try {
      watch.begins(query);
    } catch (RuntimeException | Error e) {
      query.context().close();
      throw e;
    }
    query.context().onClose(() -> watch.ends(query));
  }

  /** All queries, the oldest first. */
  public List<RunningQuery> list() {
    List<RunningQuery> all = new ArrayList<>(queries.values());
    all.sort(Comparator.comparingLong(RunningQuery::id));
    return all;
  }

  /**
   * Stops a query; it ends at its next check.
   *
   * @param allowed which ones the caller may stop
   * @return whether there was such a query
   */
  public boolean kill(long id, Predicate<AskedQuery> allowed) {
    RunningQuery query = queries.get(id);
    if (query == null || !allowed.test(query.asked())) {
      return false;
    }
    query.context().cancel();
    return true;
  }

  /** How many evaluations have a slot. */
  public int running() {
    return slots.taken();
  }

  /** How many evaluations wait for a slot. */
  public int waiting() {
    return slots.waiting();
  }
}
