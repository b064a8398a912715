package io.ghostworks.logql.syntax;

import io.ghostworks.logql.quantity.ByteSizes;
import io.ghostworks.logql.quantity.GoDurations;
import io.ghostworks.logql.quantity.QuantityException;
import io.ghostworks.template.GoStrings;
import io.ghostworks.template.TemplateException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a query into tokens as Loki does, whose lexer stands on Go's scanner: comments run from
 * {@code #} to the end of the line, and Go's comments count too; a word is a function only before a
 * parenthesis; keywords are found in any case; a sign without a meaning is an identifier.
 */
final class Lexer {
  private static final int END = -1;

  private final GoScanner scanner;

  Lexer(String query) {
    this.scanner = new GoScanner(query);
  }

  Token next() {
    while (true) {
      GoScanner.Kind kind = scanner.scan();
      switch (kind) {
        case END -> {
          return token(TokenKind.END, "");
        }
        case NUMBER -> {
          return number(scanner.text());
        }
        case STRING -> {
          return string(scanner.text());
        }
        case OTHER -> {
          String text = scanner.text();
          if (text.equals("#")) {
            skipComment();
          } else if (text.equals("[")) {
            return range();
          } else {
            return word(text);
          }
        }
      }
    }
  }

  private void skipComment() {
    int c = scanner.peek();
    while (c != '\n' && c != END) {
      c = scanner.take();
    }
  }

  private Token token(TokenKind kind, String text) {
    return token(kind, text, 0);
  }

  private Token token(TokenKind kind, String text, long number) {
    return new Token(kind, text, number, scanner.line(), scanner.column());
  }

  private Token number(String text) {
    Token duration = duration(text);
    if (duration != null) {
      return duration;
    }
    Token bytes = bytes(text);
    return bytes != null ? bytes : token(TokenKind.NUMBER, text);
  }

  private @Nullable Token duration(String start) {
    int length = scanner.ahead(c -> isNumeric(c) || "nu\u00b5mshdwy".indexOf(c) >= 0);
    if (length == 0) {
      return null;
    }
    String text = start + scanner.ahead(length);
    long nanos;
    try {
      nanos = durationNanos(text);
    } catch (QuantityException e) {
      return null;
    }
    scanner.take(length);
    return token(TokenKind.DURATION, text, nanos);
  }

  /** Prometheus's form first, since it has more units, then Go's. */
  private static long durationNanos(String text) {
    try {
      return GoDurations.parsePrometheus(text);
    } catch (QuantityException e) {
      return GoDurations.parse(text);
    }
  }

  private @Nullable Token bytes(String start) {
    int length = scanner.ahead(c -> isNumeric(c) || "BikKMGTP".indexOf(c) >= 0);
    if (length == 0) {
      return null;
    }
    String text = start + scanner.ahead(length);
    long bytes;
    try {
      bytes = ByteSizes.parse(text);
    } catch (QuantityException e) {
      return null;
    }
    scanner.take(length);
    return token(TokenKind.BYTES, text, bytes);
  }

  private static boolean isNumeric(int c) {
    return c == '.' || Character.isDigit(c);
  }

  private Token string(String literal) {
    String inner = literal.substring(1, literal.length() - 1);
    if (literal.charAt(0) == '`') {
      return token(TokenKind.STRING, inner);
    }
    try {
      return token(TokenKind.STRING, GoStrings.unquote(literal));
    } catch (TemplateException e) {
      throw scanner.failure("invalid syntax");
    }
  }

  private Token range() {
    StringBuilder text = new StringBuilder();
    for (int c = scanner.take(); c != END; c = scanner.take()) {
      if (c == ']') {
        try {
          String duration = text.toString();
          return token(TokenKind.RANGE, duration, GoDurations.parsePrometheus(duration));
        } catch (QuantityException e) {
          throw scanner.failure(e.getMessage());
        }
      }
      text.appendCodePoint(c);
    }
    throw scanner.failure("missing closing ']' in duration");
  }

  private Token word(String text) {
    if (text.equals("-")) {
      Token flag = flagOrDuration();
      if (flag != null) {
        return flag;
      }
    }
    String lower = text.toLowerCase(Locale.ROOT);
    TokenKind function = Words.FUNCTIONS.get(lower);
    if (function != null) {
      return token(isCall() ? function : TokenKind.IDENTIFIER, text);
    }
    int next = scanner.peek();
    if (next != END) {
      TokenKind pair = Words.WORDS.get(lower + Character.toString(Character.toLowerCase(next)));
      if (pair != null) {
        scanner.take();
        return token(pair, pair.shown());
      }
    }
    return token(Words.WORDS.getOrDefault(lower, TokenKind.IDENTIFIER), text);
  }

  private @Nullable Token flagOrDuration() {
    if (scanner.peek() == '-') {
      int length = scanner.ahead(c -> Character.isLetter(c) || c == '-');
      String flag = "-" + scanner.ahead(length);
      if (flag.equals("--strict") || flag.equals("--keep-empty")) {
        scanner.take(length);
        return token(TokenKind.FUNCTION_FLAG, flag);
      }
    }
    return duration("-");
  }

  /** Whether a parenthesis follows, or a grouping with one. */
  private boolean isCall() {
    String rest = scanner.query();
    int at = skipSpaces(rest, scanner.position());
    if (rest.startsWith("(", at)) {
      return true;
    }
    for (String grouping : new String[] {"by", "without"}) {
      if (rest.regionMatches(true, at, grouping, 0, grouping.length())) {
        return rest.startsWith("(", skipSpaces(rest, at + grouping.length()));
      }
    }
    return false;
  }

  private static int skipSpaces(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  static boolean isSpace(int c) {
    return (c >= '\t' && c <= '\r') || Character.isSpaceChar(c) || c == 0x85;
  }
}
