package io.ghostworks.records;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which spans a tenant's limits refuse or cut, with Tempo's messages. Safe for use by many threads.
 *
 * <p>Source: the behaviour of Tempo's {@code modules/distributor} and {@code modules/livestore}.
 */
final class SpanLimitCheck {

  private static final long PERIOD_NANOS = Duration.ofMinutes(15).toNanos();
  private static final int SPAN_BYTES = 70;
  private static final int ENTRY_BYTES = 8;

  private final Function<TenantId, SpanLimits> limits;
  private final Clock clock;
  private final PlatformMetrics metrics;
  private final Map<TenantId, Use> uses = new ConcurrentHashMap<>();

  SpanLimitCheck(Function<TenantId, SpanLimits> limits, Clock clock, PlatformMetrics metrics) {
    this.limits = limits;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Why a span is refused. */
  record Refusal(Rejection.Reason reason, String message) {}

  /** What a tenant used lately; guarded by itself. */
  private static final class Use {
    private final LiveTraces traces;
    private double tokens;
    private long filledNanos;

    Use(long nowNanos, long burstBytes) {
      this.traces = new LiveTraces(PERIOD_NANOS, nowNanos);
      this.tokens = burstBytes;
      this.filledNanos = nowNanos;
    }

    boolean take(long bytes, SpanLimits own, long nowNanos) {
      tokens =
          Math.min(own.burstBytes(), tokens + (nowNanos - filledNanos) * 1e-9 * own.rateBytes());
      filledNanos = nowNanos;
      if (bytes > tokens) {
        return false;
      }
      tokens -= bytes;
      return true;
    }
  }

  /**
   * The refusal of each span, null where it is taken; cuts attributes that are too long.
   *
   * @throws OverloadedException if the tenant sends more than its rate
   */
  @Nullable Refusal[] check(TenantId tenant, SpanBatch batch) {
    SpanLimits own = limits.apply(tenant);
    @Nullable Refusal[] refused = new Refusal[batch.rows()];
    if (own.equals(SpanLimits.defaults())) {
      return refused;
    }
    if (own.attributeBytesMax() > 0) {
      cut(tenant, batch, own.attributeBytesMax());
    }
    Use use = uses.computeIfAbsent(tenant, t -> new Use(clock.monotonicNanos(), own.burstBytes()));
    long[] bytes = new long[batch.rows()];
    long total = 0;
    for (int row = 0; row < bytes.length; row++) {
      bytes[row] = bytes(batch, row);
      total += bytes[row];
    }
    synchronized (use) {
      long now = clock.monotonicNanos();
      if (own.rateBytes() > 0 && !use.take(total, own, now)) {
        throw limited(tenant, own, batch.rows(), total);
      }
      if (own.traceBytesMax() > 0 || own.traceSpansMax() > 0) {
        for (int row = 0; row < bytes.length; row++) {
          refused[row] = ofTrace(tenant, batch, row, bytes[row], own, use.traces, now);
        }
      }
    }
    return refused;
  }

  private OverloadedException limited(TenantId tenant, SpanLimits own, int spans, long bytes) {
    metrics
        .counter(
            "ghostworks_rejected_rows_total",
            "Rows that were refused.",
            Labels.of("signal", "traces", "tenant", tenant.value(), "reason", "rate_limited"))
        .add(spans);
    return new OverloadedException(
        "RATE_LIMITED: ingestion rate limit (local: %d bytes, global: 0 bytes) exceeded while adding %d bytes for user %s"
            .formatted(own.rateBytes(), bytes, tenant.value()),
        Duration.ofSeconds(1),
        true);
  }

  private static @Nullable Refusal ofTrace(
      TenantId tenant,
      SpanBatch batch,
      int row,
      long bytes,
      SpanLimits own,
      LiveTraces traces,
      long nowNanos) {
    TraceKey id = new TraceKey(batch.traceIdHigh(row), batch.traceIdLow(row));
    LiveTraces.Use use = traces.of(id, nowNanos);
    if (own.traceBytesMax() > 0 && use.bytes() + bytes > own.traceBytesMax()) {
      return new Refusal(
          Rejection.Reason.TRACE_TOO_LARGE,
          "TRACE_TOO_LARGE: max size of trace (%d) exceeded while adding %d bytes to trace %016x%016x for tenant %s"
              .formatted(own.traceBytesMax(), bytes, id.high(), id.low(), tenant.value()));
    }
    if (own.traceSpansMax() > 0 && use.spans() >= own.traceSpansMax()) {
      return new Refusal(
          Rejection.Reason.TOO_MANY_SPANS,
          "max number of spans of a trace (%d, max_spans_per_trace) exceeded while adding to trace %016x%016x for tenant %s"
              .formatted(own.traceSpansMax(), id.high(), id.low(), tenant.value()));
    }
    use.add(bytes);
    return null;
  }

  /** About what a span takes in OTLP, without its resource. */
  private static long bytes(SpanBatch batch, int row) {
    long bytes =
        SPAN_BYTES
            + ByteArena.length(batch.name(row))
            + ByteArena.length(batch.traceState(row))
            + ByteArena.length(batch.statusMessage(row))
            + bytes(batch.attributes(), row);
    for (int event = batch.eventStart(row); event < batch.eventEnd(row); event++) {
      bytes +=
          ENTRY_BYTES
              + ByteArena.length(batch.events().name(event))
              + bytes(batch.events().attributes(), event);
    }
    for (int link = batch.linkStart(row); link < batch.linkEnd(row); link++) {
      bytes +=
          SPAN_BYTES / 2
              + ByteArena.length(batch.links().traceState(link))
              + bytes(batch.links().attributes(), link);
    }
    return bytes;
  }

  private static long bytes(AttributeColumns attributes, int row) {
    long bytes = 0;
    for (int entry = attributes.start(row), end = attributes.end(row); entry < end; entry++) {
      bytes += ENTRY_BYTES + ByteArena.length(attributes.keys().slice(attributes.keyId(entry)));
      bytes +=
          ValueColumn.isSlice(attributes.values().type(entry))
              ? ByteArena.length(attributes.values().payload(entry))
              : Long.BYTES;
    }
    return bytes;
  }

  private void cut(TenantId tenant, SpanBatch batch, int bytesMax) {
    long cut =
        cut(batch.resources().attributes(), bytesMax)
            + cut(batch.scopes().attributes(), bytesMax)
            + cut(batch.attributes(), bytesMax)
            + cut(batch.events().attributes(), bytesMax)
            + cut(batch.links().attributes(), bytesMax);
    if (cut > 0) {
      metrics
          .counter(
              "ghostworks_truncated_attributes_total",
              "Keys and texts of attributes of spans that were cut to"
                  + " ingestion_max_attribute_bytes.",
              Labels.of("tenant", tenant.value()))
          .add(cut);
    }
  }

  /** How many keys and texts were cut. */
  private static long cut(AttributeColumns attributes, int bytesMax) {
    long count = 0;
    boolean longKeys = false;
    ValueColumn values = attributes.values();
    ByteArena arena = values.arena();
    int entries = attributes.rows() == 0 ? 0 : attributes.end(attributes.rows() - 1);
    for (int entry = 0; entry < entries; entry++) {
      if (values.type(entry) == ValueColumn.STRING
          && ByteArena.length(values.payload(entry)) > bytesMax) {
        values.set(entry, ValueColumn.STRING, cut(arena.array(), values.payload(entry), bytesMax));
        count++;
      }
      longKeys |= ByteArena.length(attributes.keys().slice(attributes.keyId(entry))) > bytesMax;
    }
    return longKeys ? count + cutKeys(attributes, bytesMax) : count;
  }

  private static long cutKeys(AttributeColumns attributes, int bytesMax) {
    long[] count = {0};
    attributes.rewrite((before, row, after) -> {
      for (int entry = before.start(row); entry < before.end(row); entry++) {
        int key = before.keyId(entry);
        long slice = before.keys().slice(key);
        if (ByteArena.length(slice) > bytesMax) {
          byte[] bytes = before.keys().arena().copy(slice);
          long shorter = cut(bytes, ByteArena.slice(0, bytes.length), bytesMax);
          key = before.keys().intern(bytes, 0, ByteArena.length(shorter));
          count[0]++;
        }
        after.addKey(key);
        after.values().add(before.values().type(entry), before.values().payload(entry));
      }
    });
    return count[0];
  }

  /** At most so many bytes of a text, not in the midst of a character. */
  private static long cut(byte[] bytes, long slice, int bytesMax) {
    int from = ByteArena.offset(slice);
    int length = bytesMax;
    while (length > 0 && (bytes[from + length] & 0xc0) == 0x80) {
      length--;
    }
    return length == 0 ? ByteArena.EMPTY : ByteArena.slice(from, length);
  }
}
