package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is done with whole sets of series: making and giving up, merging those of equal labels. */
final class Blocks {
  private static final long SERIES_BYTES = 96;

  private Blocks() {}

  /** A series without values; its memory is taken from the query's. */
  static Series newSeries(Query query, Labels labels, boolean dropName, Grid grid) {
    query.context().reserve(bytes(grid.steps()));
    return new Series(labels, dropName, grid.steps());
  }

  /** Gives the memory of a series back. */
  static void release(Query query, Series series) {
    query.context().release(bytes(series.steps()));
  }

  /** Gives up series whose samples are counted as held. */
  static void discard(Query query, List<Series> block) {
    for (Series series : block) {
      query.drop(series.size());
      release(query, series);
    }
  }

  /** The memory of a series. */
  static long bytes(int steps) {
    return SERIES_BYTES + 8L * steps;
  }

  /** Gives up series that turned out to have no value. */
  static List<Series> withoutEmpty(Query query, List<Series> block) {
    List<Series> kept = new ArrayList<>(block.size());
    for (Series series : block) {
      if (series.isEmpty()) {
        release(query, series);
      } else {
        kept.add(series);
      }
    }
    return kept;
  }

  /**
   * The series in the order of their labels. What depends on the order of its input asks for this
   * one, so that a step gives the same whatever other steps are evaluated with it: operators hand
   * on their results in the order in which the steps bring them up.
   */
  static List<Series> inOrder(Query query, List<Series> block) {
    query.work(block.size());
    for (int i = 1; i < block.size(); i++) {
      if (block.get(i - 1).labels().compareTo(block.get(i).labels()) > 0) {
        List<Series> ordered = new ArrayList<>(block);
        ordered.sort(Comparator.comparing(Series::labels));
        return ordered;
      }
    }
    return block;
  }

  /** Whether two series have the same labels. */
  static boolean hasSameLabels(List<Series> block) {
    if (block.size() < 2) {
      return false;
    }
    Set<Labels> seen = new HashSet<>(block.size() * 2);
    for (Series series : block) {
      if (!seen.add(series.labels())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Makes one series of those with the same labels; it is an error if two have a value at the same
   * step.
   */
  static List<Series> merge(Query query, List<Series> block) {
    if (!hasSameLabels(block)) {
      return block;
    }
    Map<Labels, Series> byLabels = new HashMap<>();
    List<Series> merged = new ArrayList<>();
    for (Series series : block) {
      Series first = byLabels.putIfAbsent(series.labels(), series);
      if (first == null) {
        merged.add(series);
        continue;
      }
      moveInto(query, first, series);
    }
    return merged;
  }

  /** Moves the values of a series into another of the same labels, and gives it up. */
  static void moveInto(Query query, Series first, Series series) {
    query.work(series.steps());
    for (int step = 0; step < series.steps(); step++) {
      if (series.has(step)) {
        if (first.has(step)) {
          throw Query.sameLabelset();
        }
        first.copy(step, series, step);
      }
    }
    release(query, series);
  }
}
