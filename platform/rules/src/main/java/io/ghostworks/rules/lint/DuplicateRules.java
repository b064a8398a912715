package io.ghostworks.rules.lint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Rules of one file with the same name and labels, as promtool's {@code duplicate-rules}. */
final class DuplicateRules {

  private DuplicateRules() {}

  static void check(List<LintSubject> subjects, Consumer<LintFinding> findings) {
    Map<String, List<LintSubject>> byIdentity = new LinkedHashMap<>();
    for (LintSubject subject : subjects) {
      if (subject.kind() != LintSubject.Kind.PANEL) {
        String identity =
            subject.place().file()
                + "\n"
                + subject.place().name()
                + new TreeMap<>(subject.about().labels());
        byIdentity.computeIfAbsent(identity, i -> new ArrayList<>()).add(subject);
      }
    }
    byIdentity
        .values()
        .forEach(same -> {
          if (same.size() > 1) {
            LintSubject again = same.get(1);
            LintFinding.Place first = same.getFirst().place();
            findings.accept(
                LintFinding.of(
                    LintCheck.DUPLICATE_RULES,
                    new LintFinding.Place(
                        again.place().file(),
                        again.about().line(),
                        again.place().group(),
                        again.place().name()),
                    "%d rules have the name %s and the labels %s; the first is at line %d"
                        .formatted(
                            same.size(),
                            first.name(),
                            new TreeMap<>(again.about().labels()),
                            same.getFirst().about().line())));
          }
        });
  }
}
