package io.ghostworks.logql.pipeline;

import io.ghostworks.logql.pattern.LinePattern;

/** {@code | pattern}: what stands at the captures. */
final class PatternStage implements PipelineStage {
  private final LinePattern pattern;
  private final int[] spans;

  PatternStage(LinePattern pattern) {
    this.pattern = pattern;
    this.spans = new int[2 * pattern.names().size()];
  }

  @Override
  public boolean process(Line line, LineLabels labels) {
    if (labels.hints().wantsNothing()) {
      return true;
    }
    int found = pattern.capture(line.bytes(), line.from(), line.to(), spans);
    for (int i = 0; i < found; i++) {
      String name = labels.unique(pattern.names().get(i));
      if (labels.hints().wants(name)) {
        labels.set(name, LineText.raw(line.bytes(), spans[2 * i], spans[2 * i + 1]));
      }
    }
    return true;
  }
}
