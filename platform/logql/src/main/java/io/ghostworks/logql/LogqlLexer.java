package io.ghostworks.logql;

import java.util.List;

/** Cuts a query into tokens; comments run from # to the end of the line. */
final class LogqlLexer {
  private static final List<String> SIGNS =
      List.of(
          "|=", "|~", "|>", "!=", "!~", "!>", "=~", "==", ">=", "<=", "|", "=", ">", "<", "{", "}",
          "(", ")", "[", "]", ",", "+", "-", "*", "/", "%", "^");

  private final String query;
  private int at;

  LogqlLexer(String query) {
    this.query = query;
  }

  LogqlToken next() {
    skipBlanks();
    int start = at;
    if (at >= query.length()) {
      return new LogqlToken("EOF", "", start);
    }
    char c = query.charAt(at);
    if (c == '"' || c == '`') {
      return string(c);
    }
    if (isWordStart(c)) {
      while (at < query.length() && isWordPart(query.charAt(at))) {
        at++;
      }
      return new LogqlToken("IDENTIFIER", query.substring(start, at), start);
    }
    if (isDigit(c)) {
      while (at < query.length() && isNumberPart(query.charAt(at))) {
        at++;
      }
      return new LogqlToken("NUMBER", query.substring(start, at), start);
    }
    for (String sign : SIGNS) {
      if (query.startsWith(sign, at)) {
        at += sign.length();
        return new LogqlToken(sign, sign, start);
      }
    }
    throw LogqlParseException.at(
        query, start, "syntax error: unexpected character '%s'".formatted(c));
  }

  private void skipBlanks() {
    while (at < query.length()) {
      if (Character.isWhitespace(query.charAt(at))) {
        at++;
      } else if (query.charAt(at) == '#') {
        while (at < query.length() && query.charAt(at) != '\n') {
          at++;
        }
      } else {
        return;
      }
    }
  }

  private LogqlToken string(char quote) {
    int start = at++;
    StringBuilder text = new StringBuilder();
    while (at < query.length() && query.charAt(at) != quote) {
      char c = query.charAt(at++);
      if (quote == '"' && c == '\n') {
        break;
      }
      if (quote == '"' && c == '\\') {
        escape(start, text);
      } else {
        text.append(c);
      }
    }
    if (at >= query.length() || query.charAt(at) != quote) {
      throw LogqlParseException.at(query, start, "literal not terminated");
    }
    at++;
    return new LogqlToken("STRING", text.toString(), start);
  }

  private void escape(int start, StringBuilder text) {
    char c = at < query.length() ? query.charAt(at++) : ' ';
    switch (c) {
      case 'a' -> text.append((char) 7);
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'v' -> text.append((char) 11);
      case '\\', '"' -> text.append(c);
      case 'x' -> text.appendCodePoint(hex(start, 2));
      case 'u' -> text.appendCodePoint(hex(start, 4));
      case 'U' -> text.appendCodePoint(hex(start, 8));
      default -> throw LogqlParseException.at(query, start, "invalid char escape");
    }
  }

  private int hex(int start, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = at < query.length() ? Character.digit(query.charAt(at++), 16) : -1;
      if (digit < 0) {
        throw LogqlParseException.at(query, start, "invalid char escape");
      }
      value = value * 16 + digit;
    }
    if (!Character.isValidCodePoint(value)) {
      throw LogqlParseException.at(query, start, "invalid char escape");
    }
    return value;
  }

  private static boolean isWordStart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || isDigit(c) || c == ':';
  }

  private static boolean isNumberPart(char c) {
    return isDigit(c) || c == '.' || c == 'µ' || c == 'μ' || (isWordStart(c) && c != '_');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
