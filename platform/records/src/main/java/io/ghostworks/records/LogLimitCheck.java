package io.ghostworks.records;

import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which log records a tenant's limits refuse, with Loki's messages. Safe for use by many threads.
 *
 * <p>Source: the behaviour of Loki's {@code pkg/distributor} and {@code pkg/validation}.
 */
final class LogLimitCheck {

  private static final long STREAM_PERIOD_NANOS = Duration.ofMinutes(30).toNanos();
  private static final long KEY_PERIOD_NANOS = Duration.ofHours(12).toNanos();
  private static final String SERVICE_NAME = "service_name";

  private final Function<TenantId, LogLimits> limits;
  private final Clock clock;
  private final PlatformMetrics metrics;
  private final Map<TenantId, Use> uses = new ConcurrentHashMap<>();

  LogLimitCheck(Function<TenantId, LogLimits> limits, Clock clock, PlatformMetrics metrics) {
    this.limits = limits;
    this.clock = clock;
    this.metrics = metrics;
  }

  LogLimits of(TenantId tenant) {
    return limits.apply(tenant);
  }

  /** Why a record is refused. */
  record Refusal(Rejection.Reason reason, String message) {}

  /** What a tenant used lately; guarded by itself. */
  private static final class Use {
    private final RecentKeys streams;
    private final RecentKeys keys;
    private double tokens;
    private long filledNanos;

    Use(long nowNanos, long burstBytes) {
      this.streams = new RecentKeys(STREAM_PERIOD_NANOS, nowNanos);
      this.keys = new RecentKeys(KEY_PERIOD_NANOS, nowNanos);
      this.tokens = burstBytes;
      this.filledNanos = nowNanos;
    }

    boolean take(long bytes, LogLimits limits, long nowNanos) {
      tokens =
          Math.min(
              limits.burstBytes(), tokens + (nowNanos - filledNanos) * 1e-9 * limits.rateBytes());
      filledNanos = nowNanos;
      if (bytes > tokens) {
        return false;
      }
      tokens -= bytes;
      return true;
    }
  }

  private Use use(TenantId tenant, LogLimits own) {
    return uses.computeIfAbsent(tenant, t -> new Use(clock.monotonicNanos(), own.burstBytes()));
  }

  /**
   * The refusal of each row, null where it is taken; cuts lines where the limits say so.
   *
   * @throws OverloadedException if the tenant sends more than its rate
   */
  @Nullable Refusal[] check(TenantId tenant, LogBatch batch) {
    LogLimits own = of(tenant);
    Use use = use(tenant, own);
    @Nullable Refusal[] refused = new Refusal[batch.rows()];
    @Nullable Refusal[] streams = streams(tenant, batch, own, use);
    boolean @Nullable [] keys = surplusKeys(batch, own, use);
    long bytes = 0;
    for (int row = 0; row < refused.length; row++) {
      Refusal refusal = streams[batch.stream(row)];
      if (refusal == null && keys != null) {
        refusal = keys(batch, row, keys, tenant, own);
      }
      long lineBytes = ValueText.utf8Length(batch.body(), row);
      if (refusal == null && own.lineBytesMax() > 0 && lineBytes > own.lineBytesMax()) {
        refusal = line(tenant, batch, row, lineBytes, own);
      }
      long metadataBytes = metadataBytes(batch.attributes(), row);
      if (refusal == null) {
        refusal = metadata(batch, row, metadataBytes, own);
      }
      refused[row] = refusal;
      bytes += refusal == null ? lineBytes + metadataBytes : 0;
    }
    takeRate(tenant, own, use, refused, bytes);
    return refused;
  }

  private void takeRate(
      TenantId tenant, LogLimits own, Use use, @Nullable Refusal[] refused, long bytes) {
    if (own.rateBytes() <= 0) {
      return;
    }
    boolean taken;
    synchronized (use) {
      taken = use.take(bytes, own, clock.monotonicNanos());
    }
    if (!taken) {
      long lines = Arrays.stream(refused).filter(each -> each == null).count();
      metrics
          .counter(
              "ghostworks_rejected_rows_total",
              "Rows that were refused.",
              Labels.of("signal", "logs", "tenant", tenant.value(), "reason", "rate_limited"))
          .add(lines);
      throw new OverloadedException(
          "ingestion rate limit exceeded for user %s (limit: %d bytes/sec) while attempting to ingest '%d' lines totaling '%d' bytes, reduce log volume or contact your Loki administrator to see if the limit can be increased"
              .formatted(tenant.value(), own.rateBytes(), lines, bytes),
          Duration.ofSeconds(1),
          true);
    }
  }

  private @Nullable Refusal[] streams(TenantId tenant, LogBatch batch, LogLimits own, Use use) {
    @Nullable Refusal[] refusals = new Refusal[batch.streams().size()];
    for (int stream = 0; stream < refusals.length; stream++) {
      Labels labels = batch.streams().labels(stream);
      refusals[stream] = labels(labels, own);
      if (refusals[stream] == null && own.streamsMax() > 0) {
        boolean known;
        synchronized (use) {
          known =
              use.streams.see(
                  batch.streams().hash(stream), own.streamsMax(), clock.monotonicNanos());
        }
        if (!known) {
          refusals[stream] =
              new Refusal(
                  Rejection.Reason.STREAM_LIMIT,
                  "maximum active stream limit exceeded when trying to create stream %s, reduce the number of active streams (reduce labels or reduce label values), or contact your Loki administrator to see if the limit can be increased, user: '%s'"
                      .formatted(labels, tenant.value()));
        }
      }
    }
    return refusals;
  }

  private static @Nullable Refusal labels(Labels labels, LogLimits own) {
    Refusal[] found = {null};
    int[] count = {labels.has(SERVICE_NAME) ? -1 : 0};
    labels.forEach((name, value) -> {
      count[0]++;
      if (found[0] != null) {
        return;
      }
      if (own.labelNameBytesMax() > 0 && utf8(name) > own.labelNameBytesMax()) {
        found[0] =
            new Refusal(
                Rejection.Reason.LABEL_NAME_TOO_LONG,
                "stream '%s' has label name too long: '%s'".formatted(labels, name));
      } else if (own.labelValueBytesMax() > 0 && utf8(value) > own.labelValueBytesMax()) {
        found[0] =
            new Refusal(
                Rejection.Reason.LABEL_VALUE_TOO_LONG,
                "stream '%s' has label value too long: '%s'".formatted(labels, value));
      }
    });
    if (own.labelsMax() > 0 && count[0] > own.labelsMax()) {
      return new Refusal(
          Rejection.Reason.TOO_MANY_LABELS,
          "entry for stream '%s' has %d label names; limit %d"
              .formatted(labels, count[0], own.labelsMax()));
    }
    return found[0];
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Which keys of the batch are beyond the tenant's budget; null if none is. */
  private boolean @Nullable [] surplusKeys(LogBatch batch, LogLimits own, Use use) {
    if (own.attributeKeysMax() <= 0) {
      return null;
    }
    boolean @Nullable [] surplus = null;
    long now = clock.monotonicNanos();
    synchronized (use) {
      for (int key = 0; key < batch.keys().size(); key++) {
        long slice = batch.keys().slice(key);
        long hash =
            Hashing.xxh3_64()
                .hashBytesToLong(
                    batch.keys().arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
        if (!use.keys.see(hash, own.attributeKeysMax(), now)) {
          if (surplus == null) {
            surplus = new boolean[batch.keys().size()];
          }
          surplus[key] = true;
        }
      }
    }
    return surplus;
  }

  private static @Nullable Refusal keys(
      LogBatch batch, int row, boolean[] surplus, TenantId tenant, LogLimits own) {
    String key = key(batch.attributes(), row, surplus);
    if (key == null) {
      key = key(batch.resources().attributes(), batch.resource(row), surplus);
    }
    if (key == null) {
      key = key(batch.scopes().attributes(), batch.scope(row), surplus);
    }
    return key == null
        ? null
        : new Refusal(
            Rejection.Reason.ATTRIBUTE_KEY_LIMIT,
            "a tenant may use %d distinct attribute keys in a day (max_attribute_keys), and '%s' would be one more, user: '%s'"
                .formatted(own.attributeKeysMax(), key, tenant.value()));
  }

  private static @Nullable String key(AttributeColumns attributes, int row, boolean[] surplus) {
    for (int entry = attributes.start(row), end = attributes.end(row); entry < end; entry++) {
      if (surplus[attributes.keyId(entry)]) {
        return attributes.key(entry);
      }
    }
    return null;
  }

  private @Nullable Refusal line(
      TenantId tenant, LogBatch batch, int row, long lineBytes, LogLimits own) {
    if (own.lineTruncated() && batch.body().type(row) == ValueColumn.STRING) {
      long slice = batch.body().payload(row);
      batch
          .body()
          .set(
              row,
              ValueColumn.STRING,
              ByteArena.slice(ByteArena.offset(slice), (int) own.lineBytesMax()));
      metrics
          .counter(
              "ghostworks_truncated_lines_total",
              "Lines that were cut to max_line_size.",
              Labels.of("tenant", tenant.value()))
          .add(1);
      return null;
    }
    return new Refusal(
        Rejection.Reason.LINE_TOO_LONG,
        "max entry size '%d' bytes exceeded for stream '%s' while adding an entry with length '%d' bytes"
            .formatted(own.lineBytesMax(), stream(batch, row), lineBytes));
  }

  private static long metadataBytes(AttributeColumns attributes, int row) {
    long bytes = 0;
    for (int entry = attributes.start(row), end = attributes.end(row); entry < end; entry++) {
      bytes += ByteArena.length(attributes.keys().slice(attributes.keyId(entry)));
      bytes +=
          ValueColumn.isSlice(attributes.values().type(entry))
              ? ByteArena.length(attributes.values().payload(entry))
              : Long.BYTES;
    }
    return bytes;
  }

  private static @Nullable Refusal metadata(
      LogBatch batch, int row, long metadataBytes, LogLimits own) {
    if (own.metadataBytesMax() > 0 && metadataBytes > own.metadataBytesMax()) {
      return new Refusal(
          Rejection.Reason.METADATA_TOO_LARGE,
          "stream '%s' has structured metadata too large: '%d' bytes, limit: '%d' bytes. Please see `limits_config.max_structured_metadata_size` or contact your Loki administrator to increase it"
              .formatted(stream(batch, row), metadataBytes, own.metadataBytesMax()));
    }
    int entries = batch.attributes().end(row) - batch.attributes().start(row);
    if (own.metadataEntriesMax() > 0 && entries > own.metadataEntriesMax()) {
      return new Refusal(
          Rejection.Reason.TOO_MUCH_METADATA,
          "stream '%s' has too many structured metadata labels: '%d', limit: '%d'. Please see `limits_config.max_structured_metadata_entries_count` or contact your Loki administrator to increase it"
              .formatted(stream(batch, row), entries, own.metadataEntriesMax()));
    }
    return null;
  }

  private static Labels stream(LogBatch batch, int row) {
    return batch.streams().labels(batch.stream(row));
  }
}
