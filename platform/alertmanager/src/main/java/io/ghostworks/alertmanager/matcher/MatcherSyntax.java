package io.ghostworks.alertmanager.matcher;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.LabelNames;
import java.util.List;

/**
 * Which form of matchers and label names is understood ({@code matcher/compat}): the one before
 * UTF-8, the one with it, or the latter with the former for texts that are not well formed in it.
 */
public enum MatcherSyntax {
  /** {@code classic-mode}. */
  CLASSIC,
  /** {@code utf8-strict-mode}. */
  UTF8_STRICT,
  /**
   * What Alertmanager does unless it is told otherwise. A text that both understand, but not as the
   * same, means what it meant before UTF-8.
   */
  FALLBACK;

  /**
   * The matchers of a text; all must hold. Braces around them may be left out.
   *
   * @throws IllegalArgumentException if the text is not well formed, in Alertmanager's words
   */
  public List<LabelMatcher> matchers(String text) {
    return switch (this) {
      case CLASSIC -> ClassicMatchers.parse(text);
      case UTF8_STRICT -> Utf8Matchers.parse(text);
      case FALLBACK -> {
        try {
          yield ClassicMatchers.parse(text);
        } catch (IllegalArgumentException e) {
          yield utf8Or(e, text);
        }
      }
    };
  }

  private static List<LabelMatcher> utf8Or(IllegalArgumentException classic, String text) {
    try {
      return Utf8Matchers.parse(text);
    } catch (IllegalArgumentException e) {
      classic.addSuppressed(e);
      throw classic;
    }
  }

  /**
   * The one matcher of a text without braces, as requests and command lines have it.
   *
   * @throws IllegalArgumentException if the text is no matcher, in Alertmanager's words
   */
  public LabelMatcher matcher(String text) {
    if (this == CLASSIC) {
      return ClassicMatchers.parseOne(text);
    }
    if (this == UTF8_STRICT || text.startsWith("{") || text.endsWith("}")) {
      return Utf8Matchers.parseOne(text);
    }
    try {
      return ClassicMatchers.parseOne(text);
    } catch (IllegalArgumentException classic) {
      try {
        return Utf8Matchers.parseOne(text);
      } catch (IllegalArgumentException e) {
        classic.addSuppressed(e);
        throw classic;
      }
    }
  }

  /**
   * Why a text will mean something else, or nothing, where only the form with UTF-8 is understood;
   * "" where it will not. Only {@link #FALLBACK} asks.
   */
  public String warning(String text) {
    if (this != FALLBACK) {
      return "";
    }
    try {
      List<LabelMatcher> classic = ClassicMatchers.parse(text);
      try {
        return classic.equals(Utf8Matchers.parse(text))
            ? ""
            : "means something else in the form of matchers with UTF-8: put values in double"
                + " quotes, with \\\\ for a backslash";
      } catch (IllegalArgumentException e) {
        return "is not well formed in the form of matchers with UTF-8; write " + forward(classic);
      }
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String forward(List<LabelMatcher> matchers) {
    String text = Matchers.text(matchers);
    return text.substring(1, text.length() - 1);
  }

  /** Whether a text may be a label's name. */
  public boolean isLabelName(String name) {
    return this == CLASSIC ? LabelNames.isLegacyLabelName(name) : !name.isEmpty();
  }
}
