package io.ghostworks.template;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.model.label.UserRegex;
import java.util.Locale;
import java.util.Map;

/** The functions that Prometheus and Alertmanager share. */
final class CommonFunctions {

  private CommonFunctions() {}

  static void addTo(Map<String, GoFunction> functions) {
    functions.put("toUpper", GoFunction.of(1, a -> a.text(0).toUpperCase(Locale.ROOT)));
    functions.put("toLower", GoFunction.of(1, a -> a.text(0).toLowerCase(Locale.ROOT)));
    functions.put("safeHtml", GoFunction.of(1, a -> new SafeHtml(a.text(0))));
    functions.put("humanizeDuration", GoFunction.of(1, a -> Humanize.duration(a.any(0))));
    functions.put("match", GoFunction.of(2, a -> pattern(a.text(0)).matcher(a.text(1)).find()));
    functions.put(
        "reReplaceAll",
        GoFunction.of(3, a -> replaceAll(pattern(a.text(0)), a.text(1), a.text(2))));
  }

  private static Pattern pattern(String regex) {
    try {
      return UserRegex.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new TemplateException(
          "regexp: Compile(%s): %s".formatted(GoStrings.quote(regex), e.getMessage()), e);
    }
  }

  /** Go's {@code ReplaceAllString}: {@code $1}, {@code $name}, {@code ${name}} and {@code $$}. */
  static String replaceAll(Pattern pattern, String replacement, String text) {
    Matcher matcher = pattern.matcher(text);
    BoundedText out = new BoundedText();
    int from = 0;
    while (matcher.find()) {
      out.add(text, from, matcher.start());
      expand(out, replacement, matcher);
      from = matcher.end();
    }
    return out.add(text, from, text.length()).toString();
  }

  private static void expand(BoundedText out, String replacement, Matcher matcher) {
    int at = 0;
    while (at < replacement.length()) {
      int dollar = replacement.indexOf('$', at);
      if (dollar < 0 || dollar == replacement.length() - 1) {
        out.add(replacement, at, replacement.length());
        return;
      }
      out.add(replacement, at, dollar);
      at = dollar + 1;
      if (replacement.charAt(at) == '$') {
        out.add('$');
        at++;
        continue;
      }
      boolean braces = replacement.charAt(at) == '{';
      int start = braces ? at + 1 : at;
      int end = start;
      while (end < replacement.length()
          && (Character.isLetterOrDigit(replacement.charAt(end))
              || replacement.charAt(end) == '_')) {
        end++;
      }
      if (end == start
          || (braces && (end >= replacement.length() || replacement.charAt(end) != '}'))) {
        out.add('$');
        continue;
      }
      out.add(group(matcher, replacement.substring(start, end)));
      at = braces ? end + 1 : end;
    }
  }

  private static String group(Matcher matcher, String name) {
    String value;
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int number = name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name);
      value = number <= matcher.groupCount() ? matcher.group(number) : null;
    } else {
      value = matcher.pattern().namedGroups().containsKey(name) ? matcher.group(name) : null;
    }
    return value == null ? "" : value;
  }

  /** Title case by words; {@code lowerRest} also lowers the other letters. */
  static String title(String text, boolean lowerRest) {
    StringBuilder out = new StringBuilder(text.length());
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean letter = Character.isLetterOrDigit(c) || c == '_';
      boolean joins =
          (c == '\'' || c == '’' || c == '.')
              && inWord
              && i < text.length()
              && Character.isLetterOrDigit(text.codePointAt(i));
      if (letter && !inWord) {
        out.appendCodePoint(Character.toTitleCase(c));
      } else {
        out.appendCodePoint(lowerRest && letter ? Character.toLowerCase(c) : c);
      }
      inWord = letter || joins;
    }
    return out.toString();
  }
}
