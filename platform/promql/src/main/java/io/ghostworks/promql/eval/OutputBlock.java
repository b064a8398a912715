package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects results by labels, step after step. Two results with the same labels at one step are an
 * error, except in an instant query that removes metric names only at its end.
 */
final class OutputBlock {
  private final Query query;
  private final Grid grid;
  private final Map<Labels, Series> byLabels = new HashMap<>();
  private final List<Series> all = new ArrayList<>();

  OutputBlock(Query query, Grid grid) {
    this.query = query;
    this.grid = grid;
  }

  /** The series with these labels in which a step is still free. */
  Series at(Labels labels, boolean dropName, int step) {
    Series series = byLabels.get(labels);
    boolean taken = series != null && series.has(step);
    if (taken && !(grid.isInstant() && query.options().delayedNameRemoval())) {
      throw Query.sameLabelset();
    }
    if (series == null || taken) {
      series = Blocks.newSeries(query, labels, dropName, grid);
      byLabels.put(labels, series);
      all.add(series);
    }
    return series;
  }

  /** Everything collected, in the order of its coming. */
  List<Series> finish() {
    List<Series> kept = Blocks.withoutEmpty(query, all);
    for (Series series : kept) {
      query.hold(series.size());
    }
    return kept;
  }
}
