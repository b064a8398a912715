package io.ghostworks.records;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.Signal;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.storage.bytes.BytesOutput;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Deletes of log records, or of spans, as their API sees them. One hides its records as soon as it
 * is answered; upkeep removes them from the files once it can no longer be cancelled. Records of a
 * class that refuses deletes (audit logs) stay whatever a delete selects. Safe for use by many
 * threads.
 *
 * <p>Source: the behaviour of Loki's {@code pkg/compactor/deletion}. Different from it: a delete
 * hides nothing that is stored after it, and hides at once.
 */
public final class RecordDeletes {

  /** What every answer to a delete should say. */
  public static final String AUDIT_NOTICE =
      "records of the retention class 'audit' are kept: they end with their retention only";

  private final Signal signal;
  private final Clock clock;
  private final FrameAppender frames;
  private final CopyOrder order;
  private final LiveRecords live;
  private final PlatformMetrics metrics;
  private final Duration cancelPeriod;
  private final Duration futureMax;
  private final int frameBytesMax;

  /**
   * @param signal what is deleted
   * @param futureMax how far ahead of the clock a delete may end
   */
  RecordDeletes(
      Signal signal,
      Clock clock,
      FrameAppender frames,
      CopyOrder order,
      LiveRecords live,
      PlatformMetrics metrics,
      Duration cancelPeriod,
      Duration futureMax,
      int frameBytesMax) {
    this.signal = signal;
    this.futureMax = futureMax;
    this.clock = clock;
    this.frames = frames;
    this.order = order;
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
   * @param endMs since the epoch, inclusive; not in the future, of spans not further ahead than
   *     their times may be
   * @throws RefusedDeleteException if it selects nothing that may be deleted, or too many deletes
   *     wait for their removal
   */
  public CompletableFuture<RecordDelete> request(
      TenantId tenant, String query, Filter filter, long startMs, long endMs) {
    long nowMs = clock.epochMs();
    check(filter, startMs, endMs, nowMs);
    RecordDelete wanted =
        new RecordDelete(
            signal, 0, tenant, query, filter, startMs, endMs, nowMs, RecordDelete.State.RECEIVED);
    BytesOutput frame = Frames.delete(wanted);
    if (frame.position() > frameBytesMax) {
      throw new RefusedDeleteException(
          "a delete must take at most %d bytes, got %d".formatted(frameBytesMax, frame.position()),
          false);
    }
    return order
        .delete(() -> frames.append(frame, sequence -> live.delete(wanted.withSequence(sequence))))
        .thenApply(sequence -> {
          metrics
              .counter(
                  "ghostworks_records_deletes_total",
                  "Deletes of log records and spans that were taken.",
                  Labels.of("signal", signal.label(), "tenant", tenant.value()))
              .add(1);
          return wanted.withSequence(sequence);
        });
  }

  private void check(Filter filter, long startMs, long endMs, long nowMs) {
    if (endMs > nowMs + futureMax.toMillis()) {
      throw new RefusedDeleteException("deletes in the future are not allowed", false);
    }
    if (startMs >= endMs) {
      throw new RefusedDeleteException(
          "start time can't be greater than or equal to end time", false);
    }
    if (startMs < 0) {
      throw new RefusedDeleteException("start time must not lie before 1970", false);
    }
    if (signal == Signal.LOGS && selectsAudit(filter)) {
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
      case Filter.And and -> and.parts().stream().anyMatch(RecordDeletes::selectsAudit);
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
  public List<RecordDelete> list(TenantId tenant) {
    return live.deletes().of(signal).of(tenant);
  }

  /**
   * Takes a delete back: what is not yet removed is seen again.
   *
   * @param force also after {@link #cancelPeriod}, when some records may be gone
   * @throws RefusedDeleteException if there is none of this name, or it is processed, or too old
   */
  public CompletableFuture<Void> cancel(TenantId tenant, String id, boolean force) {
    RecordDelete known =
        live.deletes()
            .of(signal)
            .find(tenant, id)
            .orElseThrow(() ->
                new RefusedDeleteException("could not find delete request with given id", true));
    if (known.state() == RecordDelete.State.PROCESSED) {
      throw new RefusedDeleteException(
          "deletion of request which is in process or already processed is not allowed", false);
    }
    if (!force && known.createdMs() + cancelPeriod.toMillis() < clock.epochMs()) {
      throw new RefusedDeleteException(
          "Cancellation of partially completed delete request or delete request past the deadline of %s since its creation is not allowed. To force, use the ?force query parameter"
              .formatted(goDuration()),
          false);
    }
    return frames
        .append(
            Frames.cancel(tenant, known.sequence()),
            sequence -> live.cancel(tenant, known.sequence(), sequence))
        .thenAccept(sequence -> {});
  }

  private String goDuration() {
    return "%dh%dm%ds"
        .formatted(
            cancelPeriod.toHours(), cancelPeriod.toMinutesPart(), cancelPeriod.toSecondsPart());
  }
}
