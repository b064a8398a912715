package io.ghostworks.series;

import io.ghostworks.journal.JournalOptions;
import io.ghostworks.model.TenantId;
import java.time.Duration;
import java.util.function.Function;

/**
 * How the series engine behaves.
 *
 * @param retention how long samples are kept, and how many bytes
 * @param futureLimit how far ahead of the clock a sample may be
 * @param flushInterval how long samples stay in memory at most before they stand in a part; at most
 *     15 minutes, so that the journal stays short
 * @param exemplarsPerSeriesMax the newest that are kept of each series
 * @param exemplarsMax of all series together
 * @param journal sizes and durability of the journal
 * @param limits what each tenant may store; asked once a batch
 */
public record SeriesOptions(
    RetentionPolicy retention,
    Duration futureLimit,
    Duration flushInterval,
    int exemplarsPerSeriesMax,
    int exemplarsMax,
    JournalOptions journal,
    Function<TenantId, SeriesLimits> limits) {
  private static final Duration FLUSH_INTERVAL_MAX = Duration.ofMinutes(15);

  public SeriesOptions {
    if (futureLimit.isNegative()) {
      throw new IllegalArgumentException(
          "the limit of the future must not be negative, got %s".formatted(futureLimit));
    }
    if (!flushInterval.isPositive() || flushInterval.compareTo(FLUSH_INTERVAL_MAX) > 0) {
      throw new IllegalArgumentException(
          "the flush interval must be above 0 and at most 15m, got %s".formatted(flushInterval));
    }
    if (exemplarsPerSeriesMax < 0 || exemplarsMax < 0) {
      throw new IllegalArgumentException("the numbers of exemplars must not be negative");
    }
  }

  /** 30 days of retention, 10 minutes ahead, a flush each 15 minutes. */
  public static SeriesOptions defaults() {
    return new SeriesOptions(
        RetentionPolicy.defaults(),
        Duration.ofMinutes(10),
        FLUSH_INTERVAL_MAX,
        10,
        100_000,
        JournalOptions.defaults(),
        tenant -> SeriesLimits.defaults());
  }

  /** With raw samples kept for a time, and no rules. */
  public SeriesOptions withRetention(Duration raw) {
    return withRetention(RetentionPolicy.ofRaw(raw));
  }

  public SeriesOptions withRetention(RetentionPolicy newRetention) {
    return new SeriesOptions(
        newRetention,
        futureLimit,
        flushInterval,
        exemplarsPerSeriesMax,
        exemplarsMax,
        journal,
        limits);
  }

  public SeriesOptions withJournal(JournalOptions newJournal) {
    return new SeriesOptions(
        retention,
        futureLimit,
        flushInterval,
        exemplarsPerSeriesMax,
        exemplarsMax,
        newJournal,
        limits);
  }

  public SeriesOptions withLimits(Function<TenantId, SeriesLimits> newLimits) {
    return new SeriesOptions(
        retention,
        futureLimit,
        flushInterval,
        exemplarsPerSeriesMax,
        exemplarsMax,
        journal,
        newLimits);
  }

  /** With at most so many exemplars of all series together; 0 keeps none. */
  public SeriesOptions withExemplarsMax(int newExemplarsMax) {
    return new SeriesOptions(
        retention,
        futureLimit,
        flushInterval,
        exemplarsPerSeriesMax,
        newExemplarsMax,
        journal,
        limits);
  }
}
