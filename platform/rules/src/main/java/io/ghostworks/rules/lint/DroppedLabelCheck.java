package io.ghostworks.rules.lint;

import io.ghostworks.promql.ast.BinaryOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.VectorMatching;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Annotations and labels that write a label which the expression's result cannot have, because an
 * aggregation or a match drops it: the text has a hole there.
 */
final class DroppedLabelCheck implements ExpressionCheck {

  @Override
  public void check(LintSubject subject, Consumer<LintFinding> findings) {
    if (subject.kind() != LintSubject.Kind.ALERT) {
      return;
    }
    ResultLabels result = ResultLabels.of(subject.expression());
    Map<String, Set<String>> usersByLabel = new LinkedHashMap<>();
    collect("annotation", subject.about().annotations(), result, usersByLabel);
    collect("label", subject.about().labels(), result, usersByLabel);
    if (usersByLabel.isEmpty()) {
      return;
    }
    Set<String> users = new TreeSet<>();
    usersByLabel.values().forEach(users::addAll);
    LintFinding found =
        LintFinding.of(
            LintCheck.DROPPED_LABEL,
            subject.place(),
            "%s write%s $labels.%s, which the expression's result does not have: the text has a hole"
                .formatted(
                    String.join(", ", users),
                    users.size() == 1 ? "s" : "",
                    String.join(", $labels.", usersByLabel.keySet())));
    findings.accept(
        meansTheSameByGroup(subject.expression())
            ? keeping(subject.expression(), usersByLabel.keySet())
                .map(found::corrected)
                .orElse(found)
            : found);
  }

  /**
   * Whether more labels leave the meaning: sums and extremes that are too large. A count, or a sum
   * that is too small, means the whole; there the text is at fault.
   */
  private static boolean meansTheSameByGroup(Expr expression) {
    boolean[] same = {true};
    Expressions.walk(
        expression,
        each -> {
          switch (each) {
            case Expr.Aggregation aggregation ->
                same[0] &=
                    switch (aggregation.operator()) {
                      case SUM, AVG, MAX, TOPK, QUANTILE -> true;
                      default -> false;
                    };
            case Expr.Binary binary ->
                same[0] &=
                    !binary.operator().isComparison()
                        || binary.operator() == BinaryOperator.GREATER
                        || binary.operator() == BinaryOperator.GREATER_OR_EQUAL;
            default -> {}
          }
        });
    return same[0];
  }

  private static void collect(
      String kind,
      Map<String, String> texts,
      ResultLabels result,
      Map<String, Set<String>> usersByLabel) {
    texts.forEach((name, text) -> {
      for (String label : LintSubject.labelsUsed(text)) {
        if (!result.canHave(label)) {
          usersByLabel
              .computeIfAbsent(label, l -> new TreeSet<>())
              .add("the %s %s".formatted(kind, name));
        }
      }
    });
  }

  /** The expression with labels kept by its aggregations and matches, where that suffices. */
  static Optional<String> keeping(Expr expression, Set<String> labels) {
    Expr kept = keep(expression, labels);
    ResultLabels result = ResultLabels.of(kept);
    return labels.stream().allMatch(result::canHave) ? Expressions.checked(kept) : Optional.empty();
  }

  private static Expr keep(Expr expr, Set<String> labels) {
    return switch (expr) {
      case Expr.Aggregation aggregation -> {
        List<String> grouping = new ArrayList<>(aggregation.grouping());
        ResultLabels inner = ResultLabels.of(keep(aggregation.expr(), labels));
        for (String label : labels) {
          if (aggregation.without()) {
            grouping.remove(label);
          } else if (!aggregation.operator().selects()
              && !grouping.contains(label)
              && inner.canHave(label)) {
            grouping.add(label);
          }
        }
        yield new Expr.Aggregation(
            aggregation.operator(),
            keep(aggregation.expr(), labels),
            aggregation.parameter(),
            grouping,
            aggregation.without(),
            aggregation.position());
      }
      case Expr.Binary binary -> {
        Expr left = keep(binary.left(), labels);
        Expr right = keep(binary.right(), labels);
        yield new Expr.Binary(
            binary.operator(),
            left,
            right,
            keep(binary.matching(), ResultLabels.of(left), ResultLabels.of(right), labels),
            binary.returnBool());
      }
      case Expr.Parenthesized parenthesized ->
          new Expr.Parenthesized(keep(parenthesized.expr(), labels), parenthesized.position());
      case Expr.Unary unary ->
          new Expr.Unary(unary.minus(), keep(unary.expr(), labels), unary.start());
      case Expr.Call call ->
          new Expr.Call(
              call.function(),
              call.arguments().stream().map(argument -> keep(argument, labels)).toList(),
              call.position());
      default -> expr;
    };
  }

  private static @org.jspecify.annotations.Nullable VectorMatching keep(
      @org.jspecify.annotations.Nullable VectorMatching matching,
      ResultLabels left,
      ResultLabels right,
      Set<String> labels) {
    if (matching == null || matching.cardinality() != VectorMatching.Cardinality.ONE_TO_ONE) {
      return matching;
    }
    List<String> names = new ArrayList<>(matching.labels());
    for (String label : labels) {
      if (!matching.on()) {
        names.remove(label);
      } else if (!names.contains(label) && left.canHave(label) && right.canHave(label)) {
        names.add(label);
      }
    }
    return new VectorMatching(
        matching.cardinality(),
        names,
        matching.on(),
        matching.include(),
        matching.fillLeft(),
        matching.fillRight());
  }
}
