package io.ghostworks.rules.lint;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.VectorMatching;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Expressions that give nothing because a series that they need is not there: the alert can never
 * fire, the panel stays empty. What stands in for a missing side ({@code or}, {@code fill}, {@code
 * absent}) is respected.
 */
final class AbsentSeriesCheck implements ExpressionCheck {
  private static final PromqlParser PARSER = new PromqlParser(ParserOptions.ALL);

  private final Presence presence;
  private final LintData data;

  AbsentSeriesCheck(Presence presence, LintData data) {
    this.presence = presence;
    this.data = data;
  }

  @Override
  public void check(LintSubject subject, Consumer<LintFinding> findings) {
    List<Expr.VectorSelector> needed = emptying(subject.expression());
    List<String> told = new ArrayList<>();
    for (Expr.VectorSelector selector : needed) {
      Presence.Absence absence = presence.absence(selector).orElseThrow();
      if (told.contains(absence.reason())) {
        continue;
      }
      told.add(absence.reason());
      LintFinding found =
          LintFinding.of(
              LintCheck.ABSENT_SERIES,
              subject.place(),
              "%s: %s".formatted(consequence(subject, absence), absence.reason()));
      found = corrected(subject, selector, absence).map(found::corrected).orElse(found);
      findings.accept(absence.certain() ? found : found.asAdvice());
    }
  }

  private static String consequence(LintSubject subject, Presence.Absence absence) {
    return switch (subject.kind()) {
      case ALERT ->
          absence.certain() ? "the alert can never fire" : "the alert has nothing to fire on";
      case RECORD ->
          absence.certain() ? "the rule records nothing" : "the rule records nothing now";
      case PANEL -> absence.certain() ? "the panel stays empty" : "the panel is empty now";
    };
  }

  /** The selectors because of which an expression is empty; none if it may give something. */
  private List<Expr.VectorSelector> emptying(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral ignored -> List.of();
      case Expr.StringLiteral ignored -> List.of();
      case Expr.VectorSelector selector ->
          presence.absence(selector).isPresent() ? List.of(selector) : List.of();
      case Expr.MatrixSelector matrix -> emptying(matrix.selector());
      case Expr.Subquery subquery -> emptying(subquery.expr());
      case Expr.Aggregation aggregation -> emptying(aggregation.expr());
      case Expr.Binary binary -> emptying(binary);
      case Expr.Call call ->
          switch (call.function()) {
            case ABSENT, ABSENT_OVER_TIME, SCALAR_OF, VECTOR_OF, TIME, PI -> List.of();
            case INFO -> emptying(call.arguments().getFirst());
            default -> all(call.arguments());
          };
      case Expr.Parenthesized parenthesized -> emptying(parenthesized.expr());
      case Expr.Unary unary -> emptying(unary.expr());
    };
  }

  private List<Expr.VectorSelector> emptying(Expr.Binary binary) {
    VectorMatching matching = binary.matching();
    List<Expr.VectorSelector> left = emptying(binary.left());
    if (matching == null) {
      return all(List.of(binary.left(), binary.right()));
    }
    return switch (binary.operator()) {
      case UNLESS -> left;
      case OR -> {
        List<Expr.VectorSelector> right = emptying(binary.right());
        yield left.isEmpty() || right.isEmpty() ? List.of() : joined(left, right);
      }
      default ->
          matching.fillLeft() != null || matching.fillRight() != null
              ? List.of()
              : joined(left, emptying(binary.right()));
    };
  }

  private List<Expr.VectorSelector> all(List<Expr> expressions) {
    List<Expr.VectorSelector> found = new ArrayList<>();
    expressions.forEach(each -> found.addAll(emptying(each)));
    return found;
  }

  private static List<Expr.VectorSelector> joined(
      List<Expr.VectorSelector> left, List<Expr.VectorSelector> right) {
    List<Expr.VectorSelector> all = new ArrayList<>(left);
    all.addAll(right);
    return all;
  }

  /**
   * The expression with what was meant in all selectors with the same fault, where that answers.
   */
  private Optional<String> corrected(
      LintSubject subject, Expr.VectorSelector selector, Presence.Absence absence) {
    if (absence.instead().isEmpty()) {
      return Optional.empty();
    }
    Expr whole = subject.expression();
    for (Expr.VectorSelector each : Expressions.selectors(subject.expression())) {
      if (each.matchers().contains(absence.replaced())
          && Expressions.metric(each).equals(Expressions.metric(selector))) {
        Optional<Expr.VectorSelector> mended = mended(each, absence);
        if (mended.isEmpty()) {
          return Optional.empty();
        }
        whole = Expressions.replace(whole, each, mended.get());
      }
    }
    return Expressions.checked(whole).filter(text -> findsSeries(Expressions.parse(text)));
  }

  /** Thresholds may not be crossed now: it is enough that the selectors find series. */
  private boolean findsSeries(Expr expr) {
    return Expressions.selectors(expr).stream()
        .allMatch(selector -> !data.series(selector.matchers(), 1).isEmpty());
  }

  private static Optional<Expr.VectorSelector> mended(
      Expr.VectorSelector selector, Presence.Absence absence) {
    List<String> conditions = new ArrayList<>();
    for (LabelMatcher matcher : selector.matchers()) {
      if (matcher.equals(absence.replaced())) {
        conditions.add(
            matcher.label().equals(Labels.METRIC_NAME)
                ? new LabelMatcher.Equal(Labels.METRIC_NAME, absence.instead()).toString()
                : absence.instead());
      } else {
        conditions.add(matcher.toString());
      }
    }
    try {
      List<LabelMatcher> matchers = PARSER.parseSelector("{" + String.join(",", conditions) + "}");
      String name =
          matchers.stream()
              .filter(matcher -> matcher.label().equals(Labels.METRIC_NAME))
              .filter(LabelMatcher.Equal.class::isInstance)
              .map(matcher -> ((LabelMatcher.Equal) matcher).value())
              .findFirst()
              .orElse("");
      return Optional.of(
          new Expr.VectorSelector(
              selector.name().isEmpty() ? "" : name,
              matchers,
              selector.shift(),
              selector.extension(),
              selector.dataLabels(),
              selector.position()));
    } catch (PromqlParseException e) {
      return Optional.empty();
    }
  }
}
