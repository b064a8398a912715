package io.ghostworks.rules.lint;

import com.google.re2j.Pattern;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.promql.ast.AggregateOperator;
import io.ghostworks.promql.ast.BinaryOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.promql.ast.VectorMatching;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * An alert on errors a second that reads like one on a share of errors: {@code
 * rate(http_requests_total{status=~"5.."}[5m]) > 0.05} fires at one error in twenty seconds,
 * however many requests there are. Found where a rate of a counter, limited to failures by a label,
 * is compared with a number between 0 and 1 and divided by nothing. It is a mistake where the rule
 * calls it a rate, ratio or share of errors; else advice.
 */
final class ErrorRateCheck implements ExpressionCheck {
  private static final Set<String> STATUS_LABELS =
      Set.of(
          "status",
          "status_code",
          "code",
          "http_status",
          "http_status_code",
          "http_code",
          "response_code",
          "http_response_status_code",
          "grpc_code",
          "grpc_status",
          "rpc_grpc_status_code",
          "result",
          "outcome");
  private static final Pattern FAILURE =
      Pattern.compile("(?i)\\^?\\(*(\\[?[45][0-9x.|\\[\\]].*|error.*|fail.*)");
  private static final Pattern RATIO_WORDS =
      Pattern.compile("(?i)error[ _-]?(rate|share|budget)|percent|ratio|\\}\\}\\s*%");
  private static final Pattern PER_SECOND =
      Pattern.compile(
          "(\\{\\{-?\\s*)(\\$value|\\.Value)(\\s*\\|\\s*(?:humanize|printf"
              + " \"[^\"]*\"))?(\\s*-?\\}\\})"
              + "\\s*(?:requests?|reqs?|errors?)?\\s*(?:/|per)\\s*(?:seconds?|secs?|s)\\b");

  @Override
  public void check(LintSubject subject, Consumer<LintFinding> findings) {
    if (subject.kind() != LintSubject.Kind.ALERT) {
      return;
    }
    Expressions.walk(
        subject.expression(),
        each -> {
          if (each instanceof Expr.Binary binary && isThreshold(binary)) {
            check(subject, binary, findings);
          }
        });
  }

  private static boolean isThreshold(Expr.Binary binary) {
    OptionalDouble limit = Expressions.number(binary.right());
    return (binary.operator() == BinaryOperator.GREATER
            || binary.operator() == BinaryOperator.GREATER_OR_EQUAL)
        && limit.isPresent()
        && limit.getAsDouble() > 0
        && limit.getAsDouble() < 1;
  }

  private static void check(
      LintSubject subject, Expr.Binary comparison, Consumer<LintFinding> findings) {
    Expr.Call rate = rate(comparison.left());
    if (rate == null || !(rate.arguments().getFirst() instanceof Expr.MatrixSelector matrix)) {
      return;
    }
    Expr.VectorSelector selector = matrix.selector();
    List<LabelMatcher> failures =
        selector.matchers().stream().filter(ErrorRateCheck::selectsFailures).toList();
    String metric = Expressions.metric(selector).orElse("");
    boolean countsAll = metric.endsWith("_total") || metric.endsWith("_count");
    if (failures.isEmpty() || !countsAll) {
      return;
    }
    double limit = Expressions.number(comparison.right()).orElse(0);
    LintFinding found =
        LintFinding.of(
            LintCheck.ABSOLUTE_ERROR_RATE,
            subject.place(),
            ("%s is a number of failures a second, not a share: it fires at one failure every %.3g"
                    + " s, whether there are ten requests or ten million; divide by the rate of all"
                    + " requests")
                .formatted(comparison, 1 / limit));
    Expr ratio = ratio(subject, comparison.left(), rate, matrix, failures);
    Expr whole = Expressions.replace(subject.expression(), comparison.left(), ratio);
    Optional<String> corrected = Expressions.checked(whole);
    if (corrected.isPresent()) {
      found =
          found
              .corrected(corrected.get())
              .correctedRule(RuleText.of(subject, corrected.get(), ErrorRateCheck::asShare));
    }
    findings.accept(callsItShare(subject) ? found : found.asAdvice());
  }

  /** The rate that is compared: on its own, or summed. */
  private static Expr.@org.jspecify.annotations.Nullable Call rate(Expr expr) {
    return switch (Expressions.bare(expr)) {
      case Expr.Call call
          when call.function() == Function.RATE || call.function() == Function.IRATE ->
          call;
      case Expr.Aggregation aggregation when aggregation.operator() == AggregateOperator.SUM ->
          rate(aggregation.expr());
      default -> null;
    };
  }

  private static boolean selectsFailures(LabelMatcher matcher) {
    if (!STATUS_LABELS.contains(matcher.label())) {
      return false;
    }
    return switch (matcher) {
      case LabelMatcher.Equal equal -> FAILURE.matches(equal.value());
      case LabelMatcher.Matches matches -> FAILURE.matches(matches.regex().source());
      case LabelMatcher.NotEqual ignored -> false;
      case LabelMatcher.NotMatches ignored -> false;
    };
  }

  private static boolean callsItShare(LintSubject subject) {
    List<String> texts = new ArrayList<>(subject.about().annotations().values());
    texts.add(subject.place().name());
    return texts.stream().anyMatch(text -> RATIO_WORDS.matcher(text).find());
  }

  /** Failures by all, summed by the labels that the sum kept or the annotations use. */
  private static Expr ratio(
      LintSubject subject,
      Expr compared,
      Expr.Call rate,
      Expr.MatrixSelector matrix,
      List<LabelMatcher> failures) {
    Expr.VectorSelector selector = matrix.selector();
    List<LabelMatcher> rest = new ArrayList<>(selector.matchers());
    rest.removeAll(failures);
    Expr.VectorSelector all =
        new Expr.VectorSelector(
            selector.name(),
            rest,
            selector.shift(),
            selector.extension(),
            selector.dataLabels(),
            selector.position());
    Expr ofAll =
        new Expr.Call(
            rate.function(),
            List.of(
                new Expr.MatrixSelector(
                    all, matrix.rangeMs(), matrix.rangeExpression(), matrix.end())),
            rate.position());
    return new Expr.Binary(
        BinaryOperator.DIVIDE,
        summed(subject, compared, rate, failures),
        summed(subject, compared, ofAll, failures),
        VectorMatching.PLAIN,
        false);
  }

  private static Expr summed(
      LintSubject subject, Expr compared, Expr rate, List<LabelMatcher> failures) {
    Set<String> status = new TreeSet<>();
    failures.forEach(matcher -> status.add(matcher.label()));
    if (Expressions.bare(compared) instanceof Expr.Aggregation aggregation) {
      Set<String> grouping = new TreeSet<>(aggregation.grouping());
      if (aggregation.without()) {
        grouping.addAll(status);
      } else {
        grouping.removeAll(status);
      }
      return new Expr.Aggregation(
          AggregateOperator.SUM,
          rate,
          null,
          List.copyOf(grouping),
          aggregation.without(),
          aggregation.position());
    }
    Set<String> by = subject.labelsUsed();
    by.removeAll(status);
    return Expressions.sum(rate, by);
  }

  /** An annotation that told requests a second tells a share. */
  private static String asShare(String annotation) {
    return PER_SECOND.matcher(annotation).replaceAll("$1$2 | humanizePercentage$4 of requests");
  }
}
