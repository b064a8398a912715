package io.ghostworks.logql.pipeline;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.ghostworks.logql.syntax.Stage;
import java.util.Collection;
import java.util.List;

/** The labels that stages look at, so that parsers before them know what is needed. */
final class StageLabels {
  private static final Pattern FIELD = Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_]*)");

  private StageLabels() {}

  static void collect(List<Stage> stages, Collection<String> out) {
    for (Stage stage : stages) {
      switch (stage) {
        case Stage.LabelStage label -> LabelTests.collectLabels(label.filter(), out);
        case Stage.LineFormat format -> fields(format.template(), out);
        case Stage.LabelFormats formats -> {
          for (Stage.LabelFormat format : formats.formats()) {
            if (format.rename()) {
              out.add(format.value());
            } else {
              fields(format.value(), out);
            }
          }
        }
        default -> {}
      }
    }
  }

  /** Whatever looks like a field counts, also where it is part of a text. */
  private static void fields(String template, Collection<String> out) {
    Matcher matcher = FIELD.matcher(template);
    while (matcher.find()) {
      out.add(matcher.group(1));
    }
  }
}
