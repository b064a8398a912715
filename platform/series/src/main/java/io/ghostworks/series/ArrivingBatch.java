package io.ghostworks.series;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A batch while it is decided about: whose it is, under which limits, when, and what of it was
 * refused so far.
 *
 * @param tenantNumber the tenant's number in the head's current generation
 * @param nowMs the clock when it came
 * @param longestKept the longest retention of any of the tenant's series
 * @param shortestKept the shortest retention of any of the tenant's series
 */
record ArrivingBatch(
    TenantId tenant,
    int tenantNumber,
    TenantAccount account,
    SeriesLimits limits,
    SeriesBatch rows,
    long nowMs,
    Duration longestKept,
    Duration shortestKept,
    Rejections rejections) {

  /** Refuses a row; the rule's sentence is completed by the row's series. */
  void refuse(int row, Reason reason, Supplier<String> rule) {
    rejections.add(
        reason, () -> "%s for %s (row %d)".formatted(rule.get(), showSet(rows.set(row)), row));
  }

  /** The name of a set's metric; "" where it has none. */
  String metric(int set) {
    long slice = rows.sets().slice(set);
    String metric =
        LabelSetTable.find(
            rows.sets().arena().array(),
            ByteArena.offset(slice),
            ByteArena.length(slice),
            Labels.METRIC_NAME);
    return metric == null ? "" : metric;
  }

  /** A set's labels for a message. */
  String showSet(int set) {
    long slice = rows.sets().slice(set);
    return LabelRules.show(
        rows.sets().arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
  }

  static String show(long timeMs) {
    return Instant.ofEpochMilli(timeMs).toString();
  }

  static String show(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
