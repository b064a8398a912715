package io.ghostworks.logql.pipeline;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.logql.quantity.ByteSizes;
import io.ghostworks.logql.quantity.GoDurations;
import io.ghostworks.logql.quantity.QuantityException;
import io.ghostworks.model.label.UserRegex;
import io.ghostworks.template.GoFunction;
import io.ghostworks.template.GoJson;
import io.ghostworks.template.GoRegex;
import io.ghostworks.template.TemplateException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The functions of line_format and label_format: those of Go's {@code strings}, those that Loki
 * adds, and what it takes from the sprig library, with their orders of arguments.
 */
final class LineFunctions {
  /** By name. */
  static final Map<String, GoFunction> ALL = all();

  private static final int TEXT_CHARS_MAX = 1 << 20;
  private static final int PATTERNS_MAX = 64;

  private LineFunctions() {}

  private static Map<String, GoFunction> all() {
    Map<String, GoFunction> all = new HashMap<>();
    addTexts(all);
    addTrims(all);
    addExpressions(all);
    addEncodings(all);
    MathFunctions.addTo(all);
    TimeFunctions.addTo(all);
    return Map.copyOf(all);
  }

  private static void text(Map<String, GoFunction> all, String name, UnaryOperator<String> body) {
    all.put(name, GoFunction.of(1, a -> body.apply(a.text(0))));
  }

  private static void addTexts(Map<String, GoFunction> all) {
    text(all, "ToLower", text -> text.toLowerCase(Locale.ROOT));
    text(all, "lower", text -> text.toLowerCase(Locale.ROOT));
    text(all, "ToUpper", text -> text.toUpperCase(Locale.ROOT));
    text(all, "upper", text -> text.toUpperCase(Locale.ROOT));
    text(all, "title", LineFunctions::title);
    all.put(
        "Replace", GoFunction.of(4, a -> replace(a.text(0), a.text(1), a.text(2), a.integer(3))));
    all.put("replace", GoFunction.of(3, a -> replace(a.text(2), a.text(0), a.text(1), -1)));
    all.put("contains", GoFunction.of(2, a -> a.text(1).contains(a.text(0))));
    all.put("hasPrefix", GoFunction.of(2, a -> a.text(1).startsWith(a.text(0))));
    all.put("hasSuffix", GoFunction.of(2, a -> a.text(1).endsWith(a.text(0))));
    all.put("trunc", GoFunction.of(2, a -> ByteText.trunc(a.integer(0), a.text(1))));
    all.put(
        "substr", GoFunction.of(3, a -> ByteText.substr(a.integer(0), a.integer(1), a.text(2))));
    all.put("alignLeft", GoFunction.of(2, a -> align(a.integer(0), a.text(1), true)));
    all.put("alignRight", GoFunction.of(2, a -> align(a.integer(0), a.text(1), false)));
    all.put("repeat", GoFunction.of(2, a -> repeat(a.text(1), a.integer(0))));
    all.put("indent", GoFunction.of(2, a -> indent(a.integer(0), a.text(1))));
    all.put("nindent", GoFunction.of(2, a -> "\n" + indent(a.integer(0), a.text(1))));
    all.put(
        "default",
        GoFunction.variadic(
            1, a -> a.size() < 2 || TemplateValues.isEmpty(a.any(1)) ? a.any(0) : a.any(1)));
    all.put("fromJson", GoFunction.of(1, a -> GoJson.parse(a.text(0))));
  }

  private static void addTrims(Map<String, GoFunction> all) {
    text(all, "TrimSpace", LineFunctions::trimSpace);
    text(all, "trim", LineFunctions::trimSpace);
    all.put("Trim", GoFunction.of(2, a -> trim(a.text(0), a.text(1), true, true)));
    all.put("trimAll", GoFunction.of(2, a -> trim(a.text(1), a.text(0), true, true)));
    all.put("TrimLeft", GoFunction.of(2, a -> trim(a.text(0), a.text(1), true, false)));
    all.put("TrimRight", GoFunction.of(2, a -> trim(a.text(0), a.text(1), false, true)));
    all.put("TrimPrefix", GoFunction.of(2, a -> trimPrefix(a.text(0), a.text(1))));
    all.put("trimPrefix", GoFunction.of(2, a -> trimPrefix(a.text(1), a.text(0))));
    all.put("TrimSuffix", GoFunction.of(2, a -> trimSuffix(a.text(0), a.text(1))));
    all.put("trimSuffix", GoFunction.of(2, a -> trimSuffix(a.text(1), a.text(0))));
  }

  private static void addExpressions(Map<String, GoFunction> all) {
    Patterns patterns = new Patterns();
    all.put(
        "regexReplaceAll",
        GoFunction.of(3, a -> GoRegex.replaceAll(patterns.of(a.text(0)), a.text(2), a.text(1))));
    all.put(
        "regexReplaceAllLiteral",
        GoFunction.of(
            3,
            a ->
                GoRegex.replaceAll(
                    patterns.of(a.text(0)), a.text(2).replace("$", "$$"), a.text(1))));
    all.put(
        "count",
        GoFunction.of(
            2,
            a -> {
              Matcher matcher = patterns.of(a.text(0)).matcher(a.text(1));
              long count = 0;
              while (matcher.find()) {
                count++;
              }
              return count;
            }));
  }

  private static void addEncodings(Map<String, GoFunction> all) {
    text(all, "urlencode", LineFunctions::urlEncode);
    text(all, "urldecode", LineFunctions::urlDecode);
    text(
        all,
        "b64enc",
        text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    text(all, "b64dec", ByteText::base64Decoded);
    all.put("bytes", GoFunction.of(1, a -> bytes(a.text(0))));
    all.put("duration", GoFunction.of(1, a -> seconds(a.text(0))));
    all.put("duration_seconds", GoFunction.of(1, a -> seconds(a.text(0))));
  }

  private static Object bytes(String text) {
    try {
      return ByteSizes.parseToDouble(text);
    } catch (QuantityException e) {
      throw new TemplateException(e.getMessage(), e);
    }
  }

  private static Object seconds(String text) {
    try {
      return GoDurations.seconds(GoDurations.parse(text));
    } catch (QuantityException e) {
      throw new TemplateException(e.getMessage(), e);
    }
  }

  /** The first letter of each word in upper case, as {@code strings.Title}. */
  private static String title(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      out.appendCodePoint(inWord ? c : Character.toTitleCase(c));
      boolean asciiWord = c < 128 && (Character.isLetterOrDigit(c) || c == '_');
      inWord = asciiWord || (c >= 128 && !Character.isWhitespace(c));
      i += Character.charCount(c);
    }
    return out.toString();
  }

  private static String replace(String text, String old, String with, long count) {
    if (count < 0 && !old.isEmpty()) {
      long hits = 0;
      for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + old.length())) {
        hits++;
      }
      if (text.length() + hits * with.length() > TEXT_CHARS_MAX) {
        throw new TemplateException("a text may have %d chars, got more".formatted(TEXT_CHARS_MAX));
      }
      return text.replace(old, with);
    }
    StringBuilder out = new StringBuilder();
    long left = count < 0 ? Long.MAX_VALUE : count;
    int from = 0;
    boolean first = true;
    while (left > 0) {
      int at;
      if (old.isEmpty()) {
        at = first ? from : from + (from < text.length() ? 1 : 2);
        first = false;
      } else {
        at = text.indexOf(old, from);
      }
      if (at < 0 || at > text.length()) {
        break;
      }
      out.append(text, from, at).append(with);
      if (out.length() > TEXT_CHARS_MAX) {
        throw new TemplateException("a text may have %d chars, got more".formatted(TEXT_CHARS_MAX));
      }
      from = at + old.length();
      left--;
    }
    return out.append(text, from, text.length()).toString();
  }

  private static String trimSpace(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r') || c == 0x85 || Character.isSpaceChar(c);
  }

  private static String trim(String text, String signs, boolean left, boolean right) {
    int from = 0;
    int to = text.length();
    while (left && from < to && signs.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (right && to > from && signs.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }

  private static String trimPrefix(String text, String prefix) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static String trimSuffix(String text, String suffix) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }

  /** Fills up with blanks or cuts, to so many characters; a negative number changes nothing. */
  private static String align(long count, String text, boolean left) {
    int length = text.codePointCount(0, text.length());
    if (count < 0 || count == length) {
      return text;
    }
    if (count > length) {
      String blanks = repeat(" ", count - length);
      return left ? text + blanks : blanks + text;
    }
    return left
        ? text.substring(0, text.offsetByCodePoints(0, (int) count))
        : text.substring(text.offsetByCodePoints(0, length - (int) count));
  }

  private static String repeat(String text, long count) {
    if (count < 0) {
      throw new TemplateException("strings: negative Repeat count");
    }
    if (text.length() > 0 && count > TEXT_CHARS_MAX / text.length()) {
      throw new TemplateException("a text may have %d chars, got more".formatted(TEXT_CHARS_MAX));
    }
    return text.isEmpty() ? "" : text.repeat((int) count);
  }

  private static String indent(long spaces, String text) {
    String blanks = repeat(" ", spaces);
    return blanks + replace(text, "\n", "\n" + blanks, -1);
  }

  private static String urlEncode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  private static String urlDecode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      int at = text.indexOf('%');
      while (at >= 0 && isEscape(text, at)) {
        at = text.indexOf('%', at + 1);
      }
      String escape = at < 0 ? text : text.substring(at, Math.min(at + 3, text.length()));
      throw new TemplateException("invalid URL escape \"%s\"".formatted(escape), e);
    }
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && Character.digit(text.charAt(at + 2), 16) >= 0;
  }

  /** The expressions that templates used last, of one thread after the other. */
  private static final class Patterns {
    private final Map<String, Pattern> compiled =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Pattern> eldest) {
            return size() > PATTERNS_MAX;
          }
        };

    synchronized Pattern of(String expression) {
      Pattern pattern = compiled.get(expression);
      if (pattern == null) {
        try {
          pattern = UserRegex.compile(expression);
        } catch (PatternSyntaxException e) {
          throw new TemplateException(String.valueOf(e.getMessage()), e);
        }
        compiled.put(expression, pattern);
      }
      return pattern;
    }
  }
}
