package io.ghostworks.records;

import io.ghostworks.journal.JournalOptions;
import io.ghostworks.model.TenantId;
import java.time.Duration;
import java.util.function.Function;

/**
 * @param retention rows older than this are refused, and deleted with the part of their day
 * @param flushBytes rows in memory that begin a flush
 * @param flushInterval the longest time between flushes while there are rows in memory
 * @param deleteCancelPeriod how long a delete of log records only hides them
 * @param logLimits what tenants may send of log records, as it holds at the moment
 * @param spanLimits what they may send of spans, as it holds at the moment
 * @param futureMax how far ahead of the clock a span's time may be
 */
public record RecordsOptions(
    JournalOptions journal,
    RecordRetention retention,
    long flushBytes,
    Duration flushInterval,
    Duration futureMax,
    Duration deleteCancelPeriod,
    Function<TenantId, LogLimits> logLimits,
    Function<TenantId, SpanLimits> spanLimits) {

  /** What {@code serve} uses, with the retention of the settings. */
  public static RecordsOptions defaults(JournalOptions journal, RecordRetention retention) {
    return new RecordsOptions(
        journal,
        retention,
        48L << 20,
        Duration.ofMinutes(15),
        Duration.ofMinutes(10),
        Duration.ofHours(24),
        tenant -> LogLimits.defaults(),
        tenant -> SpanLimits.defaults());
  }

  /** With other limits of tenants. */
  public RecordsOptions withLimits(
      Function<TenantId, LogLimits> ofLogs, Function<TenantId, SpanLimits> ofSpans) {
    return new RecordsOptions(
        journal,
        retention,
        flushBytes,
        flushInterval,
        futureMax,
        deleteCancelPeriod,
        ofLogs,
        ofSpans);
  }
}
