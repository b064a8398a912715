package io.ghostworks.config.shape;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether Go's url.Parse takes a text, and the two parts that configuration rules look at.
 * Behaviour of net/url, which is far more lenient than java.net.URI.
 *
 * @param scheme lower case, empty where there is none
 * @param host with its port, empty where there is none
 */
public record GoUrl(String scheme, String host) {
  private static final String HOST_CHARS = "!$&'()*+,;=:[]<>\"-_.~";
  private static final String USER_CHARS = "-._:~!$&'()*+,;=%@";

  /** Why {@code text} is not a URL; empty where it is one. */
  public static Optional<String> problem(String text) {
    try {
      parse(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The parts of {@code text}.
   *
   * @throws IllegalArgumentException with the reason where Go refuses it
   */
  public static GoUrl parse(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 0x20 || text.charAt(i) == 0x7f) {
        throw new IllegalArgumentException("it has a control character");
      }
    }
    int hash = text.indexOf('#');
    if (hash >= 0) {
      checkEscapes(text.substring(hash + 1));
    }
    String rest = hash < 0 ? text : text.substring(0, hash);
    int colon = schemeEnd(rest);
    String scheme = colon < 0 ? "" : rest.substring(0, colon).toLowerCase(Locale.ROOT);
    rest = rest.substring(colon + 1);
    int query = rest.indexOf('?');
    if (query >= 0) {
      rest = rest.substring(0, query);
    }
    if (!rest.startsWith("/")) {
      if (scheme.isEmpty() && firstSegment(rest).indexOf(':') >= 0) {
        throw new IllegalArgumentException("its first path segment has a colon");
      }
      if (!scheme.isEmpty()) {
        return new GoUrl(scheme, "");
      }
    }
    String host = "";
    if (rest.startsWith("//") && (!scheme.isEmpty() || !rest.startsWith("///"))) {
      String authority = firstSegment(rest.substring(2));
      rest = rest.substring(2 + authority.length());
      host = host(authority);
    }
    checkEscapes(rest);
    return new GoUrl(scheme, host);
  }

  private static String firstSegment(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }

  /** The index of the colon that ends the scheme, or -1. */
  private static int schemeEnd(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (c == ':') {
        if (i == 0) {
          throw new IllegalArgumentException("its scheme is missing");
        }
        return i;
      }
      if (!letter && (!later || i == 0)) {
        return -1;
      }
    }
    return -1;
  }

  private static String host(String authority) {
    int at = authority.lastIndexOf('@');
    String host = authority.substring(at + 1);
    if (at >= 0) {
      checkUser(authority.substring(0, at));
    }
    if (host.startsWith("[")) {
      int close = host.lastIndexOf(']');
      if (close < 0) {
        throw new IllegalArgumentException("its host lacks a ']'");
      }
      checkPort(host.substring(close + 1));
    } else if (host.indexOf(':') >= 0) {
      checkPort(host.substring(host.lastIndexOf(':')));
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '%') {
        checkEscape(host, i);
      } else if (c < 0x80 && !isAlphanumeric(c) && HOST_CHARS.indexOf(c) < 0) {
        throw new IllegalArgumentException("its host has the character '" + c + "'");
      }
    }
    return host;
  }

  private static void checkUser(String user) {
    for (int i = 0; i < user.length(); i++) {
      char c = user.charAt(i);
      if (!isAlphanumeric(c) && USER_CHARS.indexOf(c) < 0) {
        throw new IllegalArgumentException("its user has a character that is not allowed");
      }
    }
    checkEscapes(user);
  }

  private static void checkPort(String port) {
    if (port.isEmpty()) {
      return;
    }
    boolean valid = port.charAt(0) == ':';
    for (int i = 1; i < port.length(); i++) {
      valid &= port.charAt(i) >= '0' && port.charAt(i) <= '9';
    }
    if (!valid) {
      throw new IllegalArgumentException("its port '" + port + "' is not a number");
    }
  }

  private static void checkEscapes(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      checkEscape(text, i);
    }
  }

  private static void checkEscape(String text, int percent) {
    if (percent + 2 >= text.length()
        || Character.digit(text.charAt(percent + 1), 16) < 0
        || Character.digit(text.charAt(percent + 2), 16) < 0) {
      throw new IllegalArgumentException("its percent sign is not followed by two hex digits");
    }
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
