package io.ghostworks.rules.test;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a file's tests.
 *
 * @param warnings what should be known although nothing failed
 * @param abort why no test ran, or ""
 */
public record TestOutcome(String file, List<String> warnings, String abort, List<Case> cases) {

  public TestOutcome {
    warnings = List.copyOf(warnings);
    cases = List.copyOf(cases);
  }

  /** A test and what failed in it, in promtool's words. */
  public record Case(String name, List<String> failures) {
    public Case {
      failures = List.copyOf(failures);
    }
  }

  public boolean isPassed() {
    return abort.isEmpty() && cases.stream().allMatch(each -> each.failures.isEmpty());
  }

  /** Everything that failed. */
  public List<String> failures() {
    List<String> all = new ArrayList<>();
    if (!abort.isEmpty()) {
      all.add(abort);
    }
    cases.forEach(each -> all.addAll(each.failures));
    return all;
  }
}
