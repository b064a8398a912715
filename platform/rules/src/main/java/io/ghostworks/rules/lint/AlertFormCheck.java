package io.ghostworks.rules.lint;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What an alert should have beside its expression: {@code for}, unless the rule says {@code for: 0}
 * or the expression looks over a long time itself, and an annotation {@code runbook_url}.
 */
final class AlertFormCheck implements ExpressionCheck {
  private static final long LONG_RANGE_MS = 10 * 60_000;
  private static final String SUGGESTED_FOR = "5m";
  private static final String RUNBOOK = "runbook_url";

  @Override
  public void check(LintSubject subject, Consumer<LintFinding> findings) {
    if (subject.kind() != LintSubject.Kind.ALERT) {
      return;
    }
    LintFinding.Place place =
        new LintFinding.Place(
            subject.place().file(),
            subject.about().line(),
            subject.place().group(),
            subject.place().name());
    String expression = subject.expression().toString();
    if (subject.about().holdFor().isEmpty() && isMomentary(subject.expression())) {
      findings.accept(
          LintFinding.of(
                  LintCheck.MISSING_FOR,
                  place,
                  "the alert has no for: it fires at the first sample that crosses the line, and"
                      + " flaps with every single one")
              .correctedRule(
                  RuleText.of(
                      subject, expression, SUGGESTED_FOR, UnaryOperator.identity(), Map.of())));
    }
    Map<String, String> annotations = subject.about().annotations();
    if (!annotations.containsKey(RUNBOOK) && !annotations.containsKey("runbook")) {
      findings.accept(
          LintFinding.of(
                  LintCheck.MISSING_RUNBOOK,
                  place,
                  "the alert has no annotation runbook_url: who is woken does not learn what to do")
              .correctedRule(
                  RuleText.of(
                      subject,
                      expression,
                      subject.about().holdFor(),
                      UnaryOperator.identity(),
                      Map.of(RUNBOOK, "https://runbooks.example.com/" + subject.place().name()))));
    }
  }

  /** Whether the condition may hold for a moment: it asks series, and none over a long time. */
  private static boolean isMomentary(Expr expression) {
    boolean[] selects = {false};
    boolean[] looksLong = {false};
    Expressions.walk(
        expression,
        each -> {
          switch (each) {
            case Expr.VectorSelector ignored -> selects[0] = true;
            case Expr.MatrixSelector matrix -> looksLong[0] |= matrix.rangeMs() >= LONG_RANGE_MS;
            case Expr.Subquery subquery -> looksLong[0] |= subquery.rangeMs() >= LONG_RANGE_MS;
            case Expr.Call call -> looksLong[0] |= call.function() == Function.ABSENT_OVER_TIME;
            default -> {}
          }
        });
    return selects[0] && !looksLong[0];
  }
}
