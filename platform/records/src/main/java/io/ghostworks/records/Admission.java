package io.ghostworks.records;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.RowRefusals;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.records.batch.LogSchema;
import io.ghostworks.records.batch.RowCopier;
import io.ghostworks.records.batch.SpanSchema;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides before anything is written which rows are taken and how long they are kept. Rows are
 * refused that lie further ahead than the clock may be wrong, or so far back that they would be
 * deleted at once.
 */
final class Admission {

  static final String LOG_TYPE = "log_type";
  static final String AUDIT = "audit";

  private final Clock clock;
  private final RecordRetention retention;
  private final Duration futureMax;
  private final LogLimitCheck limits;
  private final SpanLimitCheck spanLimits;

  Admission(
      Clock clock,
      RecordRetention retention,
      Duration futureMax,
      LogLimitCheck limits,
      SpanLimitCheck spanLimits) {
    this.spanLimits = spanLimits;
    this.clock = clock;
    this.retention = retention;
    this.futureMax = futureMax;
    this.limits = limits;
  }

  /**
   * @param batches the rows taken, by class; the offered batch itself where all its rows are of one
   *     class
   * @param refusals which rows of the offered batch were refused
   */
  record Admitted<B>(
      Map<RetentionClass, B> batches, List<Rejection> rejections, RowRefusals refusals) {}

  /** Gives records without a time the time at which they were observed, else now, and admits. */
  Admitted<LogBatch> logs(TenantId tenant, LogBatch batch) {
    long now = clock.epochNanos();
    for (int row = 0; row < batch.rows(); row++) {
      if (batch.timeNanos(row) == 0) {
        batch.setTimeNanos(row, batch.observedNanos(row) != 0 ? batch.observedNanos(row) : now);
      }
    }
    boolean[] auditStream = new boolean[batch.streams().size()];
    RetentionClass[] ofRule = new RetentionClass[auditStream.length];
    for (int stream = 0; stream < auditStream.length; stream++) {
      Labels labels = batch.streams().labels(stream);
      auditStream[stream] = AUDIT.equals(labels.find(LOG_TYPE));
      ofRule[stream] = retention.ofStream(tenant, labels);
    }
    boolean[] auditResource = new boolean[batch.resources().size()];
    for (int resource = 0; resource < auditResource.length; resource++) {
      auditResource[resource] = isAudit(batch.resources().attributes(), resource);
    }
    LogLimits own = limits.of(tenant);
    LogLimitCheck.@Nullable Refusal[] refused = limits.check(tenant, batch);
    RetentionClass[] classes = new RetentionClass[batch.rows()];
    Rejections rejections = new Rejections(own.futureMax(), own.ageMax());
    for (int row = 0; row < classes.length; row++) {
      LogLimitCheck.Refusal refusal = refused[row];
      if (refusal != null) {
        rejections.count(row, refusal.reason(), refusal::message);
        continue;
      }
      int stream = batch.stream(row);
      RetentionClass wanted = ofRule[stream];
      if (wanted == null) {
        boolean audit =
            auditStream[batch.stream(row)]
                || auditResource[batch.resource(row)]
                || isAudit(batch.attributes(), row);
        wanted = audit ? RetentionClass.AUDIT_LOGS : RetentionClass.LOGS;
      }
      classes[row] =
          rejections.admits(
                  row,
                  () -> "entry for stream '%s' has".formatted(batch.streams().labels(stream)),
                  batch.timeNanos(row),
                  now,
                  wanted)
              ? wanted
              : null;
    }
    return split(batch, classes, rejections, () -> new LogSchema().copier());
  }

  /** Gives spans without a start their end, else their first event, else now, and admits. */
  Admitted<SpanBatch> spans(TenantId tenant, SpanBatch batch) {
    long now = clock.epochNanos();
    for (int row = 0; row < batch.rows(); row++) {
      if (batch.startNanos(row) == 0) {
        long start = madeUpStart(batch, row, now);
        batch.setTimes(row, start, Math.max(start, batch.endNanos(row)));
      }
    }
    RetentionClass[] ofResource = new RetentionClass[batch.resources().size()];
    for (int resource = 0; resource < ofResource.length; resource++) {
      int number = resource;
      ofResource[resource] = retention.ofSpans(tenant, label -> resourceText(batch, number, label));
    }
    SpanLimitCheck.@Nullable Refusal[] refused = spanLimits.check(tenant, batch);
    RetentionClass[] classes = new RetentionClass[batch.rows()];
    Rejections rejections = new Rejections(futureMax, Duration.ZERO);
    for (int row = 0; row < classes.length; row++) {
      SpanLimitCheck.Refusal refusal = refused[row];
      if (refusal != null) {
        rejections.count(row, refusal.reason(), refusal::message);
        continue;
      }
      RetentionClass wanted = ofResource[batch.resource(row)];
      classes[row] =
          rejections.admits(row, () -> "span has", batch.startNanos(row), now, wanted)
              ? wanted
              : null;
    }
    return split(batch, classes, rejections, () -> new SpanSchema().copier());
  }

  private static long madeUpStart(SpanBatch batch, int row, long now) {
    if (batch.endNanos(row) != 0) {
      return batch.endNanos(row);
    }
    for (int event = batch.eventStart(row); event < batch.eventEnd(row); event++) {
      if (batch.events().timeNanos(event) != 0) {
        return batch.events().timeNanos(event);
      }
    }
    return now;
  }

  /** The text of the resource's first attribute whose key is a label's name, or would be. */
  private static String resourceText(SpanBatch batch, int resource, String label) {
    AttributeColumns attributes = batch.resources().attributes();
    for (int entry = attributes.start(resource); entry < attributes.end(resource); entry++) {
      if (attributes.values().type(entry) == ValueColumn.STRING
          && attributes.key(entry).replace('.', '_').equals(label)) {
        return attributes.values().string(entry);
      }
    }
    return "";
  }

  private static boolean isAudit(AttributeColumns attributes, int row) {
    return AUDIT.equals(attributes.findString(row, LOG_TYPE));
  }

  private static <B> Admitted<B> split(
      B batch,
      @Nullable RetentionClass[] classes,
      Rejections rejections,
      Supplier<RowCopier<B>> copiers) {
    Map<RetentionClass, B> batches = new TreeMap<>();
    if (classes.length == 0) {
      return new Admitted<>(batches, List.of(), RowRefusals.NONE);
    }
    boolean uniform = classes[0] != null;
    for (RetentionClass each : classes) {
      uniform &= Objects.equals(each, classes[0]);
    }
    RetentionClass first = classes[0];
    if (uniform && first != null) {
      batches.put(first, batch);
      return new Admitted<>(batches, List.of(), RowRefusals.NONE);
    }
    Map<RetentionClass, RowCopier<B>> split = new TreeMap<>();
    for (int row = 0; row < classes.length; row++) {
      RetentionClass own = classes[row];
      if (own != null) {
        split.computeIfAbsent(own, c -> copiers.get()).copy(batch, row);
      }
    }
    split.forEach((retentionClass, copier) -> batches.put(retentionClass, copier.batch()));
    return new Admitted<>(batches, rejections.list(), rejections.rows.build());
  }

  /** Counts refused rows by reason, with the first example of each. */
  private final class Rejections {
    private final Map<Rejection.Reason, Integer> counts = new EnumMap<>(Rejection.Reason.class);
    private final Map<Rejection.Reason, String> examples = new EnumMap<>(Rejection.Reason.class);
    private final RowRefusals.Builder rows = new RowRefusals.Builder();
    private final Duration aheadMax;
    private final Duration ageMax;

    /**
     * @param aheadMax of the clock
     * @param ageMax zero where only the retention counts
     */
    Rejections(Duration aheadMax, Duration ageMax) {
      this.aheadMax = aheadMax;
      this.ageMax = ageMax;
    }

    /**
     * @param what has the time, in Loki's words
     */
    boolean admits(
        int row, Supplier<String> what, long timeNanos, long now, RetentionClass wanted) {
      if (timeNanos > now + aheadMax.toNanos()) {
        count(
            row,
            Rejection.Reason.TOO_FAR_IN_FUTURE,
            () -> "%s timestamp too new: %s".formatted(what.get(), shown(timeNanos)));
        return false;
      }
      long kept = retention.of(wanted).toNanos();
      long oldest = now - (ageMax.isZero() ? kept : Math.min(kept, ageMax.toNanos()));
      if (timeNanos < oldest) {
        count(
            row,
            Rejection.Reason.TOO_OLD,
            () ->
                "%s timestamp too old: %s, oldest acceptable timestamp is: %s"
                    .formatted(what.get(), shown(timeNanos), shown(oldest)));
        return false;
      }
      return true;
    }

    /** A time of RFC 3339, in whole seconds. */
    private static String shown(long nanos) {
      return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L)).toString();
    }

    void count(int row, Rejection.Reason reason, Supplier<String> message) {
      counts.merge(reason, 1, Integer::sum);
      rows.refuse(row, reason);
      examples.computeIfAbsent(reason, r -> message.get());
    }

    List<Rejection> list() {
      List<Rejection> list = new ArrayList<>();
      counts.forEach((reason, count) ->
          list.add(new Rejection(reason, count, examples.getOrDefault(reason, ""))));
      return list;
    }
  }
}
