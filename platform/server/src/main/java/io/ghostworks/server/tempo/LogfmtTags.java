package io.ghostworks.server.tempo;

import io.ghostworks.server.http.RequestException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the {@code tags} parameter: logfmt, {@code service.name=api http.route="/a b"}, as
 * go-logfmt does. A key alone has the value "".
 */
final class LogfmtTags {

  private final String line;
  private final Map<String, String> tags;
  private int at;

  private LogfmtTags(String line, Map<String, String> tags) {
    this.line = line;
    this.tags = tags;
  }

  static Map<String, String> read(String text) {
    Map<String, String> tags = new LinkedHashMap<>();
    text.lines().forEach(line -> new LogfmtTags(line, tags).read());
    return tags;
  }

  private void read() {
    for (skipSpaces(); at < line.length(); skipSpaces()) {
      String key = key();
      String value = value();
      if (tags.put(key, value) != null) {
        throw RequestException.bad("invalid tags: tag %s has been set twice".formatted(key));
      }
    }
  }

  private String key() {
    int start = at;
    while (at < line.length() && line.charAt(at) != '=' && line.charAt(at) > ' ') {
      if (line.charAt(at) == '"') {
        throw unexpected();
      }
      at++;
    }
    if (at == start) {
      throw unexpected();
    }
    return line.substring(start, at);
  }

  private String value() {
    if (at == line.length() || line.charAt(at) != '=') {
      return "";
    }
    at++;
    if (at < line.length() && line.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < line.length() && line.charAt(at) > ' ') {
      if (line.charAt(at) == '=' || line.charAt(at) == '"') {
        throw unexpected();
      }
      at++;
    }
    return line.substring(start, at);
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < line.length() && line.charAt(at) != '"') {
      if (line.charAt(at) == '\\' && at + 1 < line.length()) {
        at++;
        value.append(escaped(line.charAt(at)));
      } else {
        value.append(line.charAt(at));
      }
      at++;
    }
    if (at >= line.length()) {
      throw mistake("unterminated quoted value");
    }
    at++;
    return value.toString();
  }

  private char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\', '/', '\'' -> c;
      case 'u' -> {
        if (at + 4 >= line.length()) {
          throw mistake("invalid quoted value");
        }
        try {
          int code = Integer.parseInt(line, at + 1, at + 5, 16);
          at += 4;
          yield (char) code;
        } catch (NumberFormatException e) {
          throw mistake("invalid quoted value");
        }
      }
      default -> throw mistake("invalid quoted value");
    };
  }

  private void skipSpaces() {
    while (at < line.length() && line.charAt(at) <= ' ') {
      at++;
    }
  }

  private RequestException unexpected() {
    return mistake("unexpected '%s'".formatted(line.charAt(at)));
  }

  private RequestException mistake(String what) {
    return RequestException.bad("invalid tags: %s at pos %d".formatted(what, at + 1));
  }
}
