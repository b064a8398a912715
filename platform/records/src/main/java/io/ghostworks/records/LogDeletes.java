package io.ghostworks.records;

import io.ghostworks.journal.AppendOptions;
import io.ghostworks.journal.Journal;
import io.ghostworks.journal.JournalFullException;
import io.ghostworks.journal.JournalUnavailableException;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.record.Filter;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.storage.bytes.BytesOutput;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Deletes of log records as their API sees them. One hides its records as soon as it is answered;
 * upkeep removes them from the files once it can no longer be cancelled. Records of a class that
 * refuses deletes (audit logs) stay whatever a delete selects. Safe for use by many threads.
 *
 * <p>Source: the behaviour of Loki's {@code pkg/compactor/deletion}. Different from it: a delete
 * hides nothing that is stored after it, and hides at once.
 */
public final class LogDeletes {

  /** What every answer to a delete should say. */
  public static final String AUDIT_NOTICE =
      "records of the retention class 'audit' are kept: they end with their retention only";

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Clock clock;
  private final Journal journal;
  private final LiveRecords live;
  private final PlatformMetrics metrics;
  private final Duration cancelPeriod;
  private final int frameBytesMax;

  LogDeletes(
      Clock clock,
      Journal journal,
      LiveRecords live,
      PlatformMetrics metrics,
      Duration cancelPeriod,
      int frameBytesMax) {
    this.clock = clock;
    this.journal = journal;
    this.live = live;
    this.metrics = metrics;
    this.cancelPeriod = cancelPeriod;
    this.frameBytesMax = frameBytesMax;
  }

  /** How long a delete can be cancelled without force. */
  public Duration cancelPeriod() {
    return cancelPeriod;
  }

  /**
   * Deletes a tenant's records that fulfil a filter. The answer comes when they are hidden and the
   * delete is on disk; it fails with {@link OverloadedException} where the caller should try again.
   *
   * @param query what the list shows
   * @param startMs since the epoch, inclusive
   * @param endMs since the epoch, inclusive; not in the future
   * @throws RefusedDeleteException if it selects nothing that may be deleted, or too many deletes
   *     wait for their removal
   */
  public CompletableFuture<LogDelete> request(
      TenantId tenant, String query, Filter filter, long startMs, long endMs) {
    long nowMs = clock.epochMs();
    check(filter, startMs, endMs, nowMs);
    LogDelete wanted =
        new LogDelete(0, tenant, query, filter, startMs, endMs, nowMs, LogDelete.State.RECEIVED);
    BytesOutput frame = Frames.delete(wanted);
    if (frame.position() > frameBytesMax) {
      throw new RefusedDeleteException(
          "a delete must take at most %d bytes, got %d".formatted(frameBytesMax, frame.position()),
          false);
    }
    return appended(frame, sequence -> live.delete(wanted.withSequence(sequence)))
        .thenApply(sequence -> {
          metrics
              .counter(
                  "ghostworks_records_deletes_total",
                  "Deletes of log records that were taken.",
                  Labels.of("tenant", tenant.value()))
              .add(1);
          return wanted.withSequence(sequence);
        });
  }

  private void check(Filter filter, long startMs, long endMs, long nowMs) {
    if (endMs > nowMs) {
      throw new RefusedDeleteException("deletes in the future are not allowed", false);
    }
    if (startMs >= endMs) {
      throw new RefusedDeleteException(
          "start time can't be greater than or equal to end time", false);
    }
    if (startMs < 0) {
      throw new RefusedDeleteException("start time must not lie before 1970", false);
    }
    if (selectsAudit(filter)) {
      throw new RefusedDeleteException(AUDIT_NOTICE + "; select other streams", false);
    }
    int received = live.deletes().received().size();
    if (received >= DeleteSet.RECEIVED_MAX) {
      throw new RefusedDeleteException(
          "at most %d deletes may wait for the removal of their records, %d do: cancel some, or try again when some are processed"
              .formatted(DeleteSet.RECEIVED_MAX, received),
          false);
    }
  }

  private static boolean selectsAudit(Filter filter) {
    return switch (filter) {
      case Filter.And and -> and.parts().stream().anyMatch(LogDeletes::selectsAudit);
      case Filter.Stream stream ->
          stream.matchers().stream()
              .anyMatch(matcher ->
                  matcher instanceof LabelMatcher.Equal(String label, String value)
                      && label.equals(Admission.LOG_TYPE)
                      && value.equals(Admission.AUDIT));
      default -> false;
    };
  }

  /** The deletes of a tenant that are not cancelled, oldest first. */
  public List<LogDelete> list(TenantId tenant) {
    return live.deletes().of(tenant);
  }

  /**
   * Takes a delete back: what is not yet removed is seen again.
   *
   * @param force also after {@link #cancelPeriod}, when some records may be gone
   * @throws RefusedDeleteException if there is none of this name, or it is processed, or too old
   */
  public CompletableFuture<Void> cancel(TenantId tenant, String id, boolean force) {
    LogDelete known =
        live.deletes()
            .find(tenant, id)
            .orElseThrow(() ->
                new RefusedDeleteException("could not find delete request with given id", true));
    if (known.state() == LogDelete.State.PROCESSED) {
      throw new RefusedDeleteException(
          "deletion of request which is in process or already processed is not allowed", false);
    }
    if (!force && known.createdMs() + cancelPeriod.toMillis() < clock.epochMs()) {
      throw new RefusedDeleteException(
          "Cancellation of partially completed delete request or delete request past the deadline of %s since its creation is not allowed. To force, use the ?force query parameter"
              .formatted(goDuration()),
          false);
    }
    return appended(
            Frames.cancel(tenant, known.sequence()),
            sequence -> live.cancel(tenant, known.sequence(), sequence))
        .thenAccept(sequence -> {});
  }

  private String goDuration() {
    return "%dh%dm%ds"
        .formatted(
            cancelPeriod.toHours(), cancelPeriod.toMinutesPart(), cancelPeriod.toSecondsPart());
  }

  private CompletableFuture<Long> appended(
      BytesOutput frame, io.ghostworks.journal.FrameApplier applier) {
    return journal
        .append(
            (dictionary, out) -> out.putBytes(frame.array(), 0, frame.position()),
            applier,
            AppendOptions.AWAITED)
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(translated(failure)));
  }

  private static Throwable translated(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof JournalFullException || cause instanceof JournalUnavailableException
        ? new OverloadedException(String.valueOf(cause.getMessage()), RETRY_AFTER)
        : cause;
  }
}
