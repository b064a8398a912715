package io.ghostworks.records;

import io.ghostworks.journal.AppendOptions;
import io.ghostworks.journal.FrameApplier;
import io.ghostworks.journal.Journal;
import io.ghostworks.journal.JournalFullException;
import io.ghostworks.journal.JournalUnavailableException;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.batch.RowCopier;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.storage.bytes.BytesOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Takes batches of one kind: admits rows, appends them to the journal as one frame or several,
 * makes them visible, and answers. Safe for use by many threads.
 *
 * @param <B> the batch
 */
final class SignalIngest<B> {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final BiFunction<TenantId, B, Admission.Admitted<B>> admission;
  private final SignalStore<B> store;
  private final LiveRecords live;
  private final Journal journal;
  private final Upkeep upkeep;
  private final MemoryBudget memory;
  private final PlatformMetrics metrics;
  private final int frameBytesMax;
  private final BiConsumer<TenantId, Memtable.Entry<B>> arrived;

  /**
   * @param arrived is told of rows that are visible now
   */
  SignalIngest(
      BiFunction<TenantId, B, Admission.Admitted<B>> admission,
      SignalStore<B> store,
      LiveRecords live,
      Journal journal,
      Upkeep upkeep,
      RecordsEnvironment environment,
      int frameBytesMax,
      BiConsumer<TenantId, Memtable.Entry<B>> arrived) {
    this.admission = admission;
    this.store = store;
    this.live = live;
    this.journal = journal;
    this.upkeep = upkeep;
    this.memory = environment.memory();
    this.metrics = environment.metrics();
    this.frameBytesMax = frameBytesMax;
    this.arrived = arrived;
  }

  /**
   * See {@link io.ghostworks.model.TelemetrySink#offer}.
   *
   * @param origin the tail that gives the batch again
   */
  CompletableFuture<Acknowledgement> offer(
      TenantId tenant, String origin, B batch, AppendOptions options) {
    Admission.Admitted<B> admitted;
    try {
      admitted = admission.apply(tenant, batch);
    } catch (OverloadedException e) {
      return CompletableFuture.failedFuture(e);
    }
    Offer offer = new Offer(tenant, origin, options, true);
    Offer copies = new Offer(tenant, Frames.COPIES, options, false);
    List<B> kept = rowsOfKeptTraces(tenant, admitted);
    admitted.batches().forEach((retention, rows) -> offer.append(rows, retention));
    kept.forEach(rows -> copies.append(rows, RetentionClass.KEPT));
    offer.frames.addAll(copies.frames);
    List<Rejection> rejections = new ArrayList<>(admitted.rejections());
    offer.tooLarge(rejections);
    countRejected(tenant, rejections);
    CompletableFuture<Acknowledgement> answer = new CompletableFuture<>();
    var _ =
        CompletableFuture.allOf(offer.frames.toArray(CompletableFuture[]::new))
            .whenComplete((done, failure) -> {
              if (failure != null) {
                answer.completeExceptionally(translated(failure));
              } else {
                accepted(tenant).add(offer.rows);
                answer.complete(new Acknowledgement(offer.rows, rejections, admitted.refusals()));
              }
            });
    return answer;
  }

  /** Of each class the rows that belong to traces that are kept. */
  private List<B> rowsOfKeptTraces(TenantId tenant, Admission.Admitted<B> admitted) {
    Set<TraceKey> ids = live.kept().of(tenant);
    if (ids.isEmpty()) {
      return List.of();
    }
    BatchSchema<B> schema = store.schema();
    List<B> kept = new ArrayList<>();
    for (B batch : admitted.batches().values()) {
      RowCopier<B> copier = schema.copier();
      for (int row = 0; row < schema.rows(batch); row++) {
        TraceKey id = new TraceKey(schema.traceIdHigh(batch, row), schema.traceIdLow(batch, row));
        if (ids.contains(id)) {
          copier.copy(batch, row);
        }
      }
      if (schema.rows(copier.batch()) > 0) {
        kept.add(copier.batch());
      }
    }
    return kept;
  }

  /**
   * Stores rows once more in another class; nobody is told of them. Fails with {@link
   * OverloadedException} where the caller should try again.
   */
  CompletableFuture<Void> copy(TenantId tenant, B batch, RetentionClass retention) {
    Offer offer = new Offer(tenant, Frames.COPIES, AppendOptions.AWAITED, false);
    offer.append(batch, retention);
    return CompletableFuture.allOf(offer.frames.toArray(CompletableFuture[]::new))
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(translated(failure)));
  }

  /** One call's frames. */
  private final class Offer {
    private final TenantId tenant;
    private final String origin;
    private final AppendOptions options;
    private final boolean told;
    private final List<CompletableFuture<Long>> frames = new ArrayList<>();
    private int rows;
    private int rowsTooLarge;
    private int bytesTooLarge;

    /**
     * @param told whether somebody is told that the rows arrived
     */
    Offer(TenantId tenant, String origin, AppendOptions options, boolean told) {
      this.told = told;
      this.tenant = tenant;
      this.origin = origin;
      this.options = options;
    }

    void append(B batch, RetentionClass retention) {
      BatchSchema<B> schema = store.schema();
      long batchBytes = schema.bytes(batch);
      if (!memory.tryReserve(batchBytes)) {
        refuse();
        return;
      }
      BytesOutput frame;
      try {
        frame = Frames.encode(store, tenant, retention, origin, batch);
      } catch (RuntimeException e) {
        memory.release(batchBytes);
        throw e;
      }
      if (frame.position() > frameBytesMax) {
        memory.release(batchBytes);
        split(batch, retention, frame.position());
      } else if (!memory.tryReserve(frame.position())) {
        memory.release(batchBytes);
        refuse();
      } else {
        rows += schema.rows(batch);
        Applier applier = new Applier(tenant, batch, retention, batchBytes, frame.position(), told);
        frames.add(
            journal.append(
                (dictionary, out) -> out.putBytes(frame.array(), 0, frame.position()),
                applier,
                options));
      }
    }

    private void split(B batch, RetentionClass retention, int frameBytes) {
      int count = store.schema().rows(batch);
      if (count == 1) {
        rowsTooLarge++;
        bytesTooLarge = frameBytes;
        return;
      }
      append(range(batch, 0, count / 2), retention);
      append(range(batch, count / 2, count), retention);
    }

    private B range(B batch, int from, int to) {
      RowCopier<B> copier = store.schema().copier();
      for (int row = from; row < to; row++) {
        copier.copy(batch, row);
      }
      return copier.batch();
    }

    private void refuse() {
      upkeep.queueFlush();
      frames.add(
          CompletableFuture.failedFuture(
              new OverloadedException(
                  "rows in memory take %d of %d bytes: they are being written to disk"
                      .formatted(memory.usedBytes(), memory.limitBytes()),
                  RETRY_AFTER)));
    }

    void tooLarge(List<Rejection> rejections) {
      if (rowsTooLarge > 0) {
        rejections.add(
            new Rejection(
                Rejection.Reason.LIMIT_EXCEEDED,
                rowsTooLarge,
                "a row with its resource must take at most %d bytes, got %d"
                    .formatted(frameBytesMax, bytesTooLarge)));
      }
    }
  }

  /** Makes a frame's rows visible, and gives memory back that they do not need. */
  private final class Applier implements FrameApplier {
    private final TenantId tenant;
    private final Memtable.Entry<B> entry;
    private final long batchBytes;
    private final long frameBytes;
    private final boolean told;
    private boolean visible;

    Applier(
        TenantId tenant,
        B batch,
        RetentionClass retention,
        long batchBytes,
        long frameBytes,
        boolean told) {
      this.told = told;
      this.tenant = tenant;
      this.entry = Memtable.Entry.of(store.schema(), batch, retention, 0);
      this.batchBytes = batchBytes;
      this.frameBytes = frameBytes;
    }

    @Override
    public void apply(long sequence) {
      if (!visible) {
        long grown = live.add(store, tenant, entry, sequence);
        visible = true;
        settle(memory, batchBytes + frameBytes, grown);
        upkeep.flushIfFull();
        if (told) {
          arrived.accept(tenant, entry);
        }
      }
    }

    @Override
    public void abandoned(IOException cause) {
      if (!visible) {
        memory.release(batchBytes + frameBytes);
      }
    }
  }

  /** Changes what is reserved to what is needed. */
  static void settle(MemoryBudget memory, long reserved, long needed) {
    if (needed > reserved) {
      memory.reserveUnchecked(needed - reserved);
    } else {
      memory.release(reserved - needed);
    }
  }

  private static Throwable translated(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case JournalFullException e ->
          new OverloadedException(String.valueOf(e.getMessage()), Duration.ofSeconds(5));
      case JournalUnavailableException e ->
          new OverloadedException(String.valueOf(e.getMessage()), RETRY_AFTER);
      default -> cause;
    };
  }

  private PlatformMetrics.Counter accepted(TenantId tenant) {
    return metrics.counter(
        "ghostworks_ingest_rows_total",
        "Rows that were acknowledged.",
        Labels.of("signal", store.signal().label(), "tenant", tenant.value()));
  }

  private void countRejected(TenantId tenant, List<Rejection> rejections) {
    for (Rejection rejection : rejections) {
      metrics
          .counter(
              "ghostworks_rejected_rows_total",
              "Rows that were refused.",
              Labels.of(
                  "signal",
                  store.signal().label(),
                  "tenant",
                  tenant.value(),
                  "reason",
                  rejection.reason().label()))
          .add(rejection.rows());
    }
  }
}
