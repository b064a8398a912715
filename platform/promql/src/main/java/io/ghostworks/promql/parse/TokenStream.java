package io.ghostworks.promql.parse;

import io.ghostworks.promql.ast.PositionRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens of a query with one to look ahead, and the errors found so far. */
final class TokenStream {
  private final Lexer lexer;
  private final List<ParseError> errors = new ArrayList<>();
  private @Nullable Token ahead;
  private int lastClosing;
  private String context = "";

  TokenStream(String query) {
    this.lexer = new Lexer(query);
  }

  /** The next token, which stays. A lexical error ends the parsing. */
  Token peek() {
    Token token = ahead;
    if (token == null) {
      token = lexer.next();
      ahead = token;
      if (token.type() == TokenType.ERROR) {
        add(token.position(), token.text());
        throw new Abandoned();
      }
    }
    return token;
  }

  Token next() {
    Token token = peek();
    ahead = null;
    switch (token.type()) {
      case RIGHT_BRACE, RIGHT_PAREN, RIGHT_BRACKET, DURATION, NUMBER ->
          lastClosing = token.position().end();
      default -> {}
    }
    return token;
  }

  boolean at(TokenType type) {
    return peek().type() == type;
  }

  /** Takes the next token if it is of that type. */
  boolean accept(TokenType type) {
    if (!at(type)) {
      return false;
    }
    next();
    return true;
  }

  /** Takes a token of that type, or complains in the words of the surrounding construct. */
  Token expect(TokenType type) {
    if (!at(type)) {
      throw unexpected(context, "");
    }
    return next();
  }

  /** Complains about the next token in the words of the surrounding construct. */
  Abandoned unexpected() {
    return unexpected(context, "");
  }

  Abandoned unexpected(String where, String expected) {
    Token token = peek();
    String message = "unexpected " + token.description();
    if (!where.isEmpty()) {
      message += " in " + where;
    }
    if (!expected.isEmpty()) {
      message += ", expected " + expected;
    }
    add(token.position(), message);
    return new Abandoned();
  }

  /** The construct around, as errors name it; "" for none. */
  String context() {
    return context;
  }

  void setContext(String newContext) {
    context = newContext;
  }

  /** The end of the last token taken that can close an expression. */
  int lastClosing() {
    return lastClosing;
  }

  void add(PositionRange position, String message) {
    errors.add(new ParseError(position, message));
  }

  List<ParseError> errors() {
    return errors;
  }

  /** The parsing cannot go on; the errors say why. */
  static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Abandoned() {
      super("parsing was abandoned", null, false, false);
    }
  }
}
