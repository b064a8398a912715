package io.ghostworks.traceql.parse;

import io.ghostworks.config.DurationForm;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.Statics;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a query into tokens as Tempo does: signs join as long as what they make is a token, a scope
 * such as {@code span.} is one, and an attribute's name reaches to the first character that cannot
 * be part of one, with parts in quotes.
 */
final class Lexer {
  private final GoScanner scanner;
  private boolean inAttribute;
  private @Nullable TokenKind scope;

  Lexer(String query) {
    this.scanner = new GoScanner(query);
  }

  Token next() {
    if (inAttribute) {
      if (!Attribute.isNameCharacter(scanner.peek())) {
        inAttribute = false;
        return token(TokenKind.END_ATTRIBUTE);
      }
      TokenKind nested = nestedScope();
      return nested != null ? token(nested) : token(TokenKind.IDENTIFIER, attributeName());
    }
    return switch (scanner.scan()) {
      case END -> token(TokenKind.END);
      case STRING -> token(TokenKind.STRING, unquoted(scanner.text()));
      case INT -> number(scanner.text(), false);
      case FLOAT -> number(scanner.text(), true);
      case OTHER -> word(scanner.text());
    };
  }

  private Token token(TokenKind kind) {
    return token(kind, "");
  }

  private Token token(TokenKind kind, String text) {
    return new Token(kind, text, Statics.NIL, scanner.line(), scanner.column());
  }

  private Token token(TokenKind kind, Static value) {
    return new Token(kind, "", value, scanner.line(), scanner.column());
  }

  /** {@code parent.} may be followed by another scope. */
  private @Nullable TokenKind nestedScope() {
    if (scope != TokenKind.PARENT_DOT) {
      return null;
    }
    for (TokenKind kind : new TokenKind[] {TokenKind.RESOURCE_DOT, TokenKind.SPAN_DOT}) {
      if (scanner.follows(kind.shown())) {
        scanner.take(kind.shown());
        scope = kind;
        return kind;
      }
    }
    return null;
  }

  private String attributeName() {
    StringBuilder name = new StringBuilder();
    for (int c = scanner.peek(); Attribute.isNameCharacter(c); c = scanner.peek()) {
      scanner.take();
      if (c == '"') {
        quotedPart(name);
      } else {
        name.appendCodePoint(c);
      }
    }
    return name.toString();
  }

  private void quotedPart(StringBuilder name) {
    for (int c = scanner.take(); c != '"'; c = scanner.take()) {
      if (c == '\\') {
        c = scanner.peek();
        if (c != '"' && c != '\\') {
          throw scanner.failure("invalid escape sequence");
        }
        scanner.take();
      }
      if (c == GoScanner.END) {
        throw scanner.failure("unexpected EOF, expecting \"");
      }
      name.appendCodePoint(c);
    }
  }

  private String unquoted(String literal) {
    String text = Unquoting.unquote(literal);
    if (text == null) {
      throw scanner.failure("invalid syntax");
    }
    return text;
  }

  private Token number(String text, boolean real) {
    Long nanos = duration(text);
    if (nanos != null) {
      return token(TokenKind.DURATION, new Static.Nanos(nanos));
    }
    try {
      return real
          ? token(TokenKind.FLOAT, new Static.Real(real(text)))
          : token(TokenKind.INTEGER, new Static.Int(Long.parseLong(text)));
    } catch (NumberFormatException e) {
      boolean digits = text.chars().allMatch(GoScanner::isDigit);
      throw scanner.failure(
          "strconv.%s: parsing \"%s\": %s"
              .formatted(
                  real ? "ParseFloat" : "Atoi",
                  text,
                  digits || (real && text.indexOf('_') < 0)
                      ? "value out of range"
                      : "invalid syntax"));
    }
  }

  private static double real(String text) {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new NumberFormatException(text);
    }
    return value;
  }

  /** The number with the units that follow it, if that is a duration. */
  private @Nullable Long duration(String number) {
    String units = scanner.ahead(c -> c == '.' || "nsumh\u00b5dwy".indexOf(c) >= 0 || isNumber(c));
    if (units.isEmpty()) {
      return null;
    }
    for (DurationForm form : DurationForm.values()) {
      try {
        long nanos = form.parse(number + units).toNanos();
        scanner.take(units);
        return nanos;
      } catch (IllegalArgumentException e) {
        // not in this form; the caller reads a number where it is in neither
      }
    }
    return null;
  }

  private static boolean isNumber(int c) {
    int type = Character.getType(c);
    return type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  private Token word(String text) {
    TokenKind joined = null;
    StringBuilder longer = new StringBuilder(text);
    while (scanner.peek() != GoScanner.END) {
      TokenKind kind = TokenKind.find(longer.appendCodePoint(scanner.peek()).toString());
      if (kind == null) {
        break;
      }
      joined = kind;
      scanner.take();
    }
    TokenKind kind = joined != null ? joined : TokenKind.find(text);
    if (kind == null) {
      return token(TokenKind.IDENTIFIER, text);
    }
    if (joined != null && (joined.shown().endsWith(".") || joined.shown().endsWith(":"))) {
      scope = joined;
    }
    inAttribute = kind.startsAttribute();
    return token(kind);
  }
}
