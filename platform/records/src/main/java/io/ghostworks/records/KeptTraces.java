package io.ghostworks.records;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.batch.RowCopier;
import io.ghostworks.records.scan.RowSource;
import io.ghostworks.records.scan.TraceRows;
import io.ghostworks.runtime.time.Clock;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps traces beyond their retention, each with the log records that name it. Their rows are
 * stored once more in the class {@link RetentionClass#KEPT}, which has no end; a query sees each
 * row once. What arrives later of a kept trace is kept too. A trace that is given up ends with the
 * retention of its rows; copies of rows that ended before vanish at once. Safe for use by many
 * threads.
 */
public final class KeptTraces {

  /** So long after it was asked for all that arrived before is in its place. */
  private static final Duration SETTLED_AFTER = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(KeptTraces.class);

  private final Clock clock;
  private final LiveRecords live;
  private final FrameAppender frames;
  private final CopyOrder order;
  private final Copies copies;
  private final Function<TenantId, QueryContext> contexts;

  /** Stores rows once more. */
  interface Copies {
    <B> CompletableFuture<Void> copy(SignalStore<B> store, TenantId tenant, B batch);
  }

  /**
   * @param contexts for upkeep that reads rows
   */
  KeptTraces(
      Clock clock,
      LiveRecords live,
      FrameAppender frames,
      CopyOrder order,
      Copies copies,
      Function<TenantId, QueryContext> contexts) {
    this.clock = clock;
    this.live = live;
    this.frames = frames;
    this.order = order;
    this.copies = copies;
    this.contexts = contexts;
  }

  /**
   * Keeps a trace of the context's tenant. The answer comes when its rows are on disk; it is empty
   * if there are no spans of it. A trace that is kept already stays so. It fails with {@link
   * OverloadedException} where the caller should try again.
   *
   * @throws TooManyKeptException if the tenant keeps as many as it may
   */
  public CompletableFuture<Optional<KeptTrace>> keep(TraceKey id, QueryContext context) {
    TenantId tenant = context.tenant();
    Optional<KeptTrace> known = live.kept().find(tenant, id);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known);
    }
    if (live.kept().of(tenant).size() >= KeptSet.TRACES_MAX) {
      throw new TooManyKeptException(
          "a tenant may keep %d traces, and has kept them: give some up"
              .formatted(KeptSet.TRACES_MAX));
    }
    return order.copy(() -> keepNew(id, context));
  }

  private CompletableFuture<Optional<KeptTrace>> keepNew(TraceKey id, QueryContext context) {
    TenantId tenant = context.tenant();
    Optional<SpanBatch> spans = rows(live.spans(), id, context);
    if (spans.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Optional<LogBatch> logs = rows(live.logs(), id, context);
    KeptTrace wanted = new KeptTrace(tenant, id, clock.epochMs(), false);
    // What arrives between the reading and this frame is copied when the trace is settled.
    CompletableFuture<Long> kept =
        frames.append(Frames.keep(wanted), sequence -> live.keep(wanted, sequence));
    return CompletableFuture.allOf(
            kept, copy(live.spans(), tenant, spans), copy(live.logs(), tenant, logs))
        .thenApply(nothing -> Optional.of(wanted));
  }

  /** Gives a trace up; false if it is not kept. */
  public CompletableFuture<Boolean> unkeep(TenantId tenant, TraceKey id) {
    if (live.kept().find(tenant, id).isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    return frames
        .append(Frames.unkeep(tenant, id), sequence -> live.unkeep(tenant, id, sequence))
        .thenApply(sequence -> true);
  }

  /** The kept traces of a tenant, in the order in which they were kept. */
  public List<KeptTrace> list(TenantId tenant) {
    return live.kept().all().stream().filter(each -> each.tenant().equals(tenant)).toList();
  }

  /** A trace if it is kept. */
  public Optional<KeptTrace> find(TenantId tenant, TraceKey id) {
    return live.kept().find(tenant, id);
  }

  /**
   * Copies once more what was under way when a trace was asked for. What cannot be read, or has no
   * room in memory, is tried again by the next call, and holds up neither other traces nor the
   * caller.
   */
  void settle() {
    long before = clock.epochMs() - SETTLED_AFTER.toMillis();
    for (KeptTrace trace : live.kept().all()) {
      if (!trace.settled() && trace.keptMs() <= before) {
        try (QueryContext context = contexts.apply(trace.tenant())) {
          var _ =
              order
                  .copy(() -> copy(trace.id(), context))
                  .thenAccept(nothing -> live.settled(trace));
        } catch (QueryException | OverloadedException | UncheckedIOException e) {
          log.warn(
              "late rows of the kept trace {} of tenant {} are not copied yet",
              trace.id(),
              trace.tenant(),
              e);
        }
      }
    }
  }

  private CompletableFuture<Void> copy(TraceKey id, QueryContext context) {
    return CompletableFuture.allOf(
        copy(live.spans(), context.tenant(), rows(live.spans(), id, context)),
        copy(live.logs(), context.tenant(), rows(live.logs(), id, context)));
  }

  private <B> CompletableFuture<Void> copy(
      SignalStore<B> store, TenantId tenant, Optional<B> some) {
    return some.map(rows -> copies.copy(store, tenant, rows))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /** All rows of a trace, some maybe more than once; empty if there is none. */
  private <B> Optional<B> rows(SignalStore<B> store, TraceKey id, QueryContext context) {
    Set<TraceKey> ids = Set.of(id);
    RowCopier<B> copier = store.schema().copier();
    long held = 0;
    try (Snapshot<B> snapshot = live.snapshot(store, context.tenant())) {
      for (RowSource<B> source : snapshot.sourcesOfTraces(ids)) {
        context.check();
        B found = TraceRows.load(store.readable(), source, ids, ColumnSet.ALL, context);
        for (int row = 0; row < store.schema().rows(found); row++) {
          if (store.schema().traceIdLow(found, row) == id.low()
              && store.schema().traceIdHigh(found, row) == id.high()) {
            copier.copy(found, row);
          }
        }
        long grown = store.schema().bytes(copier.batch());
        context.reserve(grown - held);
        held = grown;
      }
      return store.schema().rows(copier.batch()) == 0
          ? Optional.empty()
          : Optional.of(copier.batch());
    } finally {
      context.release(held);
    }
  }
}
