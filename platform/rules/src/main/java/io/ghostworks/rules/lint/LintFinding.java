package io.ghostworks.rules.lint;

/**
 * Something that is wrong with a rule or a panel.
 *
 * @param place where it stands
 * @param severity how bad it is, at most as bad as the check says
 * @param reason what is wrong and what follows, as a sentence
 * @param corrected the whole expression as it should be; "" where the expression is not at fault or
 *     nobody can know
 * @param correctedRule the whole rule as it should be, as YAML; "" where the expression says it all
 */
public record LintFinding(
    LintCheck check,
    Place place,
    LintCheck.Severity severity,
    String reason,
    String corrected,
    String correctedRule) {

  /**
   * Where something stands.
   *
   * @param file as it was given; "" for an expression on its own
   * @param line from 1; 0 where no line is known
   * @param group the group of a rule, or the dashboard of a panel
   * @param name of the rule or panel
   */
  public record Place(String file, int line, String group, String name) {

    @Override
    public String toString() {
      String at = line == 0 ? file : file + ":" + line;
      return at.isEmpty() ? name : name.isEmpty() ? at : at + ": " + name;
    }
  }

  static LintFinding of(LintCheck check, Place place, String reason) {
    return new LintFinding(check, place, check.severity(), reason, "", "");
  }

  LintFinding corrected(String expression) {
    return new LintFinding(check, place, severity, reason, expression, correctedRule);
  }

  LintFinding correctedRule(String yaml) {
    return new LintFinding(check, place, severity, reason, corrected, yaml);
  }

  LintFinding asAdvice() {
    return new LintFinding(
        check, place, LintCheck.Severity.ADVICE, reason, corrected, correctedRule);
  }

  /** The finding in one line: place, reason and check. */
  @Override
  public String toString() {
    return "%s: %s (%s)".formatted(place, reason, check.word());
  }
}
