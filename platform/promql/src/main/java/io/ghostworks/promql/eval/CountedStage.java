package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.series.SampleColumns;
import java.util.function.Consumer;

/** A stage whose samples are counted for somebody who asked. */
final class CountedStage implements SeriesStage {
  private final SeriesStage stage;
  private final Consumer<SampleColumns> count;

  CountedStage(SeriesStage stage, Consumer<SampleColumns> count) {
    this.stage = stage;
    this.count = count;
  }

  @Override
  public int fill(Labels labels, SampleColumns samples, Series result) {
    count.accept(samples);
    return stage.fill(labels, samples, result);
  }

  @Override
  public void close() {
    stage.close();
  }
}
