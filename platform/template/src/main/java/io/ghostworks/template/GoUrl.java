package io.ghostworks.template;

import java.nio.charset.StandardCharsets;

/** Escaping as Go's {@code net/url} does it. */
public final class GoUrl {
  private static final String UNRESERVED = "-_.~";
  private static final String IN_PATH = "$&+,/:;=@";

  private GoUrl() {}

  /** {@code url.QueryEscape}: a space becomes a plus sign. */
  public static String queryEscape(String text) {
    return escape(text, "").replace("%20", "+");
  }

  /** A path as {@code URL.String} writes it: slashes stay. */
  public static String pathEscape(String path) {
    return escape(path, IN_PATH);
  }

  private static String escape(String text, String kept) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80
          && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0 || kept.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append("%%%02X".formatted((int) c));
      }
    }
    return out.toString();
  }
}
