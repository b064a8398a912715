package io.ghostworks.rules.lint;

import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.template.PrometheusTemplate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An expression that is looked at, with what stands around it.
 *
 * @param place of the expression
 * @param expression of the rule or panel
 */
public record LintSubject(LintFinding.Place place, Kind kind, Expr expression, About about) {

  /** What the expression is for. */
  public enum Kind {
    ALERT,
    RECORD,
    PANEL
  }

  /**
   * What stands beside the expression.
   *
   * @param line of the rule itself
   * @param holdFor the text of {@code for}; "" where it is not there
   * @param keepFiringFor the text of {@code keep_firing_for}; "" where it is not there
   * @param labels texts by name, those of the group included
   * @param annotations texts by name
   */
  public record About(
      int line,
      String holdFor,
      String keepFiringFor,
      Map<String, String> labels,
      Map<String, String> annotations) {
    public About {
      labels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(labels));
      annotations = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    /** Of an expression on its own. */
    public static final About NOTHING = new About(0, "", "", Map.of(), Map.of());
  }

  /** The labels of the result that annotations and labels write. */
  Set<String> labelsUsed() {
    Set<String> used = new TreeSet<>();
    for (Map<String, String> texts : java.util.List.of(about.labels, about.annotations)) {
      texts.values().forEach(text -> used.addAll(labelsUsed(text)));
    }
    used.remove(Labels.METRIC_NAME);
    return used;
  }

  static Set<String> labelsUsed(String template) {
    return PrometheusTemplate.parse("lint", template).labelsUsed();
  }
}
