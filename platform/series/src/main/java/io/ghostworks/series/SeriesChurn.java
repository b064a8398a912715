package io.ghostworks.series;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which metrics of a tenant have series that begin and end.
 *
 * @param hourStartsMs the beginnings of the hours that are told, the current one first
 * @param metrics with the most series begun and ended, in that order
 * @param others the sums of metrics that are not counted one by one; null where there are none
 */
public record SeriesChurn(List<Long> hourStartsMs, List<Metric> metrics, @Nullable Metric others) {

  public SeriesChurn {
    hourStartsMs = List.copyOf(hourStartsMs);
    metrics = List.copyOf(metrics);
  }

  /**
   * @param active series with a sample in the last hour
   * @param began by hour, the current one first
   * @param ended by hour, the current one first
   */
  public record Metric(String name, int active, List<Integer> began, List<Integer> ended) {

    public Metric {
      began = List.copyOf(began);
      ended = List.copyOf(ended);
    }

    /** How many began and ended in all hours. */
    public long changes() {
      return began.stream().mapToLong(Integer::longValue).sum()
          + ended.stream().mapToLong(Integer::longValue).sum();
    }
  }
}
