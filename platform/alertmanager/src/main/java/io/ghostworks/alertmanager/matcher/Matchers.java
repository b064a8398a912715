package io.ghostworks.alertmanager.matcher;

import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.LabelNames;
import io.ghostworks.model.label.Labels;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Label matchers as Alertmanager makes, orders and writes them ({@code pkg/labels}). */
public final class Matchers {

  private static final List<String> OPERATORS = List.of("=", "!=", "=~", "!~");

  /** By name, then value, then {@code =}, {@code !=}, {@code =~}, {@code !~}. */
  public static final Comparator<LabelMatcher> ORDER =
      Comparator.comparing(LabelMatcher::label, Labels::compareUtf8)
          .thenComparing(Matchers::value, Labels::compareUtf8)
          .thenComparingInt(matcher -> OPERATORS.indexOf(operator(matcher)));

  private Matchers() {}

  /**
   * @param operator one of {@code = != =~ !~}
   * @throws IllegalArgumentException if the value is no regular expression where one is expected
   */
  public static LabelMatcher of(String label, String operator, String value) {
    return switch (operator) {
      case "=" -> new LabelMatcher.Equal(label, value);
      case "!=" -> new LabelMatcher.NotEqual(label, value);
      case "=~" -> new LabelMatcher.Matches(label, AnchoredRegex.compileLines(value));
      case "!~" -> new LabelMatcher.NotMatches(label, AnchoredRegex.compileLines(value));
      default -> throw new IllegalArgumentException("there is no operator '" + operator + "'");
    };
  }

  /** {@code = != =~} or {@code !~}. */
  public static String operator(LabelMatcher matcher) {
    return switch (matcher) {
      case LabelMatcher.Equal ignored -> "=";
      case LabelMatcher.NotEqual ignored -> "!=";
      case LabelMatcher.Matches ignored -> "=~";
      case LabelMatcher.NotMatches ignored -> "!~";
    };
  }

  /** The value or the expression as written. */
  public static String value(LabelMatcher matcher) {
    return switch (matcher) {
      case LabelMatcher.Equal equal -> equal.value();
      case LabelMatcher.NotEqual notEqual -> notEqual.value();
      case LabelMatcher.Matches matches -> matches.regex().source();
      case LabelMatcher.NotMatches notMatches -> notMatches.regex().source();
    };
  }

  /** Whether labels fulfil all; a missing label has the value "". */
  public static boolean match(List<LabelMatcher> matchers, Labels labels) {
    for (LabelMatcher matcher : matchers) {
      if (!matcher.matches(labels.get(matcher.label()))) {
        return false;
      }
    }
    return true;
  }

  /** {@code {a="b",c=~"d"}}, in the given order. */
  public static String text(List<LabelMatcher> matchers) {
    return matchers.stream().map(Matchers::text).collect(Collectors.joining(",", "{", "}"));
  }

  /** One matcher; a name that would not stand without quotes is quoted, and the value as in Go. */
  public static String text(LabelMatcher matcher) {
    String value = value(matcher);
    if (matcher.label().codePoints().anyMatch(Utf8Matchers::isReserved)) {
      StringBuilder out = new StringBuilder();
      LabelNames.quote(matcher.label(), out);
      out.append(operator(matcher));
      LabelNames.quote(value, out);
      return out.toString();
    }
    String escaped = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
    return matcher.label() + operator(matcher) + '"' + escaped + '"';
  }
}
