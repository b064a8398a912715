package io.ghostworks.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Parameters as a form or a query string has them, {@code a=1&b=2}, read as Go's {@code net/url}
 * reads them and the Go programs that this process stands in for: a pair with a semicolon or a
 * broken escape is passed over, the others count.
 */
final class FormParameters {

  private FormParameters() {}

  /** Adds the values of a form to those that are there, by name and in their order. */
  static void collect(String form, Map<String, List<String>> into) {
    int start = 0;
    while (start <= form.length()) {
      int end = form.indexOf('&', start);
      end = end < 0 ? form.length() : end;
      pair(form.substring(start, end), into);
      start = end + 1;
    }
  }

  private static void pair(String pair, Map<String, List<String>> into) {
    if (pair.isEmpty() || pair.indexOf(';') >= 0) {
      return;
    }
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    if (isUnescapable(name) && isUnescapable(value)) {
      into.computeIfAbsent(unescaped(name), n -> new ArrayList<>()).add(unescaped(value));
    }
  }

  private static boolean isUnescapable(String text) {
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 3)) {
      if (at + 2 >= text.length()
          || !HexFormat.isHexDigit(text.charAt(at + 1))
          || !HexFormat.isHexDigit(text.charAt(at + 2))) {
        return false;
      }
    }
    return true;
  }

  /** Bytes that are no UTF-8 become replacement characters. */
  private static String unescaped(String text) {
    if (text.indexOf('%') < 0) {
      return text.replace('+', ' ');
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      switch (bytes[i]) {
        case '+' -> out.write(' ');
        case '%' -> {
          out.write(
              HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]));
          i += 2;
        }
        default -> out.write(bytes[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
