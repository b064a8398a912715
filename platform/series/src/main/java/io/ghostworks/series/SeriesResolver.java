package io.ghostworks.series;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.LabelSetTable;
import java.util.function.Supplier;

/**
 * Finds the series of a batch's label sets, and begins new ones where labels, limits and memory
 * allow it. Used by the holder of the admission lock.
 */
final class SeriesResolver {
  /** Stands for a series where there is none. */
  static final int REFUSED = -1;

  private static final int UNRESOLVED = 0;

  private final Head head;
  private final LabelMemory labelMemory;
  private final NumberedSets numbers;
  private final SenderCache senders = new SenderCache();
  private int[] seriesOfSet = {};
  private int resolved;

  /**
   * @param numbers gets the numbers of the series that are found
   */
  SeriesResolver(Head head, LabelMemory labelMemory, NumberedSets numbers) {
    this.numbers = numbers;
    this.head = head;
    this.labelMemory = labelMemory;
  }

  void begin(ArrivingBatch batch) {
    int[] known = senders.find(batch.tenant(), batch.rows(), head.index());
    seriesOfSet = known == null ? new int[batch.rows().sets().size()] : known;
    resolved = 0;
  }

  void end(ArrivingBatch batch) {
    numbers.remember(batch.tenant(), batch.rows().sets(), seriesOfSet, head.index());
    if (resolved > 0) {
      senders.put(batch.tenant(), batch.rows(), head.index(), seriesOfSet);
    }
  }

  /** The number of the row's series, or {@link #REFUSED}. */
  int series(ArrivingBatch batch, int row) {
    int set = batch.rows().set(row);
    int known = seriesOfSet[set];
    int series = known == UNRESOLVED ? resolve(batch, row, set) : known - 1;
    return series == REFUSED || head.states().isActive(series) || activate(batch, row, set, series)
        ? series
        : REFUSED;
  }

  /**
   * The number of a set's series also where the batch has no row of it, as senders may give
   * exemplars apart; negative if no such series is known.
   */
  int findSeries(ArrivingBatch batch, int set) {
    if (seriesOfSet[set] == UNRESOLVED) {
      seriesOfSet[set] = 1 + find(batch, set);
    }
    return seriesOfSet[set] - 1;
  }

  private int find(ArrivingBatch batch, int set) {
    LabelSetTable sets = batch.rows().sets();
    int numbered = head.index().find(batch.tenantNumber(), sets.number(set));
    if (numbered >= 0) {
      return numbered;
    }
    long slice = sets.slice(set);
    return head.index()
        .find(
            batch.tenantNumber(),
            sets.hash(set),
            sets.arena().array(),
            ByteArena.offset(slice),
            ByteArena.length(slice));
  }

  private int resolve(ArrivingBatch batch, int row, int set) {
    int series = find(batch, set);
    if (series < 0) {
      LabelSetTable sets = batch.rows().sets();
      byte[] packed = sets.arena().array();
      int offset = ByteArena.offset(sets.slice(set));
      int length = ByteArena.length(sets.slice(set));
      LabelRules.Violation violation = LabelRules.violation(packed, offset, length, batch.limits());
      if (violation != null) {
        // Not remembered: the limits may be others when the set comes again.
        refuseSet(batch, row, set, violation);
        return REFUSED;
      }
      if (!hasRoom(batch, row, set) || !hasMemory(batch, row, set)) {
        return REFUSED;
      }
      series = head.add(batch.tenantNumber(), sets.hash(set), packed, offset, length);
    }
    seriesOfSet[set] = series + 1;
    resolved++;
    return series;
  }

  private static void refuseSet(
      ArrivingBatch batch, int row, int set, LabelRules.Violation violation) {
    if (!violation.limit().isEmpty()) {
      batch.account().refusedSeries(violation.limit(), batch.metric(set));
    }
    batch
        .rejections()
        .add(Reason.INVALID_LABELS, () -> violation.rule() + " (row %d)".formatted(row));
  }

  private boolean activate(ArrivingBatch batch, int row, int set, int series) {
    if (!hasRoom(batch, row, set)) {
      return false;
    }
    head.states().active(series, true);
    batch.account().began(batch.metric(set), batch.nowMs());
    return true;
  }

  private boolean hasRoom(ArrivingBatch batch, int row, int set) {
    SeriesLimits limits = batch.limits();
    if (batch.account().activeSeries() >= limits.activeSeriesMax()) {
      refuseSeries(
          batch,
          set,
          "active_series_max",
          () ->
              "tenant %s must have at most %d active series (limits.active_series_max), got one more: %s (row %d)"
                  .formatted(batch.tenant(), limits.activeSeriesMax(), batch.showSet(set), row));
      return false;
    }
    String metric = batch.metric(set);
    int active = batch.account().activeSeries(metric);
    int ofMetric = active >= 0 ? active : head.index().seriesOfMetric(batch.tenantNumber(), metric);
    if (ofMetric >= limits.seriesPerMetricMax()) {
      refuseSeries(
          batch,
          set,
          "series_per_metric_max",
          () ->
              "metric %s of tenant %s must have at most %d active series (limits.series_per_metric_max), got one more: %s (row %d)"
                  .formatted(
                      metric,
                      batch.tenant(),
                      limits.seriesPerMetricMax(),
                      batch.showSet(set),
                      row));
      return false;
    }
    return true;
  }

  private boolean hasMemory(ArrivingBatch batch, int row, int set) {
    if (labelMemory.hasRoom(batch.tenantNumber())) {
      return true;
    }
    refuseSeries(
        batch,
        set,
        "memory",
        () ->
            labelMemory.refusal(
                batch.tenant(),
                batch.tenantNumber(),
                "%s (row %d)".formatted(batch.showSet(set), row),
                batch.nowMs()));
    return false;
  }

  private static void refuseSeries(
      ArrivingBatch batch, int set, String limit, Supplier<String> rule) {
    batch.account().refusedSeries(limit, batch.metric(set));
    batch.rejections().add(Reason.LIMIT_EXCEEDED, rule);
  }
}
