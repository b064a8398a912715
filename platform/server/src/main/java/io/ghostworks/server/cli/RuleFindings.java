package io.ghostworks.server.cli;

import io.ghostworks.rules.lint.LintCheck;
import io.ghostworks.rules.lint.LintFinding;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints what the lint found. What many alerts of a file lack is told in one line. */
final class RuleFindings {
  private static final int ONE_BY_ONE_MAX = 3;

  private RuleFindings() {}

  /**
   * @param wanted the checks whose findings are shown
   * @return whether a problem was shown
   */
  static boolean print(PrintWriter out, List<LintFinding> findings, Set<LintCheck> wanted) {
    Map<LintCheck, Integer> counts = new EnumMap<>(LintCheck.class);
    findings.forEach(finding -> counts.merge(finding.check(), 1, Integer::sum));
    Set<LintCheck> told = EnumSet.noneOf(LintCheck.class);
    boolean problem = false;
    for (LintFinding finding : findings) {
      if (!wanted.contains(finding.check())) {
        continue;
      }
      problem |= finding.severity() == LintCheck.Severity.PROBLEM;
      int count = counts.getOrDefault(finding.check(), 0);
      boolean together =
          count > ONE_BY_ONE_MAX
              && wanted.size() > 1
              && (finding.check() == LintCheck.MISSING_FOR
                  || finding.check() == LintCheck.MISSING_RUNBOOK);
      if (!together) {
        print(out, finding);
      } else if (told.add(finding.check())) {
        out.printf(
            "advice: %s (%s; and %d more: --lint %s lists them)%n",
            finding.place() + ": " + finding.reason(),
            finding.check().word(),
            count - 1,
            finding.check().word());
      }
    }
    return problem;
  }

  private static void print(PrintWriter out, LintFinding finding) {
    out.println(
        (finding.severity() == LintCheck.Severity.PROBLEM ? "warning: " : "advice: ") + finding);
    if (!finding.correctedRule().isEmpty()) {
      out.println("  better:");
      finding.correctedRule().lines().forEach(line -> out.println("    " + line));
    } else if (!finding.corrected().isEmpty()) {
      out.println("  better: " + finding.corrected());
    }
  }
}
