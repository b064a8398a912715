package io.ghostworks.series.head;

import java.util.List;

/**
 * Which labels of a tenant have the most series, values and bytes in a head generation; each list
 * descending, equal counts by name.
 *
 * @param series how many there are
 * @param labelPairs how many different pairs they have
 * @param seriesByMetric by metric name
 * @param valuesByLabel by label name
 * @param bytesByLabel what names and values of a label would take if each series had its own
 * @param seriesByPair by {@code name=value}
 */
public record LabelStatistics(
    int series,
    int labelPairs,
    List<Count> seriesByMetric,
    List<Count> valuesByLabel,
    List<Count> bytesByLabel,
    List<Count> seriesByPair) {

  /** Of a tenant without series. */
  public static final LabelStatistics NONE =
      new LabelStatistics(0, 0, List.of(), List.of(), List.of(), List.of());

  public LabelStatistics {
    seriesByMetric = List.copyOf(seriesByMetric);
    valuesByLabel = List.copyOf(valuesByLabel);
    bytesByLabel = List.copyOf(bytesByLabel);
    seriesByPair = List.copyOf(seriesByPair);
  }

  /** How much something named has. */
  public record Count(String name, long count) {}
}
