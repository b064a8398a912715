package io.ghostworks.rules.lint;

import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Labels by which alerts are routed or grouped that the series of an expression have and its
 * aggregations drop.
 */
final class RoutingLabelCheck implements ExpressionCheck {
  private static final int SERIES_MAX = 50;

  private final LintData data;
  private final Set<String> routing;

  /**
   * @param routing labels that the route tree groups by or has conditions on
   */
  RoutingLabelCheck(LintData data, Set<String> routing) {
    this.data = data;
    this.routing = Set.copyOf(routing);
  }

  @Override
  public void check(LintSubject subject, Consumer<LintFinding> findings) {
    if (subject.kind() != LintSubject.Kind.ALERT || routing.isEmpty()) {
      return;
    }
    ResultLabels result = ResultLabels.of(subject.expression());
    Set<String> dropped = new TreeSet<>();
    for (String label : routing) {
      if (!result.canHave(label)
          && !subject.about().labels().containsKey(label)
          && !label.equals("alertname")
          && seriesHave(subject.expression(), label)) {
        dropped.add(label);
      }
    }
    if (dropped.isEmpty()) {
      return;
    }
    LintFinding found =
        LintFinding.of(
            LintCheck.DROPPED_ROUTING_LABEL,
            subject.place(),
            "the aggregation drops %s, by which alertmanager.yml routes or groups: its alerts go"
                    .formatted(String.join(", ", dropped))
                + " together, or elsewhere");
    findings.accept(
        DroppedLabelCheck.keeping(subject.expression(), dropped)
            .map(found::corrected)
            .orElse(found));
  }

  private boolean seriesHave(Expr expression, String label) {
    for (Expr.VectorSelector selector : Expressions.selectors(expression)) {
      for (Labels series : data.series(selector.matchers(), SERIES_MAX)) {
        if (series.has(label)) {
          return true;
        }
      }
    }
    return false;
  }
}
