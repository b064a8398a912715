package io.ghostworks.logql.pipeline;

import io.ghostworks.logql.syntax.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code | label_format}: labels are renamed, or made by templates. */
final class LabelFormatStage implements PipelineStage {
  private final List<Format> formats;

  /**
   * One of them.
   *
   * @param template null where a label is renamed
   */
  private record Format(String label, String from, @Nullable LineTemplate template) {}

  private LabelFormatStage(List<Format> formats) {
    this.formats = List.copyOf(formats);
  }

  /**
   * Compiles formats.
   *
   * @throws IllegalArgumentException if a template is none, or a label comes twice
   */
  static LabelFormatStage of(List<Stage.LabelFormat> formats) {
    Set<String> once = new HashSet<>();
    List<Format> compiled = new ArrayList<>();
    for (Stage.LabelFormat format : formats) {
      String label = format.label();
      if (label.equals(LineLabels.ERROR)) {
        throw new IllegalArgumentException(label + " cannot be formatted");
      }
      if (!once.add(label)) {
        throw new IllegalArgumentException(
            "multiple label name '%s' not allowed in a single format operation".formatted(label));
      }
      LineTemplate template =
          format.rename()
              ? null
              : LineTemplate.parse(
                  "label", format.value(), "invalid template for label '" + label + "': ");
      compiled.add(new Format(label, format.value(), template));
    }
    return new LabelFormatStage(compiled);
  }

  /** All templates see the labels as they were at the first one. */
  @Override
  public boolean process(Line line, LineLabels labels) {
    Map<String, String> before = new HashMap<>();
    for (Format format : formats) {
      LineTemplate template = format.template();
      if (template == null) {
        String value = labels.find(format.from());
        if (value != null) {
          labels.set(format.label(), value);
          labels.delete(format.from());
        }
        continue;
      }
      if (before.isEmpty()) {
        before.putAll(labels.toMap());
      }
      String value = template.render(line, labels, before);
      if (value != null) {
        labels.set(format.label(), value);
      }
    }
    return true;
  }
}
