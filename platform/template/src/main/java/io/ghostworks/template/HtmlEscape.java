package io.ghostworks.template;

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

  /** A text that {@link #html} made, as it was. */
  static String unescaped(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
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
}
