package io.ghostworks.server.loki;

import io.ghostworks.model.label.Labels;
import io.ghostworks.server.http.RequestException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bytes of lines by labels in the steps of a range. */
final class Volumes {

  private final Grouping grouping;
  private final int seriesMax;
  private final List<Map<Labels, Long>> steps = new ArrayList<>();

  /**
   * How streams are put together.
   *
   * @param byLabel for each label's name, rather than for the label sets
   * @param names only these labels count; all if it is empty
   */
  record Grouping(boolean byLabel, Set<String> names) {
    Grouping {
      names = Set.copyOf(names);
    }

    private boolean takes(String name) {
      return names.isEmpty() || names.contains(name);
    }
  }

  /**
   * @param seriesMax of one step; 0 for any number
   */
  Volumes(Grouping grouping, int stepCount, int seriesMax) {
    this.grouping = grouping;
    this.seriesMax = seriesMax;
    for (int i = 0; i < stepCount; i++) {
      steps.add(new HashMap<>());
    }
  }

  /** A sample of an answer. */
  record Sample(long timeMs, long bytes) {}

  /**
   * A series of an answer; its samples ascend.
   *
   * @param labels the label set; where labels are counted by name, that name with itself as value
   */
  record Series(Labels labels, List<Sample> samples) {}

  /** Adds what a stream has in a step. */
  void add(int step, Labels stream, long bytes) {
    Map<Labels, Long> sums = steps.get(step);
    if (grouping.byLabel()) {
      stream.forEach((name, value) -> {
        if (grouping.takes(name)) {
          sums.merge(Labels.of(name, name), bytes, Long::sum);
        }
      });
    } else {
      Labels.Builder kept = Labels.builder();
      stream.forEach((name, value) -> {
        if (grouping.takes(name)) {
          kept.set(name, value);
        }
      });
      sums.merge(kept.build(), bytes, Long::sum);
    }
    if (seriesMax != 0 && sums.size() > seriesMax) {
      throw RequestException.bad(
          "the query hit the max number of series limit (limit: %d series)".formatted(seriesMax));
    }
  }

  /**
   * The largest series of each step, the one with most bytes in its first step first.
   *
   * @param timesMs of the steps
   */
  List<Series> largest(int limit, long[] timesMs) {
    Map<Labels, List<Sample>> series = new HashMap<>();
    for (int step = 0; step < timesMs.length; step++) {
      long time = timesMs[step];
      steps.get(step).entrySet().stream()
          .sorted(
              Map.Entry.<Labels, Long>comparingByValue()
                  .reversed()
                  .thenComparing(Map.Entry.comparingByKey()))
          .limit(limit)
          .forEach(sum ->
              series
                  .computeIfAbsent(sum.getKey(), labels -> new ArrayList<>())
                  .add(new Sample(time, sum.getValue())));
    }
    return series.entrySet().stream()
        .map(entry -> new Series(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.<Series>comparingLong(one -> -one.samples().getFirst().bytes())
                .thenComparing(Series::labels))
        .toList();
  }
}
