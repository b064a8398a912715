package io.ghostworks.server.tempo;

import io.ghostworks.server.http.RequestException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the {@code tags} parameter: logfmt, {@code service.name=api http.route="/a b"}. */
final class LogfmtTags {

  private final String text;
  private int at;

  private LogfmtTags(String text) {
    this.text = text;
  }

  static Map<String, String> read(String text) {
    return new LogfmtTags(text).read();
  }

  private Map<String, String> read() {
    Map<String, String> tags = new LinkedHashMap<>();
    skipSpaces();
    while (at < text.length()) {
      int start = at;
      while (at < text.length() && text.charAt(at) != '=' && !isSpace(text.charAt(at))) {
        at++;
      }
      String key = text.substring(start, at);
      if (key.isEmpty() || at == text.length() || text.charAt(at) != '=') {
        throw RequestException.bad(
            "invalid tags: expected key=value at position %d of '%s'".formatted(start, text));
      }
      at++;
      String value = at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
      if (tags.put(key, value) != null) {
        throw RequestException.bad("invalid tags: tag %s has been set twice".formatted(key));
      }
      skipSpaces();
    }
    return tags;
  }

  private String plain() {
    int start = at;
    while (at < text.length() && !isSpace(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    if (at == text.length()) {
      throw RequestException.bad(
          "invalid tags: the quote at position %d of '%s' is not closed".formatted(start, text));
    }
    at++;
    return value.toString();
  }

  private void skipSpaces() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n';
  }
}
