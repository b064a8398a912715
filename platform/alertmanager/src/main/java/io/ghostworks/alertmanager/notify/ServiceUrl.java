package io.ghostworks.alertmanager.notify;

import io.ghostworks.template.GoUrl;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/** Addresses made of a service's address. */
public final class ServiceUrl {

  private ServiceUrl() {}

  /** The address with more path, escaped as Go does; a slash stands between both. */
  public static String append(String base, String path) {
    int query = base.indexOf('?');
    String before = query < 0 ? base : base.substring(0, query);
    String after = query < 0 ? "" : base.substring(query);
    return before + (before.endsWith("/") ? "" : "/") + GoUrl.pathEscape(path) + after;
  }

  /** The address with a parameter more. */
  public static String withParameter(String base, String name, String value) {
    return base
        + (base.indexOf('?') < 0 ? '?' : '&')
        + GoUrl.queryEscape(name)
        + '='
        + GoUrl.queryEscape(value);
  }

  /**
   * The address as Go's client asks for it ({@code net/url}): a path that is not well escaped is
   * escaped anew, the query keeps what may stand in it, a fragment is left out.
   */
  public static String normalized(String url) {
    int scheme = url.indexOf("://");
    int fragment = url.indexOf('#');
    String whole = fragment < 0 ? url : url.substring(0, fragment);
    int path = scheme < 0 ? -1 : indexOfAny(whole, "/?", scheme + 3);
    if (path < 0 || path > whole.length()) {
      return whole;
    }
    int query = whole.indexOf('?', path);
    String rawPath = whole.substring(path, query < 0 ? whole.length() : query);
    return whole.substring(0, path)
        + (isEscaped(rawPath) ? rawPath : GoUrl.pathEscape(unescaped(rawPath)))
        + (query < 0 ? "" : queryEscaped(whole.substring(query)));
  }

  private static int indexOfAny(String text, String chars, int from) {
    for (int i = Math.min(from, text.length()); i < text.length(); i++) {
      if (chars.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isEscaped(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean plain =
          c < 0x80 && (Character.isLetterOrDigit(c) || "-_.~!$&'()*+,;=:@[]/".indexOf(c) >= 0);
      if (!plain && !isEscape(path, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEscape(String text, int at) {
    return text.charAt(at) == '%'
        && at + 2 < text.length()
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && Character.digit(text.charAt(at + 2), 16) >= 0;
  }

  private static String unescaped(String path) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < path.length(); ) {
      if (isEscape(path, i)) {
        bytes.write(Integer.parseInt(path.substring(i + 1, i + 3), 16));
        i += 3;
      } else {
        int rune = path.codePointAt(i);
        bytes.writeBytes(Character.toString(rune).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(rune);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String queryEscaped(String query) {
    StringBuilder out = new StringBuilder();
    query
        .codePoints()
        .forEach(c -> {
          boolean escape = c <= ' ' || c >= 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0;
          out.append(escape ? GoUrl.pathEscape(Character.toString(c)) : Character.toString(c));
        });
    return out.toString();
  }

  /** Scheme, host and port, for people to read. */
  public static String origin(String url) {
    try {
      URI uri = new URI(url);
      String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
      return uri.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
    } catch (URISyntaxException e) {
      return "as a template says";
    }
  }
}
