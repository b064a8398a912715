package io.ghostworks.series;

import io.ghostworks.journal.AppendOptions;
import io.ghostworks.journal.FileJournal;
import io.ghostworks.journal.FrameApplier;
import io.ghostworks.journal.JournalFullException;
import io.ghostworks.journal.JournalUnavailableException;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.runtime.memory.MemoryBudget;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The way of a batch, or a delete, into the engine: admitted, appended to the journal, applied,
 * acknowledged. Thread-safe.
 */
final class BatchAppend {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** What a row takes at most while it waits: its columns here and in the frame. */
  private static final long WAITING_ROW_BYTES = 128;

  private final SeriesEnvironment environment;
  private final Accounts accounts;
  private final Head head;
  private final LiveLayers live;
  private final ExemplarStore exemplars;
  private final MetadataStore metadata;
  private final FileJournal journal;
  private final Admission admission;
  private final Deletes deletes;
  private final ChangedTimes changes;
  private final UpkeepSchedule schedule;

  BatchAppend(
      SeriesEnvironment environment,
      Accounts accounts,
      Head head,
      LiveLayers live,
      ExemplarStore exemplars,
      MetadataStore metadata,
      FileJournal journal,
      Admission admission,
      Deletes deletes,
      ChangedTimes changes,
      UpkeepSchedule schedule) {
    this.environment = environment;
    this.accounts = accounts;
    this.head = head;
    this.live = live;
    this.exemplars = exemplars;
    this.metadata = metadata;
    this.journal = journal;
    this.admission = admission;
    this.deletes = deletes;
    this.changes = changes;
    this.schedule = schedule;
  }

  CompletableFuture<Acknowledgement> offer(
      TenantId tenant, SeriesBatch batch, AppendOptions append) {
    MemoryBudget memory = environment.headMemory();
    long bytes =
        WAITING_ROW_BYTES * (batch.rows() + batch.exemplars() + 1L)
            + 2L * batch.sets().arena().size();
    if (!memory.tryReserve(bytes)) {
      schedule.requestFlush();
      return CompletableFuture.failedFuture(
          new OverloadedException(
              "the memory of the newest samples is used up (%d of %d bytes): they are being written to disk"
                  .formatted(memory.usedBytes(), memory.limitBytes()),
              RETRY_AFTER));
    }
    CompletableFuture<Acknowledgement> answer;
    try {
      answer = admitAndAppend(tenant, batch, append);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.whenComplete((acknowledgement, failure) -> {
      memory.release(bytes);
      schedule.requestFlushIfDue();
    });
  }

  /**
   * Hides samples of a tenant's series that fulfil all matchers, in a range with both ends. The
   * answer comes when that is durable and visible.
   */
  CompletableFuture<Void> delete(
      TenantId tenant, List<LabelMatcher> matchers, long startMs, long endMs) {
    if (live.current().tombstones().all().size() >= Tombstones.COUNT_MAX) {
      return CompletableFuture.failedFuture(
          new OverloadedException(
              "at most %d deletes may wait for the removal of their samples: clean the tombstones first"
                  .formatted(Tombstones.COUNT_MAX),
              RETRY_AFTER));
    }
    Tombstone asked =
        new Tombstone(0, tenant, matchers, startMs, endMs, environment.journal().clock().epochMs());
    return journal
        .append(
            (dictionary, out) -> DeleteFrame.write(asked, out),
            sequence -> deletes.apply(asked.withSequence(sequence)),
            AppendOptions.REMOVAL)
        .handle((sequence, failure) -> {
          if (failure != null) {
            throw new CompletionException(translated(failure));
          }
          schedule.requestFlush();
          return null;
        });
  }

  private CompletableFuture<Acknowledgement> admitAndAppend(
      TenantId tenant, SeriesBatch batch, AppendOptions append) {
    TenantAccount account = accounts.of(tenant);
    List<CompletableFuture<Void>> awaited = new ArrayList<>();
    Admitted admitted;
    head.admissionLock().lock();
    try {
      admitted = admit(tenant, batch, account);
      if (admitted.repeatsWaiting()) {
        head.waiting().forEach(rows -> awaited.add(rows.done));
      }
      for (Rows rows : admitted.frames()) {
        head.waiting().add(rows);
        awaited.add(rows.done);
        append(rows, append);
      }
    } finally {
      head.admissionLock().unlock();
    }
    account.rejected(admitted.rejections());
    int accepted = admitted.rows();
    return CompletableFuture.allOf(awaited.toArray(CompletableFuture[]::new))
        .handle((nothing, failure) -> {
          if (failure != null) {
            throw new CompletionException(translated(failure));
          }
          account.accepted(accepted);
          return new Acknowledgement(
              accepted,
              admitted.rejections(),
              admitted.rejectedHistograms(),
              admitted.rejectedExemplars(),
              admitted.refusals());
        });
  }

  private Admitted admit(TenantId tenant, SeriesBatch batch, TenantAccount account) {
    try {
      return admission.admit(tenant, batch, account, environment.journal().clock().epochMs());
    } catch (RuntimeException e) {
      admission.unfinished().forEach(head::abandoned);
      throw e;
    }
  }

  private void append(Rows rows, AppendOptions appendOptions) {
    var _ =
        journal
            .append(
                (dictionary, out) -> {
                  head.readLock().lock();
                  try {
                    FrameCodec.write(rows, dictionary, out);
                  } finally {
                    head.readLock().unlock();
                  }
                },
                new Applying(rows),
                appendOptions)
            .whenComplete((sequence, failure) -> {
              if (failure == null) {
                rows.done.complete(null);
              } else {
                rows.done.completeExceptionally(failure);
              }
            });
  }

  private static Throwable translated(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof JournalFullException || cause instanceof JournalUnavailableException) {
      OverloadedException overloaded =
          new OverloadedException(String.valueOf(cause.getMessage()), RETRY_AFTER);
      overloaded.initCause(cause);
      return overloaded;
    }
    return cause;
  }

  /** Makes one frame visible, or takes back what admission noted of it. */
  private final class Applying implements FrameApplier {
    private final Rows rows;

    Applying(Rows rows) {
      this.rows = rows;
    }

    @Override
    public void apply(long sequence) {
      // Samples come last: a flush that contains the frame's sequence then contains all of it.
      for (Rows.SeriesExemplar exemplar : rows.exemplars) {
        exemplars.add(rows.tenant, head.labels(rows.index, exemplar.series()), exemplar.exemplar());
      }
      rows.metadata.forEach((family, about) -> metadata.add(rows.tenant, family, about));
      head.apply(rows, sequence);
      changes.appended(rows);
      head.finished(rows);
    }

    @Override
    public void abandoned(IOException cause) {
      head.abandoned(rows);
    }
  }
}
