package io.ghostworks.template;

import io.ghostworks.template.Token.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Splits a template into tokens, one at a time, as {@code text/template/parse/lex.go} describes
 * them.
 */
final class Lexer {

  private static final String LEFT = "{{";
  private static final String RIGHT = "}}";

  private static final Map<String, Kind> WORDS =
      Map.ofEntries(
          Map.entry("block", Kind.BLOCK),
          Map.entry("break", Kind.BREAK),
          Map.entry("continue", Kind.CONTINUE),
          Map.entry("define", Kind.DEFINE),
          Map.entry("else", Kind.ELSE),
          Map.entry("end", Kind.END),
          Map.entry("if", Kind.IF),
          Map.entry("range", Kind.RANGE),
          Map.entry("nil", Kind.NIL),
          Map.entry("template", Kind.TEMPLATE),
          Map.entry("with", Kind.WITH),
          Map.entry("true", Kind.BOOL),
          Map.entry("false", Kind.BOOL));

  private final String text;
  private int at;
  private int start;
  private int line = 1;
  private boolean inAction;
  private boolean trimNext;
  private int parentheses;

  Lexer(String text) {
    this.text = text;
  }

  /** The next token; after the first ERROR or END_OF_TEXT there is none. */
  Token next() {
    start = at;
    return inAction ? action() : plain();
  }

  private Token plain() {
    if (trimNext) {
      skipSpaceAndLines();
      trimNext = false;
      start = at;
    }
    int left = text.indexOf(LEFT, at);
    if (left < 0) {
      if (at == text.length()) {
        return emit(Kind.END_OF_TEXT);
      }
      at = text.length();
      return emit(Kind.TEXT);
    }
    int textEnd = left;
    if (isTrimMarkerAfter(left + 2)) {
      while (textEnd > start && isSpace(text.charAt(textEnd - 1))) {
        textEnd--;
      }
    }
    if (textEnd > start) {
      Token token = new Token(Kind.TEXT, text.substring(start, textEnd), start, line);
      line += lines(start, left);
      at = left;
      return token;
    }
    line += lines(start, left);
    at = left;
    start = left;
    return leftDelimiter();
  }

  private Token leftDelimiter() {
    boolean trim = isTrimMarkerAfter(at + 2);
    int after = at + 2 + (trim ? 2 : 0);
    if (text.startsWith("/*", after)) {
      return comment(after);
    }
    inAction = true;
    parentheses = 0;
    Token token = new Token(Kind.LEFT_DELIMITER, LEFT, at, line);
    line += lines(at, after);
    at = after;
    return token;
  }

  private Token comment(int from) {
    int close = text.indexOf("*/", from);
    if (close < 0) {
      return error("unclosed comment");
    }
    int end = close + 2;
    boolean trim = isTrimMarkerBefore(end);
    if (trim) {
      end += 2;
    }
    if (!text.startsWith(RIGHT, end)) {
      return error("comment ends before closing delimiter");
    }
    line += lines(at, end + 2);
    at = end + 2;
    trimNext = trim;
    start = at;
    return plain();
  }

  private Token action() {
    boolean trim = isTrimMarkerBefore(at);
    if (trim || text.startsWith(RIGHT, at)) {
      if (parentheses > 0) {
        return error("unclosed left paren");
      }
      line += lines(at, at + (trim ? 2 : 0));
      start = at + (trim ? 2 : 0);
      at = start + 2;
      inAction = false;
      trimNext = trim;
      return emit(Kind.RIGHT_DELIMITER);
    }
    if (at >= text.length()) {
      return error("unclosed action");
    }
    char c = text.charAt(at);
    if (isSpace(c)) {
      while (at < text.length() && isSpace(text.charAt(at)) && !isTrimMarkerBefore(at)) {
        at++;
      }
      return emit(Kind.SPACE);
    }
    at++;
    return switch (c) {
      case '=' -> emit(Kind.ASSIGN);
      case ':' -> {
        if (at < text.length() && text.charAt(at) == '=') {
          at++;
          yield emit(Kind.DECLARE);
        }
        yield error("expected :=");
      }
      case '|' -> emit(Kind.PIPE);
      case '"' -> quoted('"', "unterminated quoted string", Kind.STRING);
      case '\'' -> quoted('\'', "unterminated character constant", Kind.CHAR);
      case '`' -> rawString();
      case '$' -> fieldOrVariable(Kind.VARIABLE);
      case '(' -> {
        parentheses++;
        yield emit(Kind.LEFT_PARENTHESIS);
      }
      case ')' -> {
        parentheses--;
        yield parentheses < 0 ? error("unexpected right paren") : emit(Kind.RIGHT_PARENTHESIS);
      }
      case ',' -> emit(Kind.COMMA);
      case '.' -> {
        if (at < text.length() && isDigit(text.charAt(at))) {
          at--;
          yield number();
        }
        yield fieldOrVariable(Kind.FIELD);
      }
      default -> word(c);
    };
  }

  private Token word(char c) {
    at--;
    if (c == '+' || c == '-' || isDigit(c)) {
      return number();
    }
    int codePoint = text.codePointAt(at);
    if (isAlphanumeric(codePoint)) {
      skipAlphanumeric();
      if (!atTerminator()) {
        return badCharacter();
      }
      return emit(WORDS.getOrDefault(text.substring(start, at), Kind.IDENTIFIER));
    }
    if (codePoint > ' ' && codePoint < 0x7f) {
      at++;
      return emit(Kind.OTHER);
    }
    return error("unrecognized character in action: " + GoStrings.unicode(codePoint));
  }

  private Token fieldOrVariable(Kind kind) {
    if (atTerminator()) {
      return emit(kind == Kind.VARIABLE ? Kind.VARIABLE : Kind.DOT);
    }
    skipAlphanumeric();
    return atTerminator() ? emit(kind) : badCharacter();
  }

  private Token badCharacter() {
    return error("bad character " + GoStrings.unicode(text.codePointAt(at)));
  }

  private Token quoted(char quote, String unterminated, Kind kind) {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length() && text.charAt(at) != '\n') {
        at++;
      } else if (c == '\n' || c == '\\') {
        return error(unterminated);
      } else if (c == quote) {
        return emit(kind);
      }
    }
    return error(unterminated);
  }

  private Token rawString() {
    int close = text.indexOf('`', at);
    if (close < 0) {
      return error("unterminated raw quoted string");
    }
    at = close + 1;
    return emit(Kind.RAW_STRING);
  }

  private Token number() {
    Token bad = scanNumber();
    if (bad == null && at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
      bad = scanNumber();
      if (bad == null && text.charAt(at - 1) != 'i') {
        bad = error("bad number syntax: " + GoStrings.quote(text.substring(start, at)));
      }
    }
    return bad == null ? emit(Kind.NUMBER) : bad;
  }

  /** Passes over a number; an error if it ends in a letter. */
  private @Nullable Token scanNumber() {
    accept("+-");
    String digits = "0123456789_";
    if (accept("0")) {
      if (accept("xX")) {
        digits = "0123456789abcdefABCDEF_";
      } else if (accept("oO")) {
        digits = "01234567_";
      } else if (accept("bB")) {
        digits = "01_";
      }
    }
    acceptRun(digits);
    if (accept(".")) {
      acceptRun(digits);
    }
    if (digits.length() == 11 && accept("eE")) {
      accept("+-");
      acceptRun("0123456789_");
    }
    if (digits.length() == 23 && accept("pP")) {
      accept("+-");
      acceptRun("0123456789_");
    }
    accept("i");
    if (at < text.length() && isAlphanumeric(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
      return error("bad number syntax: " + GoStrings.quote(text.substring(start, at)));
    }
    return null;
  }

  private boolean accept(String chars) {
    if (at < text.length() && chars.indexOf(text.charAt(at)) >= 0) {
      at++;
      return true;
    }
    return false;
  }

  private void acceptRun(String chars) {
    while (accept(chars)) {
      // all of them
    }
  }

  private void skipAlphanumeric() {
    while (at < text.length() && isAlphanumeric(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
  }

  private boolean atTerminator() {
    if (at >= text.length()) {
      return true;
    }
    char c = text.charAt(at);
    return isSpace(c) || ".,|:=)(".indexOf(c) >= 0 || text.startsWith(RIGHT, at);
  }

  /** Whether a dash and a space follow a left delimiter that ends here. */
  private boolean isTrimMarkerAfter(int position) {
    return position + 1 < text.length()
        && text.charAt(position) == '-'
        && isSpace(text.charAt(position + 1));
  }

  /** Whether a space, a dash and a right delimiter begin here. */
  private boolean isTrimMarkerBefore(int position) {
    return position + 1 < text.length()
        && isSpace(text.charAt(position))
        && text.charAt(position + 1) == '-'
        && text.startsWith(RIGHT, position + 2);
  }

  private void skipSpaceAndLines() {
    int from = at;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    line += lines(from, at);
  }

  private Token emit(Kind kind) {
    Token token = new Token(kind, text.substring(start, at), start, line);
    line += lines(start, at);
    return token;
  }

  private Token error(String message) {
    return new Token(Kind.ERROR, message, start, line);
  }

  private int lines(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '\n') {
        count++;
      }
    }
    return count;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isAlphanumeric(int codePoint) {
    return codePoint == '_' || Character.isLetter(codePoint) || Character.isDigit(codePoint);
  }
}
