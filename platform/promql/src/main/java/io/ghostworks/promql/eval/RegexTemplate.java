package io.ghostworks.promql.eval;

import com.google.re2j.Matcher;
import io.ghostworks.query.QueryException;
import java.util.Map;

/**
 * Replacement texts with {@code $1}, {@code $name} and {@code ${name}}, as Go's regexp has them.
 */
final class RegexTemplate {

  private RegexTemplate() {}

  /** No value of a label may become longer, though Prometheus has no such limit. */
  static final int CHARS_MAX = 1 << 20;

  /**
   * Puts the groups of a match into a template; unknown groups are empty.
   *
   * @throws QueryException if the text becomes longer than {@link #CHARS_MAX}
   */
  static String expand(String template, Matcher match) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int dollar = template.indexOf('$', at);
      if (dollar < 0) {
        break;
      }
      out.append(template, at, dollar);
      at = dollar + 1;
      if (at < template.length() && template.charAt(at) == '$') {
        out.append('$');
        at++;
        continue;
      }
      boolean braces = at < template.length() && template.charAt(at) == '{';
      int from = braces ? at + 1 : at;
      int end = from;
      while (end < template.length() && isWord(template.charAt(end))) {
        end++;
      }
      boolean closed = !braces || (end < template.length() && template.charAt(end) == '}');
      if (end == from || !closed) {
        out.append('$');
        continue;
      }
      out.append(group(template.substring(from, end), match));
      checkLength(out.length());
      at = braces ? end + 1 : end;
    }
    return out.append(template, at, template.length()).toString();
  }

  static void checkLength(long chars) {
    if (chars > CHARS_MAX) {
      throw new QueryException(
          QueryException.Kind.LIMIT,
          "the value of a label would have more than %d characters".formatted(CHARS_MAX));
    }
  }

  private static String group(String name, Matcher match) {
    boolean number = name.chars().allMatch(c -> c >= '0' && c <= '9');
    String value = null;
    if (number && (name.length() == 1 || name.charAt(0) != '0') && name.length() < 9) {
      int group = Integer.parseInt(name);
      value = group <= match.groupCount() ? match.group(group) : null;
    } else {
      Map<String, Integer> groups = match.pattern().namedGroups();
      Integer group = groups.get(name);
      value = group == null ? null : match.group(group);
    }
    return value == null ? "" : value;
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
