package io.ghostworks.template;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The escaping functions of Go's templates. */
final class HtmlEscape {

  private HtmlEscape() {}

  /** {@code html}. */
  static String html(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case 0 -> out.append('\ufffd');
        case '"' -> out.append("&#34;");
        case '\'' -> out.append("&#39;");
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /**
   * Text for the place where the output stands: escaped, and where a link's address begins, only if
   * it has no scheme or a harmless one ({@code html/template} writes {@code #ZgotmplZ} otherwise).
   */
  static String inContext(StringBuilder out, String text) {
    String escaped = html(text).replace("+", "&#43;");
    return beginsAddress(out) && !isHarmlessAddress(text) ? "#ZgotmplZ" : escaped;
  }

  private static boolean beginsAddress(StringBuilder out) {
    int end = out.length();
    if (end == 0 || (out.charAt(end - 1) != '"' && out.charAt(end - 1) != '\'')) {
      return false;
    }
    String tail =
        out.substring(Math.max(0, end - 12), end - 1).toLowerCase(Locale.ROOT).replace(" ", "");
    return tail.endsWith("href=") || tail.endsWith("src=") || tail.endsWith("action=");
  }

  private static boolean isHarmlessAddress(String address) {
    int colon = address.indexOf(':');
    if (colon < 0 || address.substring(0, colon).indexOf('/') >= 0) {
      return true;
    }
    String scheme = address.substring(0, colon).toLowerCase(Locale.ROOT);
    return scheme.equals("http") || scheme.equals("https") || scheme.equals("mailto");
  }

  /** {@code js}. */
  static String js(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '\\' -> out.append("\\\\");
            case '\'' -> out.append("\\'");
            case '"' -> out.append("\\\"");
            case '<' -> out.append("\\u003C");
            case '>' -> out.append("\\u003E");
            case '&' -> out.append("\\u0026");
            case '=' -> out.append("\\u003D");
            default -> {
              if (c < 0x20 || (c > 0x7f && !GoStrings.isPrintable(c))) {
                out.append("\\u%04X".formatted(c));
              } else {
                out.appendCodePoint(c);
              }
            }
          }
        });
    return out.toString();
  }

  /** {@code url.QueryEscape}. */
  static String query(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-_.~".indexOf(c) >= 0)) {
        out.append(c);
      } else if (c == ' ') {
        out.append('+');
      } else {
        out.append("%%%02X".formatted((int) c));
      }
    }
    return out.toString();
  }
}
