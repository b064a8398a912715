package io.ghostworks.alertmanager.silence;

import com.google.re2j.PatternSyntaxException;
import io.ghostworks.alertmanager.matcher.Matchers;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.LabelNames;
import java.util.ArrayList;
import java.util.List;

/**
 * A matcher as the API writes it.
 *
 * @param isEqual whether what matches is silenced, or the rest
 */
public record RawMatcher(String name, String value, boolean isRegex, boolean isEqual) {

  /** A matcher in this form. */
  public static RawMatcher of(LabelMatcher matcher) {
    String operator = Matchers.operator(matcher);
    return new RawMatcher(
        matcher.label(),
        Matchers.value(matcher),
        operator.endsWith("~"),
        !operator.startsWith("!"));
  }

  /**
   * Matchers that can be asked.
   *
   * @throws SilenceException if a name or a regular expression is wrong
   */
  public static List<LabelMatcher> compile(List<RawMatcher> raw) throws SilenceException {
    List<LabelMatcher> matchers = new ArrayList<>(raw.size());
    for (int i = 0; i < raw.size(); i++) {
      try {
        matchers.add(raw.get(i).compile());
      } catch (IllegalArgumentException e) {
        throw SilenceException.invalid(
            "invalid label matcher %d in set 0: %s".formatted(i, e.getMessage()));
      }
    }
    return matchers;
  }

  private LabelMatcher compile() {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("invalid label name \"\"");
    }
    try {
      return Matchers.of(name, (isEqual ? "=" : "!") + (isRegex ? "~" : isEqual ? "" : "="), value);
    } catch (IllegalArgumentException e) {
      String why =
          e.getCause() instanceof PatternSyntaxException syntax
              ? String.valueOf(syntax.getMessage())
              : String.valueOf(e.getMessage());
      StringBuilder quoted = new StringBuilder();
      LabelNames.quote(value, quoted);
      throw new IllegalArgumentException(
          "invalid regular expression %s: %s".formatted(quoted, why), e);
    }
  }
}
