package io.ghostworks.rules.lint;

import io.ghostworks.model.metric.MetricType;
import io.ghostworks.promql.ast.BinaryOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.promql.ast.PositionRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * What metadata say about metrics against what is done with them: a rate of a gauge, whose falls
 * are no resets, and a threshold for a counter, which is crossed once and for good.
 */
final class MetricTypeCheck implements ExpressionCheck {
  private static final long RANGE_MS = 5 * 60_000;

  private final LintData data;

  MetricTypeCheck(LintData data) {
    this.data = data;
  }

  @Override
  public void check(LintSubject subject, Consumer<LintFinding> findings) {
    Expressions.walk(
        subject.expression(),
        each -> {
          switch (each) {
            case Expr.Call call -> rate(subject, call, findings);
            case Expr.Binary binary -> threshold(subject, binary, findings);
            default -> {}
          }
        });
  }

  private void rate(LintSubject subject, Expr.Call call, Consumer<LintFinding> findings) {
    boolean counts =
        call.function() == Function.RATE
            || call.function() == Function.INCREASE
            || call.function() == Function.IRATE;
    if (!counts || !(call.arguments().getFirst() instanceof Expr.MatrixSelector matrix)) {
      return;
    }
    Optional<String> metric = Expressions.metric(matrix.selector());
    if (metric.isEmpty() || data.type(metric.get()).orElse(null) != MetricType.GAUGE) {
      return;
    }
    Function instead =
        switch (call.function()) {
          case RATE -> Function.DERIV;
          case INCREASE -> Function.DELTA;
          default -> Function.IDELTA;
        };
    accept(
        subject,
        call,
        new Expr.Call(instead, call.arguments(), call.position()),
        "%s takes every fall of %s for a reset, but it is a gauge; %s knows no resets"
            .formatted(call.function(), metric.get(), instead),
        findings);
  }

  private void threshold(LintSubject subject, Expr.Binary binary, Consumer<LintFinding> findings) {
    OptionalDouble limit = Expressions.number(binary.right());
    boolean crosses =
        (binary.operator() == BinaryOperator.GREATER
                || binary.operator() == BinaryOperator.GREATER_OR_EQUAL)
            && limit.isPresent();
    if (!crosses
        || subject.kind() != LintSubject.Kind.ALERT
        || !(Expressions.bare(binary.left()) instanceof Expr.VectorSelector selector)) {
      return;
    }
    Optional<String> metric = Expressions.metric(selector);
    if (metric.isEmpty() || data.type(metric.get()).orElse(null) != MetricType.COUNTER) {
      return;
    }
    Expr increase =
        new Expr.Call(
            Function.INCREASE,
            List.of(new Expr.MatrixSelector(selector, RANGE_MS, null, selector.position().end())),
            PositionRange.START);
    accept(
        subject,
        binary.left(),
        increase,
        "%s is a counter: once it has crossed %s the alert fires until the process restarts; compare"
                .formatted(metric.get(), binary.right())
            + " how much it grew",
        findings);
  }

  private static void accept(
      LintSubject subject, Expr part, Expr now, String reason, Consumer<LintFinding> findings) {
    LintFinding found = LintFinding.of(LintCheck.WRONG_TYPE, subject.place(), reason);
    findings.accept(
        Expressions.checked(Expressions.replace(subject.expression(), part, now))
            .map(found::corrected)
            .orElse(found));
  }
}
