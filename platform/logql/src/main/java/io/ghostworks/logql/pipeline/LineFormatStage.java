package io.ghostworks.logql.pipeline;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** {@code | line_format}: the line is what the template makes of the labels. */
final class LineFormatStage implements PipelineStage {
  private static final byte[] EMPTY = {};

  private final LineTemplate template;
  private final @Nullable String onlyLabel;

  private LineFormatStage(LineTemplate template, @Nullable String onlyLabel) {
    this.template = template;
    this.onlyLabel = onlyLabel;
  }

  /**
   * Compiles a template.
   *
   * @throws IllegalArgumentException if it is none
   */
  static LineFormatStage of(String text) {
    return new LineFormatStage(
        LineTemplate.parse("line", text, "invalid line template: "), LineTemplate.onlyLabel(text));
  }

  @Override
  public boolean process(Line line, LineLabels labels) {
    String text;
    if (onlyLabel != null) {
      text = labels.find(onlyLabel);
    } else {
      text = template.render(line, labels);
      if (text == null) {
        return true;
      }
    }
    byte[] bytes = text == null ? EMPTY : text.getBytes(StandardCharsets.UTF_8);
    line.set(bytes, 0, bytes.length);
    return true;
  }
}
