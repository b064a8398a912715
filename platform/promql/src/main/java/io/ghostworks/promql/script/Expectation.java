package io.ghostworks.promql.script;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an eval command expects beside its result.
 *
 * @param type fail, warn, no_warn, info, no_info or ordered
 * @param message the exact text, or null
 * @param regex what must be found in the text, or null
 */
record Expectation(String type, @Nullable String message, @Nullable Pattern regex) {

  static Expectation any(String type) {
    return new Expectation(type, null, null);
  }

  static Expectation message(String type, String text) {
    return new Expectation(type, text, null);
  }

  static Expectation regex(String type, String text) {
    return new Expectation(type, null, Pattern.compile(text));
  }

  boolean matches(String text) {
    if (message != null) {
      return message.equals(text);
    }
    return regex == null || regex.matcher(text).find();
  }

  @Override
  public String toString() {
    return message != null ? message : String.valueOf(regex);
  }
}
