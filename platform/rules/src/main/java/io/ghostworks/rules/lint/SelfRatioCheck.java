package io.ghostworks.rules.lint;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.promql.ast.AggregateOperator;
import io.ghostworks.promql.ast.BinaryOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.VectorMatching;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A division whose sides are the same series: {@code rate(x{code=~"5.."}[5m]) / rate(x[5m])}
 * matches each series with itself, so that the answer is 1 wherever there is one. Certain where
 * both sides have the same shape over one metric and match by all labels, and no aggregation
 * removes a label in whose conditions they differ.
 */
final class SelfRatioCheck implements ExpressionCheck {

  @Override
  public void check(LintSubject subject, Consumer<LintFinding> findings) {
    Expressions.walk(
        subject.expression(),
        each -> {
          if (each instanceof Expr.Binary binary
              && binary.operator() == BinaryOperator.DIVIDE
              && matchesByAllLabels(binary.matching())) {
            check(subject, binary, findings);
          }
        });
  }

  private static boolean matchesByAllLabels(@org.jspecify.annotations.Nullable VectorMatching m) {
    return m != null
        && m.cardinality() == VectorMatching.Cardinality.ONE_TO_ONE
        && !m.on()
        && m.labels().isEmpty()
        && m.fillLeft() == null
        && m.fillRight() == null;
  }

  private static void check(
      LintSubject subject, Expr.Binary binary, Consumer<LintFinding> findings) {
    Set<String> differing = new TreeSet<>();
    if (!sameShape(binary.left(), binary.right(), differing) || !keeps(binary.left(), differing)) {
      return;
    }
    LintFinding found =
        LintFinding.of(
            LintCheck.DIVIDES_ITSELF,
            subject.place(),
            "%s divides each series by itself: %s, so that it is 1 wherever it is anything"
                .formatted(
                    binary,
                    differing.isEmpty()
                        ? "both sides are the same"
                        : "both sides match by all labels, also by "
                            + String.join(", ", differing)));
    findings.accept(
        differing.isEmpty()
            ? found
            : corrected(subject, binary, differing).map(found::corrected).orElse(found));
  }

  /** Sums both sides without the labels in which they differ. */
  private static Optional<String> corrected(
      LintSubject subject, Expr.Binary binary, Set<String> differing) {
    Set<String> wanted = subject.labelsUsed();
    wanted.removeAll(differing);
    Expr ratio =
        new Expr.Binary(
            BinaryOperator.DIVIDE,
            summed(binary.left(), wanted, differing),
            summed(binary.right(), wanted, differing),
            VectorMatching.PLAIN,
            false);
    return Expressions.checked(Expressions.replace(subject.expression(), binary, ratio));
  }

  private static Expr summed(Expr side, Set<String> wanted, Set<String> differing) {
    if (Expressions.bare(side) instanceof Expr.Aggregation aggregation
        && aggregation.operator() == AggregateOperator.SUM) {
      Set<String> grouping = new TreeSet<>(aggregation.grouping());
      if (aggregation.without()) {
        grouping.addAll(differing);
      } else {
        grouping.removeAll(differing);
      }
      return new Expr.Aggregation(
          AggregateOperator.SUM,
          aggregation.expr(),
          null,
          List.copyOf(grouping),
          aggregation.without(),
          aggregation.position());
    }
    return Expressions.sum(Expressions.bare(side), wanted);
  }

  /**
   * Whether two expressions do the same with selectors of the same metric.
   *
   * @param differing takes the labels in whose conditions selectors differ
   */
  private static boolean sameShape(Expr left, Expr right, Set<String> differing) {
    Expr l = Expressions.bare(left);
    Expr r = Expressions.bare(right);
    return switch (l) {
      case Expr.VectorSelector selector ->
          r instanceof Expr.VectorSelector other && sameMetric(selector, other, differing);
      case Expr.MatrixSelector matrix ->
          r instanceof Expr.MatrixSelector other
              && matrix.rangeMs() == other.rangeMs()
              && Objects.equals(
                  String.valueOf(matrix.rangeExpression()), String.valueOf(other.rangeExpression()))
              && sameMetric(matrix.selector(), other.selector(), differing);
      case Expr.Call call ->
          r instanceof Expr.Call other
              && call.function() == other.function()
              && !changesLabels(call)
              && sameShapes(call.arguments(), other.arguments(), differing);
      case Expr.Aggregation aggregation ->
          r instanceof Expr.Aggregation other
              && aggregation.operator() == other.operator()
              && !aggregation.operator().hasParameter()
              && aggregation.without() == other.without()
              && Set.copyOf(aggregation.grouping()).equals(Set.copyOf(other.grouping()))
              && sameShape(aggregation.expr(), other.expr(), differing);
      case Expr.NumberLiteral number ->
          r instanceof Expr.NumberLiteral other && number.value() == other.value();
      default -> l.toString().equals(r.toString());
    };
  }

  private static boolean changesLabels(Expr.Call call) {
    return switch (call.function()) {
      case LABEL_JOIN, LABEL_REPLACE, INFO, ABSENT, ABSENT_OVER_TIME, SCALAR_OF -> true;
      default -> false;
    };
  }

  private static boolean sameShapes(List<Expr> left, List<Expr> right, Set<String> differing) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!sameShape(left.get(i), right.get(i), differing)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameMetric(
      Expr.VectorSelector left, Expr.VectorSelector right, Set<String> differing) {
    Optional<String> metric = Expressions.metric(left);
    if (metric.isEmpty()
        || !metric.equals(Expressions.metric(right))
        || left.extension() != right.extension()
        || !left.shift().toString().equals(right.shift().toString())) {
      return false;
    }
    Set<String> leftOnly = texts(left);
    Set<String> rightOnly = texts(right);
    leftOnly.removeAll(texts(right));
    rightOnly.removeAll(texts(left));
    for (Expr.VectorSelector side : List.of(left, right)) {
      for (LabelMatcher matcher : side.matchers()) {
        if (leftOnly.contains(matcher.toString()) || rightOnly.contains(matcher.toString())) {
          differing.add(matcher.label());
        }
      }
    }
    return true;
  }

  private static Set<String> texts(Expr.VectorSelector selector) {
    Set<String> texts = new TreeSet<>();
    selector.matchers().forEach(matcher -> texts.add(matcher.toString()));
    return texts;
  }

  /** Whether no aggregation removes one of the labels. */
  private static boolean keeps(Expr side, Set<String> labels) {
    ResultLabels result = ResultLabels.of(side);
    return labels.stream().allMatch(result::canHave);
  }
}
