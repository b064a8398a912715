package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.level.LevelColumns;
import io.ghostworks.query.series.SampleColumns;

/** A function over the range of each series. */
final class RangeStage implements SeriesStage {
  private final WindowedFunction function;
  private final boolean statisticsOnly;
  private final boolean namesNeeded;

  /**
   * @param statisticsOnly whether histograms are needed without their buckets
   * @param namesNeeded whether the labels of results are looked at as they are
   */
  RangeStage(WindowedFunction function, boolean statisticsOnly, boolean namesNeeded) {
    this.function = function;
    this.statisticsOnly = statisticsOnly;
    this.namesNeeded = namesNeeded;
  }

  @Override
  public int fill(Labels labels, SampleColumns samples, Series result) {
    SampleWindow window = function.window();
    window.load(labels, samples, statisticsOnly);
    LevelColumns levels = samples.levels();
    if (levels != null) {
      function.fillFromRows(samples, levels, result, namesNeeded);
      return window.loadedSize();
    }
    function.fill(result, false, namesNeeded);
    return window.loadedSize();
  }

  @Override
  public void close() {
    function.close();
  }
}
