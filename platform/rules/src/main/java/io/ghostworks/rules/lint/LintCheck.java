package io.ghostworks.rules.lint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the lint looks for. */
public enum LintCheck {
  /** Two rules write the same series or make the same alert. */
  DUPLICATE_RULES(Severity.PROBLEM),
  /** Both sides of a division are the same series. */
  DIVIDES_ITSELF(Severity.PROBLEM),
  /** A quantile of buckets whose bounds were summed away, or of each series on its own. */
  QUANTILE_WITHOUT_LE(Severity.PROBLEM),
  /** What is told as a share of errors is a number of errors a second. */
  ABSOLUTE_ERROR_RATE(Severity.PROBLEM),
  /** A condition that no value fulfils. */
  NEVER_TRUE(Severity.PROBLEM),
  /** An annotation or label uses a label that the expression does not have. */
  DROPPED_LABEL(Severity.PROBLEM),
  /** A metric, a label or a value is not in the stored series. */
  ABSENT_SERIES(Severity.PROBLEM),
  /** A rate over fewer than four scrapes. */
  SHORT_RANGE(Severity.PROBLEM),
  /** A rate of what is no counter, or a threshold for one. */
  WRONG_TYPE(Severity.PROBLEM),
  /** Routing looks at a label that the expression drops. */
  DROPPED_ROUTING_LABEL(Severity.ADVICE),
  /** An alert that fires at the first sample. */
  MISSING_FOR(Severity.ADVICE),
  /** An alert that does not say what to do. */
  MISSING_RUNBOOK(Severity.ADVICE);

  /** How bad it is. */
  public enum Severity {
    /** The rule does not do what it says. */
    PROBLEM,
    /** The rule could be better. */
    ADVICE;

    /** Its word in answers. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Severity severity;

  LintCheck(Severity severity) {
    this.severity = severity;
  }

  /** Its name on the command line and in answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How bad a finding is, unless the finding says less. */
  public Severity severity() {
    return severity;
  }

  public static Optional<LintCheck> find(String word) {
    return Arrays.stream(values()).filter(check -> check.word().equals(word)).findFirst();
  }
}
