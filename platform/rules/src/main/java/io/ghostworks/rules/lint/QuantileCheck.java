package io.ghostworks.rules.lint;

import io.ghostworks.promql.ast.AggregateOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A quantile of classic buckets: where an aggregation drops {@code le} there are no buckets any
 * more and never an answer, a mistake; where there is no aggregation every single series gets a
 * quantile of its own, which may be wanted. Native histograms have no buckets as series and are
 * left alone: only metrics whose name ends in {@code _bucket} are looked at.
 */
final class QuantileCheck implements ExpressionCheck {

  @Override
  public void check(LintSubject subject, Consumer<LintFinding> findings) {
    Expressions.walk(
        subject.expression(),
        each -> {
          if (each instanceof Expr.Call call
              && (call.function() == Function.HISTOGRAM_QUANTILE
                  || call.function() == Function.HISTOGRAM_FRACTION)) {
            Expr buckets = call.arguments().getLast();
            if (isClassic(buckets)) {
              check(subject, call, buckets, findings);
            }
          }
        });
  }

  private static boolean isClassic(Expr buckets) {
    List<Expr.VectorSelector> selectors = Expressions.selectors(buckets);
    return !selectors.isEmpty()
        && selectors.stream()
            .allMatch(selector -> Expressions.metric(selector).orElse("").endsWith("_bucket"));
  }

  private static void check(
      LintSubject subject, Expr.Call call, Expr buckets, Consumer<LintFinding> findings) {
    if (!ResultLabels.of(buckets).canHave("le")) {
      Expr kept = keepingLe(buckets);
      findings.accept(
          corrected(
              LintFinding.of(
                  LintCheck.QUANTILE_WITHOUT_LE,
                  subject.place(),
                  "%s drops the label le, by which %s tells buckets apart, so that it never gives"
                          .formatted(buckets, call.function())
                      + " anything"),
              subject,
              buckets,
              kept));
    } else if (!hasAggregation(buckets)) {
      Set<String> by = new TreeSet<>(subject.labelsUsed());
      by.add("le");
      findings.accept(
          corrected(
                  LintFinding.of(
                      LintCheck.QUANTILE_WITHOUT_LE,
                      subject.place(),
                      "%s has no sum by (le): it gives a quantile of every single series, each"
                              .formatted(call)
                          + " instance, path and method on its own, from few observations; sum the"
                          + " buckets of what is meant"),
                  subject,
                  buckets,
                  Expressions.sum(buckets, by))
              .asAdvice());
    }
  }

  private static LintFinding corrected(
      LintFinding finding, LintSubject subject, Expr part, Expr now) {
    return Expressions.checked(Expressions.replace(subject.expression(), part, now))
        .map(finding::corrected)
        .orElse(finding);
  }

  private static boolean hasAggregation(Expr expr) {
    boolean[] found = {false};
    Expressions.walk(
        expr,
        each ->
            found[0] |=
                each instanceof Expr.Aggregation
                    || (each instanceof Expr.Binary)
                    || (each instanceof Expr.VectorSelector selector
                        && Expressions.metric(selector).orElse("").contains(":")));
    return found[0];
  }

  /** With {@code le} kept by every aggregation on the way to the buckets. */
  private static Expr keepingLe(Expr expr) {
    return switch (expr) {
      case Expr.Aggregation aggregation -> {
        List<String> grouping = new ArrayList<>(aggregation.grouping());
        if (aggregation.without()) {
          grouping.remove("le");
        } else if (!grouping.contains("le") && !aggregation.operator().selects()) {
          grouping.add("le");
        }
        yield new Expr.Aggregation(
            aggregation.operator() == AggregateOperator.AVG
                ? AggregateOperator.SUM
                : aggregation.operator(),
            keepingLe(aggregation.expr()),
            aggregation.parameter(),
            grouping,
            aggregation.without(),
            aggregation.position());
      }
      case Expr.Parenthesized parenthesized ->
          new Expr.Parenthesized(keepingLe(parenthesized.expr()), parenthesized.position());
      case Expr.Call call ->
          new Expr.Call(
              call.function(),
              call.arguments().stream().map(QuantileCheck::keepingLe).toList(),
              call.position());
      default -> expr;
    };
  }
}
