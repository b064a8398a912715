package io.ghostworks.series;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.memory.MemoryBudget;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * History of one tenant on its way into parts of its own, past head and journal. Rows may have any
 * order and any age that some level still keeps. They gather in a buffer of bounded memory; when it
 * is full, and at the end, it is sorted and written as parts, one a UTC day, that are durable and
 * visible before anything is acknowledged.
 *
 * <p>A row whose value is stored already at its time counts as accepted; one with another value is
 * refused, and what is stored stays. Used by one thread; calls may read and write files.
 */
public final class SeriesImport implements AutoCloseable {
  private static final Duration UNBOUNDED = Duration.ofDays(1);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final long BUFFER_BYTES_MAX = 64L << 20;
  private static final long RESERVED_AT_ONCE = 1L << 18;
  private static final long ROW_BYTES = 64;

  private final Imports imports;
  private final TenantId tenant;
  private final SeriesOptions options;
  private final SeriesLimits limits;
  private final MemoryBudget memory;
  private final long bufferBytesMax;
  private final Rejections rejections = new Rejections();
  private final QueryContext context;
  private final ImportWriter writer;
  private ImportRows rows = new ImportRows();
  private long reservedBytes;
  private int offered;

  SeriesImport(Imports imports, TenantId tenant, SeriesOptions options, MemoryBudget memory) {
    this.imports = imports;
    this.tenant = tenant;
    this.options = options;
    this.limits = options.limits().apply(tenant);
    this.memory = memory;
    this.bufferBytesMax = Math.min(BUFFER_BYTES_MAX, memory.limitBytes() / 8);
    this.context = new QueryContext(tenant, imports.clock(), UNBOUNDED, memory, Long.MAX_VALUE);
    this.writer = imports.writer(tenant, rejections, context);
  }

  /**
   * Takes the rows of a batch, and its metadata and exemplars; writes parts where the buffer is
   * full.
   *
   * @throws OverloadedException where there is no memory now; none of the batch was taken then
   * @throws IOException where parts cannot be written; rows since the last parts are lost then
   */
  public void add(SeriesBatch batch) throws IOException {
    if (rows.bytes() >= bufferBytesMax) {
      write();
    }
    reserve(ROW_BYTES * batch.rows() + 8L * batch.sets().arena().size());
    long nowMs = imports.clock().epochMs();
    @Nullable Target[] targets = new Target[batch.sets().size()];
    for (int row = 0; row < batch.rows(); row++) {
      int set = batch.set(row);
      Target target = targets[set];
      if (target == null) {
        target = target(batch.sets(), set, nowMs);
        targets[set] = target;
      }
      if (isAccepted(batch, row, target, nowMs)) {
        rows.add(target.number, batch, row);
      }
    }
    offered += batch.rows();
    imports.addBeside(tenant, batch);
  }

  private Target target(LabelSetTable sets, int set, long nowMs) {
    long slice = sets.slice(set);
    LabelRules.Violation violation =
        LabelRules.violation(
            sets.arena().array(), ByteArena.offset(slice), ByteArena.length(slice), limits);
    if (violation != null) {
      return new Target(-1, violation.rule(), Duration.ZERO, 0);
    }
    Labels labels = sets.labels(set);
    Duration kept = options.retention().of(tenant, labels).longest();
    return new Target(rows.number(labels), null, kept, nowMs - kept.toMillis());
  }

  /** Writes what is left; all rows that the answer does not refuse are durable and visible. */
  public Acknowledgement finish() throws IOException {
    write();
    return new Acknowledgement(offered - rejections.total(), rejections.list());
  }

  /** Rows that were not written are forgotten; parts that were written stay. */
  @Override
  public void close() {
    rows = new ImportRows();
    memory.release(reservedBytes);
    reservedBytes = 0;
    context.close();
  }

  private void write() throws IOException {
    List<LivePart> written = writer.write(rows);
    rows = new ImportRows();
    try {
      imports.publish(tenant, written);
    } catch (IOException | RuntimeException e) {
      // The manifest may name them: they are deleted as garbage at the next start, or stay.
      for (LivePart part : written) {
        part.part.close();
      }
      throw e;
    }
    memory.release(reservedBytes);
    reservedBytes = 0;
  }

  private void reserve(long bytes) throws IOException {
    long missing = rows.bytes() + bytes - reservedBytes;
    if (missing <= 0) {
      return;
    }
    long more = (missing / RESERVED_AT_ONCE + 1) * RESERVED_AT_ONCE;
    if (!memory.tryReserve(more)) {
      write();
      more = (bytes / RESERVED_AT_ONCE + 1) * RESERVED_AT_ONCE;
      if (!memory.tryReserve(more)) {
        throw new OverloadedException(
            "an import needs %d bytes of the memory of series (%d of %d bytes are used): try again"
                .formatted(more, memory.usedBytes(), memory.limitBytes()),
            RETRY_AFTER);
      }
    }
    reservedBytes += more;
  }

  private boolean isAccepted(SeriesBatch batch, int row, Target target, long nowMs) {
    if (target.violation != null) {
      rejections.add(Reason.INVALID_LABELS, () -> target.violation);
      return false;
    }
    long time = batch.timestampMs(row);
    if (time > nowMs + options.futureLimit().toMillis()) {
      rejections.add(
          Reason.TOO_FAR_IN_FUTURE,
          () ->
              "a sample must be at most %s ahead of the clock, got %s"
                  .formatted(options.futureLimit(), Instant.ofEpochMilli(time)));
      return false;
    }
    if (time < target.oldestMs) {
      rejections.add(
          Reason.TOO_OLD,
          () ->
              "a sample must not be older than the longest retention of its levels, %s, got %s"
                  .formatted(target.kept, Instant.ofEpochMilli(time)));
      return false;
    }
    String violation =
        batch.isHistogram(row)
            ? HistogramRules.violation(batch.histogram(row), limits.histogramBucketsMax())
            : null;
    if (violation != null) {
      rejections.add(Reason.INVALID_ROW, () -> violation);
      return false;
    }
    return true;
  }

  /** A series of a batch: its number, or what is wrong with it, and how old its rows may be. */
  private record Target(int number, @Nullable String violation, Duration kept, long oldestMs) {}
}
