package io.ghostworks.scrape;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts a target's URL together as Go's net/url prints it. */
final class TargetUrl {
  private static final String UNRESERVED = "-_.~";
  private static final String PATH_CHARS = UNRESERVED + "$&+,/:;=@";

  private TargetUrl() {}

  /** {@code scheme://host/path?query}, parameters in the order of their names. */
  static String text(String scheme, String host, String path, Map<String, List<String>> params) {
    StringBuilder url = new StringBuilder();
    if (!scheme.isEmpty()) {
      url.append(scheme).append(':');
    }
    url.append("//").append(host);
    if (!path.isEmpty() && !path.startsWith("/")) {
      url.append('/');
    }
    escape(path, PATH_CHARS, url);
    char separator = '?';
    for (Map.Entry<String, List<String>> param : new TreeMap<>(params).entrySet()) {
      for (String value : param.getValue()) {
        url.append(separator);
        queryEscape(param.getKey(), url);
        url.append('=');
        queryEscape(value, url);
        separator = '&';
      }
    }
    return url.toString();
  }

  private static void queryEscape(String text, StringBuilder out) {
    int start = out.length();
    escape(text, UNRESERVED + " ", out);
    for (int i = start; i < out.length(); i++) {
      if (out.charAt(i) == ' ') {
        out.setCharAt(i, '+');
      }
    }
  }

  private static void escape(String text, String plain, StringBuilder out) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (alphanumeric || plain.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%')
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
        upperCaseLastTwo(out);
      }
    }
  }

  private static void upperCaseLastTwo(StringBuilder out) {
    for (int i = out.length() - 2; i < out.length(); i++) {
      out.setCharAt(i, Character.toUpperCase(out.charAt(i)));
    }
  }
}
