package io.ghostworks.rules.lint;

import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes an alerting rule as YAML, for the corrected rules that findings offer. */
final class RuleText {

  private RuleText() {}

  /** The rule with another expression. */
  static String of(LintSubject subject, String expression, UnaryOperator<String> annotations) {
    return of(subject, expression, subject.about().holdFor(), annotations, Map.of());
  }

  /**
   * The rule with changes.
   *
   * @param holdFor the text of {@code for}, or ""
   * @param annotations changes the texts of annotations
   * @param added annotations that the rule lacks
   */
  static String of(
      LintSubject subject,
      String expression,
      String holdFor,
      UnaryOperator<String> annotations,
      Map<String, String> added) {
    LintSubject.About about = subject.about();
    StringBuilder out = new StringBuilder();
    out.append("- alert: ").append(scalar(subject.place().name())).append('\n');
    out.append("  expr: ").append(scalar(expression)).append('\n');
    if (!holdFor.isEmpty()) {
      out.append("  for: ").append(holdFor).append('\n');
    }
    if (!about.keepFiringFor().isEmpty()) {
      out.append("  keep_firing_for: ").append(about.keepFiringFor()).append('\n');
    }
    map(out, "labels", about.labels(), UnaryOperator.identity(), Map.of());
    map(out, "annotations", about.annotations(), annotations, added);
    return out.toString();
  }

  private static void map(
      StringBuilder out,
      String key,
      Map<String, String> texts,
      UnaryOperator<String> change,
      Map<String, String> added) {
    if (texts.isEmpty() && added.isEmpty()) {
      return;
    }
    out.append("  ").append(key).append(":\n");
    texts.forEach((name, text) -> entry(out, name, change.apply(text)));
    added.forEach((name, text) -> entry(out, name, text));
  }

  private static void entry(StringBuilder out, String name, String text) {
    out.append("    ").append(scalar(name)).append(": ").append(scalar(text)).append('\n');
  }

  /** Plain where that is safe in every YAML, else quoted. */
  private static String scalar(String text) {
    boolean plain =
        !text.isEmpty()
            && text.matches("[A-Za-z_][A-Za-z0-9_ ./()\\[\\]=~!<>*+-]*")
            && !text.endsWith(" ")
            && !text.contains(": ")
            && !text.contains(" #")
            && !text.matches("(?i)y|n|yes|no|on|off|true|false|null");
    if (plain) {
      return text;
    }
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20) {
            out.append("\\x%02x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
