package io.ghostworks.template;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes values into an HTML page so that they stay values, wherever they stand, as {@code
 * html/template} does: in text and attributes, in addresses, in styles and in scripts.
 */
final class HtmlWriting {

  /** What Go writes in the place of what it cannot make harmless. */
  private static final String UNSAFE = "ZgotmplZ";

  private static final String URL_UNRESERVED = "-._~";
  private static final String URL_RESERVED = "!#$&*+,/:;=?@[]";
  private static final String CSS_UNSAFE = "\0\"'()/;@[\\]`{}<>";

  private final HtmlContext context = new HtmlContext();

  /** Notes a part of the template itself. */
  String text(String text) {
    context.feed(text);
    return text;
  }

  /**
   * A value as it is written here.
   *
   * @param escaped whether the template called {@code html} on it already
   * @param encoded whether the template called {@code urlquery} on it already
   */
  String value(@Nullable Object value, boolean escaped, boolean encoded) {
    String written = written(value, escaped, encoded);
    context.feed(written);
    return written;
  }

  private String written(@Nullable Object value, boolean escaped, boolean encoded) {
    HtmlContext.Place place = context.place();
    if (value instanceof SafeHtml safe && place == HtmlContext.Place.TEXT) {
      return safe.html();
    }
    String text = value == null ? "" : GoValues.print(value);
    return switch (place) {
      case TEXT -> escaped ? text : html(text);
      case COMMENT -> "";
      case TAG -> isName(text) ? text : UNSAFE;
      case PLAIN ->
          value instanceof SafeHtml || escaped
              ? attribute(HtmlEscape.unescaped(text))
              : attribute(text);
      case URL_START ->
          value instanceof SafeUrl || isHarmlessAddress(text)
              ? attribute(encodedUrl(text, true))
              : "#" + UNSAFE;
      case URL_PATH -> attribute(encodedUrl(text, true));
      case URL_QUERY -> attribute(encodedUrl(text, encoded));
      case CSS -> attribute(css(text));
      case SCRIPT -> attribute(script(value));
      case SCRIPT_STRING -> scriptString(text);
    };
  }

  private static String html(String text) {
    return HtmlEscape.html(text).replace("+", "&#43;");
  }

  private String attribute(String text) {
    if (!context.isInAttribute()) {
      return text;
    }
    String quoted = html(text);
    if (!context.isUnquoted()) {
      return quoted;
    }
    StringBuilder out = new StringBuilder(quoted.length() + 16);
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      boolean breaks = c <= ' ' || c == '=' || c == '`';
      out.append(breaks ? "&#" + (int) c + ";" : String.valueOf(c));
    }
    return out.isEmpty() ? UNSAFE : out.toString();
  }

  private static boolean isName(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    return !name.isEmpty()
        && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        && !name.startsWith("on")
        && !name.equals("style")
        && !name.contains("src")
        && !name.contains("href");
  }

  private static boolean isHarmlessAddress(String address) {
    int colon = address.indexOf(':');
    if (colon < 0 || address.substring(0, colon).indexOf('/') >= 0) {
      return true;
    }
    String scheme = address.substring(0, colon).toLowerCase(Locale.ROOT);
    return scheme.equals("http") || scheme.equals("https") || scheme.equals("mailto");
  }

  /**
   * @param keepsReserved whether what has a meaning in addresses keeps it
   */
  private static String encodedUrl(String text, boolean keepsReserved) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(bytes.length + 16);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      boolean kept =
          (c < 0x80 && Character.isLetterOrDigit(c))
              || URL_UNRESERVED.indexOf(c) >= 0
              || (keepsReserved
                  && (URL_RESERVED.indexOf(c) >= 0 || (c == '%' && isEncoded(bytes, i))));
      out.append(kept ? String.valueOf(c) : "%%%02x".formatted((int) c));
    }
    return out.toString();
  }

  private static boolean isEncoded(byte[] bytes, int percent) {
    return percent + 2 < bytes.length
        && Character.digit(bytes[percent + 1], 16) >= 0
        && Character.digit(bytes[percent + 2], 16) >= 0;
  }

  private static String css(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean unsafe =
        text.chars().anyMatch(c -> CSS_UNSAFE.indexOf(c) >= 0)
            || lower.contains("--")
            || lower.contains("expression")
            || lower.contains("mozbinding")
            || lower.contains("moz-binding");
    return unsafe ? UNSAFE : text;
  }

  private static String script(@Nullable Object value) {
    return switch (value) {
      case null -> " null ";
      case Long number -> " " + number + " ";
      case Boolean bool -> " " + bool + " ";
      case Double number ->
          Double.isNaN(number) || Double.isInfinite(number)
              ? " null "
              : " " + GoNumbers.shortest(number) + " ";
      case SafeHtml safe -> json(safe.html());
      default -> json(value);
    };
  }

  private static String json(@Nullable Object value) {
    BoundedText text = new BoundedText();
    new GoJsonWriter(part -> text.add(part)).write(value);
    return text.toString();
  }

  private static String scriptString(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        case '/' -> out.append("\\/");
        case '\\' -> out.append("\\\\");
        default -> {
          boolean unsafe = c < 0x20 || "\"&'+<>`\u2028\u2029".indexOf(c) >= 0;
          out.append(unsafe ? "\\u%04x".formatted((int) c) : String.valueOf(c));
        }
      }
    }
    return out.toString();
  }
}
