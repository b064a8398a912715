package io.ghostworks.promql.parse;

import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.text.QuotedText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Cuts a query into tokens. Positions count bytes of UTF-8.
 *
 * <p>States: outside of any bracket; inside braces, where words are always identifiers; right after
 * a left bracket, where durations are computed. A number leads out of the last one, a right bracket
 * ends it.
 */
final class Lexer {
  private static final int EOF = -1;

  private final byte[] input;
  private State state = State.STATEMENTS;
  private int at;
  private int start;
  private int parenDepth;
  private boolean bracketOpen;
  private boolean gotColon;
  private boolean gotDuration;

  Lexer(String query) {
    this.input = query.getBytes(StandardCharsets.UTF_8);
  }

  private enum State {
    STATEMENTS,
    BRACES,
    DURATION
  }

  /** The next token; an error ends the input. */
  Token next() {
    skipBlanksAndComments();
    start = at;
    try {
      return switch (state) {
        case STATEMENTS -> statement();
        case BRACES -> insideBraces();
        case DURATION -> duration();
      };
    } catch (LexicalError e) {
      return new Token(TokenType.ERROR, e.text, new PositionRange(start, input.length));
    }
  }

  private void skipBlanksAndComments() {
    while (at < input.length) {
      if (isSpace(input[at])) {
        at++;
      } else if (input[at] == '#' && state != State.DURATION) {
        while (at < input.length && input[at] != '\n' && input[at] != '\r') {
          at++;
        }
      } else {
        return;
      }
    }
  }

  private Token statement() {
    int c = read();
    if (isDigit(c) || (c == '.' && isDigit(peek()))) {
      at = start;
      return numberOrDuration();
    }
    if (isAlpha(c) || c == ':') {
      return bracketOpen ? wordInBracket(c) : word();
    }
    return switch (c) {
      case EOF -> end();
      case ',' -> token(TokenType.COMMA);
      case '*' -> token(TokenType.TIMES);
      case '/' -> token(TokenType.DIVIDE);
      case '%' -> token(TokenType.MODULO);
      case '+' -> token(TokenType.PLUS);
      case '-' -> token(TokenType.MINUS);
      case '^' -> token(TokenType.POWER);
      case '@' -> token(TokenType.AT);
      case '=' -> equalSign();
      case '!' -> {
        int after = read();
        if (after != '=') {
          throw error("unexpected character after '!': " + QuotedText.quoteRune(after));
        }
        yield token(TokenType.NOT_EQUAL);
      }
      case '<' ->
          token(
              accept('=')
                  ? TokenType.LESS_OR_EQUAL
                  : accept('/') ? TokenType.TRIM_UPPER : TokenType.LESS);
      case '>' ->
          token(
              accept('=')
                  ? TokenType.GREATER_OR_EQUAL
                  : accept('/') ? TokenType.TRIM_LOWER : TokenType.GREATER);
      case '"', '\'' -> string(c);
      case '`' -> rawString();
      case '(' -> leftParen();
      case ')' -> rightParen();
      case '{' -> {
        state = State.BRACES;
        yield token(TokenType.LEFT_BRACE);
      }
      case '[' -> leftBracket();
      case ']' -> rightBracket();
      default -> throw error("unexpected character: " + QuotedText.quoteRune(c));
    };
  }

  private Token end() {
    if (parenDepth != 0) {
      throw error("unclosed left parenthesis");
    }
    if (bracketOpen) {
      throw error("unclosed left bracket");
    }
    return token(TokenType.END_OF_INPUT);
  }

  private Token equalSign() {
    int after = peek();
    if (after == '~') {
      throw error("unexpected character after '=': " + QuotedText.quoteRune(after));
    }
    return token(accept('=') ? TokenType.EQUAL_EQUAL : TokenType.EQUAL);
  }

  private Token leftParen() {
    parenDepth++;
    return token(TokenType.LEFT_PAREN);
  }

  private Token rightParen() {
    if (--parenDepth < 0) {
      start = at;
      throw error("unexpected right parenthesis ')'");
    }
    return token(TokenType.RIGHT_PAREN);
  }

  private Token leftBracket() {
    if (bracketOpen) {
      throw error("unexpected left bracket '['");
    }
    gotColon = false;
    bracketOpen = true;
    state = State.DURATION;
    return token(TokenType.LEFT_BRACKET);
  }

  private Token rightBracket() {
    if (!bracketOpen) {
      throw error("unexpected right bracket ']'");
    }
    bracketOpen = false;
    state = State.STATEMENTS;
    return token(TokenType.RIGHT_BRACKET);
  }

  private Token wordInBracket(int first) {
    if (first == ':') {
      if (gotColon) {
        throw error("unexpected colon ':'");
      }
      gotColon = true;
      return token(TokenType.COLON);
    }
    Token keyword = durationKeyword();
    if (keyword == null) {
      throw error("unexpected character: %s, expected ':'".formatted(QuotedText.quoteRune(first)));
    }
    return keyword;
  }

  private Token word() {
    while (isAlphaNumeric(peek()) || peek() == ':') {
      at++;
    }
    String text = text();
    TokenType reserved = TokenType.ofWord(text);
    if (reserved == null) {
      return token(text.indexOf(':') < 0 ? TokenType.IDENTIFIER : TokenType.METRIC_IDENTIFIER);
    }
    boolean isFill =
        reserved == TokenType.FILL
            || reserved == TokenType.FILL_LEFT
            || reserved == TokenType.FILL_RIGHT;
    return token(isFill && !parenthesisFollows() ? TokenType.IDENTIFIER : reserved);
  }

  private boolean parenthesisFollows() {
    int i = at;
    while (i < input.length && isSpace(input[i])) {
      i++;
    }
    return i < input.length && input[i] == '(';
  }

  private Token insideBraces() {
    int c = read();
    if (isAlpha(c)) {
      while (isAlphaNumeric(peek())) {
        at++;
      }
      return token(TokenType.IDENTIFIER);
    }
    return switch (c) {
      case EOF -> throw error("unexpected end of input inside braces");
      case ',' -> token(TokenType.COMMA);
      case '"', '\'' -> string(c);
      case '`' -> rawString();
      case '=' -> token(accept('~') ? TokenType.REGEX_EQUAL : TokenType.EQUAL);
      case '!' -> {
        int after = read();
        yield switch (after) {
          case '~' -> token(TokenType.REGEX_NOT_EQUAL);
          case '=' -> token(TokenType.NOT_EQUAL);
          default ->
              throw error(
                  "unexpected character after '!' inside braces: " + QuotedText.quoteRune(after));
        };
      }
      case '{' -> throw error("unexpected left brace '{'");
      case '}' -> {
        state = State.STATEMENTS;
        yield token(TokenType.RIGHT_BRACE);
      }
      default -> throw error("unexpected character inside braces: " + QuotedText.quoteRune(c));
    };
  }

  private Token duration() {
    int c = read();
    if (isDigit(c) || (c == '.' && isDigit(peek()))) {
      at = start;
      gotDuration = true;
      state = State.STATEMENTS;
      return numberOrDuration();
    }
    return switch (c) {
      case EOF -> throw error("unexpected end of input in duration expression");
      case ']' -> {
        gotColon = false;
        yield rightBracket();
      }
      case ':' -> {
        if (!gotDuration || gotColon) {
          start = at;
          throw error(
              gotDuration
                  ? "unexpected repeated colon in duration expression"
                  : "unexpected colon before duration in duration expression");
        }
        gotColon = true;
        yield token(TokenType.COLON);
      }
      case '(' -> leftParen();
      case ')' -> rightParen();
      case '+' -> token(TokenType.PLUS);
      case '-' -> token(TokenType.MINUS);
      case '*' -> token(TokenType.TIMES);
      case '/' -> token(TokenType.DIVIDE);
      case '%' -> token(TokenType.MODULO);
      case '^' -> token(TokenType.POWER);
      case ',' -> token(TokenType.COMMA);
      default -> {
        Token keyword = startsDurationKeyword(c) ? durationKeyword() : null;
        if (keyword == null) {
          throw error("unexpected character in duration expression: " + QuotedText.quoteRune(c));
        }
        yield keyword;
      }
    };
  }

  private static boolean startsDurationKeyword(int c) {
    return "srmSRM".indexOf(c) >= 0;
  }

  /** step, range, min_of or max_of, of which the first letter is read; null if it is another. */
  private @org.jspecify.annotations.Nullable Token durationKeyword() {
    if (!startsDurationKeyword(input[start])) {
      return null;
    }
    while (isAlpha(peek())) {
      at++;
    }
    return switch (text().toLowerCase(Locale.ROOT)) {
      case "step" -> token(TokenType.STEP);
      case "range" -> token(TokenType.RANGE);
      case "max_of" -> token(TokenType.MAX_OF);
      case "min_of" -> token(TokenType.MIN_OF);
      default -> null;
    };
  }

  private Token numberOrDuration() {
    NumberScan scan = new NumberScan(input, at);
    boolean number = scan.number();
    at = scan.at();
    if (number) {
      return token(TokenType.NUMBER);
    }
    boolean duration = scan.restOfDuration();
    at = scan.at();
    if (duration) {
      return token(TokenType.DURATION);
    }
    throw error("bad number or duration syntax: " + QuotedText.quote(text()));
  }

  private Token string(int quote) {
    while (true) {
      int c = readCodePoint();
      if (c == quote) {
        return token(TokenType.STRING);
      }
      switch (c) {
        case '\\' -> escape(quote);
        case EOF, '\n' -> throw error("unterminated quoted string");
        case 0xfffd -> throw error("invalid UTF-8 rune");
        default -> {}
      }
    }
  }

  private Token rawString() {
    while (true) {
      int c = readCodePoint();
      if (c == '`') {
        return token(TokenType.STRING);
      }
      switch (c) {
        case EOF -> throw error("unterminated raw string");
        case 0xfffd -> throw error("invalid UTF-8 rune");
        default -> {}
      }
    }
  }

  private void escape(int quote) {
    int c = readCodePoint();
    if (c == quote) {
      return;
    }
    switch (c) {
      case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\' -> {}
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        at--;
        digits(3, 8, 255);
      }
      case 'x' -> digits(2, 16, 255);
      case 'u' -> digits(4, 16, Character.MAX_CODE_POINT);
      case 'U' -> digits(8, 16, Character.MAX_CODE_POINT);
      case EOF -> throw error("escape sequence not terminated");
      default -> throw error("unknown escape sequence " + unicode(c));
    }
  }

  private void digits(int count, int radix, long max) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      int c = readCodePoint();
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        throw error(
            c == EOF
                ? "escape sequence not terminated"
                : "illegal character %s in escape sequence".formatted(unicode(c)));
      }
      value = value * radix + digit;
    }
    if (value > max || (value >= 0xd800 && value < 0xe000)) {
      throw error("escape sequence is an invalid Unicode code point");
    }
  }

  private static String unicode(int codePoint) {
    return "U+%04X '%s'".formatted(codePoint, Character.toString(codePoint));
  }

  private Token token(TokenType type) {
    return new Token(type, text(), new PositionRange(start, at));
  }

  private String text() {
    return new String(input, start, at - start, StandardCharsets.UTF_8);
  }

  private boolean accept(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private int peek() {
    return at < input.length ? input[at] : EOF;
  }

  /** The next code point; ASCII outside of strings in a valid query. */
  private int read() {
    return readCodePoint();
  }

  private int readCodePoint() {
    if (at >= input.length) {
      return EOF;
    }
    int first = input[at];
    if (first >= 0) {
      at++;
      return first;
    }
    int length = (first & 0xe0) == 0xc0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : 4;
    int end = Math.min(input.length, at + length);
    int codePoint = new String(input, at, end - at, StandardCharsets.UTF_8).codePointAt(0);
    at = end;
    return codePoint;
  }

  private static LexicalError error(String text) {
    return new LexicalError(text);
  }

  static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isAlpha(int c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isAlphaNumeric(int c) {
    return isAlpha(c) || isDigit(c);
  }

  /** Leads out of the scanning of one token. */
  private static final class LexicalError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String text;

    LexicalError(String text) {
      super(text, null, false, false);
      this.text = text;
    }
  }
}
