package io.ghostworks.rules.lint;

import io.ghostworks.promql.ast.Expr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks through rules and panels. Without data it tells what is wrong in the texts alone; with data
 * also what does not fit the stored series. Not thread-safe.
 */
public final class RuleLint {
  private static final List<ExpressionCheck> TEXT_CHECKS =
      List.of(
          new SelfRatioCheck(),
          new QuantileCheck(),
          new ErrorRateCheck(),
          new NeverTrueCheck(),
          new DroppedLabelCheck(),
          new AlertFormCheck());

  private final @Nullable LintData data;
  private final Set<String> routingLabels;

  /** Of texts alone. */
  public RuleLint() {
    this(null, Set.of());
  }

  /**
   * @param data the stored series; null for texts alone
   * @param routingLabels labels that the route tree of the alerts groups by or has conditions on
   */
  public RuleLint(@Nullable LintData data, Set<String> routingLabels) {
    this.data = data;
    this.routingLabels = Set.copyOf(routingLabels);
  }

  /** What is wrong, in the order of files and lines. */
  public List<LintFinding> check(List<LintSubject> subjects) {
    return check(subjects, Set.of());
  }

  /**
   * The same.
   *
   * @param recorded names of series that other rules write
   */
  public List<LintFinding> check(List<LintSubject> subjects, Set<String> recorded) {
    List<LintFinding> findings = new ArrayList<>();
    DuplicateRules.check(subjects, findings::add);
    List<ExpressionCheck> checks = checks(subjects, recorded);
    for (LintSubject subject : subjects) {
      for (ExpressionCheck check : checks) {
        check.check(subject, finding -> findings.add(verified(finding, subject)));
      }
    }
    List<LintFinding> sorted = new ArrayList<>(new java.util.LinkedHashSet<>(findings));
    sorted.sort(
        Comparator.<LintFinding, String>comparing(finding -> finding.place().file())
            .thenComparingInt(finding -> finding.place().line()));
    return sorted;
  }

  /**
   * The finding without its correction where the series are there and the correction gives nothing:
   * then it is not what is needed.
   */
  private LintFinding verified(LintFinding finding, LintSubject subject) {
    LintData stored = data;
    if (stored == null
        || finding.corrected().isEmpty()
        || finding.check() == LintCheck.ABSENT_SERIES
        || subject.kind() == LintSubject.Kind.PANEL) {
      return finding;
    }
    Expr corrected = Expressions.parse(finding.corrected());
    boolean seriesAreThere =
        Expressions.selectors(corrected).stream()
            .allMatch(selector -> !stored.series(selector.matchers(), 1).isEmpty());
    return seriesAreThere && !stored.answers(Expressions.withoutThreshold(corrected).toString())
        ? finding.corrected("").correctedRule("")
        : finding;
  }

  private List<ExpressionCheck> checks(List<LintSubject> subjects, Set<String> recorded) {
    List<ExpressionCheck> checks = new ArrayList<>(TEXT_CHECKS);
    if (data != null) {
      Set<String> names = new HashSet<>(recorded);
      for (LintSubject subject : subjects) {
        if (subject.kind() == LintSubject.Kind.RECORD) {
          names.add(subject.place().name());
        }
      }
      checks.add(new AbsentSeriesCheck(new Presence(data, names), data));
      checks.add(new ShortRangeCheck(data));
      checks.add(new MetricTypeCheck(data));
      checks.add(new RoutingLabelCheck(data, routingLabels));
    }
    return checks;
  }
}
