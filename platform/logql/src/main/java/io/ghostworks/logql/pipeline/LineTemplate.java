package io.ghostworks.logql.pipeline;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.ghostworks.template.GoFunction;
import io.ghostworks.template.GoTime;
import io.ghostworks.template.TemplateException;
import io.ghostworks.template.TemplateLimits;
import io.ghostworks.template.TemplateSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A template over the labels of a record, with its line and its time at hand. */
final class LineTemplate {
  private static final String LINE = "__line__";
  private static final String TIMESTAMP = "__timestamp__";
  private static final Pattern ONLY_LABEL =
      Pattern.compile("\\{\\{-?\\s*\\.([A-Za-z_][A-Za-z0-9_]*)\\s*-?\\}\\}");
  private static final TemplateSet FUNCTIONS = TemplateSet.withFunctions(names());

  private final String name;
  private final TemplateSet templates;
  private final Map<String, GoFunction> functions;
  private Line current = new Line();

  private LineTemplate(String name, TemplateSet templates) {
    this.name = name;
    this.templates = templates;
    Map<String, GoFunction> all = new HashMap<>(LineFunctions.ALL);
    all.put(LINE, GoFunction.of(0, a -> current.text()));
    all.put(TIMESTAMP, GoFunction.of(0, a -> GoTime.ofEpochNanos(current.timeNanos())));
    this.functions = Map.copyOf(all);
  }

  private static java.util.Set<String> names() {
    java.util.Set<String> names = new java.util.HashSet<>(LineFunctions.ALL.keySet());
    names.add(LINE);
    names.add(TIMESTAMP);
    return names;
  }

  /**
   * Reads a template.
   *
   * @param prefix of the message where it is none
   * @throws IllegalArgumentException if it is none
   */
  static LineTemplate parse(String name, String text, String prefix) {
    try {
      return new LineTemplate(name, FUNCTIONS.parse(name, text));
    } catch (TemplateException e) {
      throw new IllegalArgumentException(prefix + e.getMessage(), e);
    }
  }

  /** The label that is all that a template writes, or null. */
  static @Nullable String onlyLabel(String text) {
    Matcher matcher = ONLY_LABEL.matcher(text);
    return text.length() < 256 && matcher.matches() ? matcher.group(1) : null;
  }

  /** What the template writes; null, with the error noted, where it fails. */
  @Nullable String render(Line line, LineLabels labels) {
    return render(line, labels, labels.toMap());
  }

  @Nullable String render(Line line, LineLabels labels, Map<String, String> values) {
    current = line;
    try {
      if (!templates.has(name)) {
        return "";
      }
      return templates.render(
          name, values, functions, TemplateSet.Mode.TEXT, TemplateLimits.DEFAULT);
    } catch (TemplateException e) {
      labels.error("TemplateFormatErr", String.valueOf(e.getMessage()));
      return null;
    }
  }
}
