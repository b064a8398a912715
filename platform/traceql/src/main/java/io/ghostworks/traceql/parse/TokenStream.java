package io.ghostworks.traceql.parse;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a query with one look ahead, and the messages where another one was needed. Tokens
 * are cut as they are asked for, so that the first fault of the text is the one that is told.
 */
final class TokenStream {
  /** Tempo lists what was expected only where it is so many kinds or fewer. */
  private static final int EXPECTED_MAX = 4;

  private static final int DEPTH_MAX = 500;
  private static final int OPERATORS_MAX = 2_000;

  private final Lexer lexer;
  private @Nullable Token ahead;
  private int depth;
  private int operators;

  TokenStream(String query) {
    this.lexer = new Lexer(query);
  }

  Token peek() {
    Token token = ahead;
    if (token == null) {
      token = lexer.next();
      ahead = token;
    }
    return token;
  }

  TokenKind kind() {
    return peek().kind();
  }

  boolean at(TokenKind kind) {
    return kind() == kind;
  }

  Token next() {
    Token token = peek();
    ahead = null;
    return token;
  }

  /** Takes a token if it is of this kind. */
  boolean accept(TokenKind kind) {
    if (at(kind)) {
      ahead = null;
      return true;
    }
    return false;
  }

  /**
   * Takes a token of this kind.
   *
   * @param others what might have stood there too, for the message
   */
  Token expect(TokenKind kind, TokenKind... others) {
    if (at(kind)) {
      return next();
    }
    TokenKind[] all = Arrays.copyOf(others, others.length + 1);
    all[others.length] = kind;
    throw unexpected(all);
  }

  /** Refuses the next token where it is not of a kind; it is not taken. */
  void expectAhead(TokenKind kind, TokenKind other) {
    if (!at(kind)) {
      throw unexpected(kind, other);
    }
  }

  /** The next token has no place here. */
  TraceqlParseException unexpected(TokenKind... expected) {
    String list = "";
    if (expected.length > 0 && expected.length <= EXPECTED_MAX) {
      list =
          Arrays.stream(expected)
              .sorted()
              .map(TokenKind::shown)
              .collect(Collectors.joining(" or ", ", expecting ", ""));
    }
    return failure("syntax error: unexpected " + kind().shown() + list);
  }

  /** A fault at the next token. */
  TraceqlParseException failure(String message) {
    return failure(message, peek());
  }

  static TraceqlParseException failure(String message, Token token) {
    return new TraceqlParseException(message, token.line(), token.column());
  }

  /** Goes one level deeper; what is read calls itself for each. */
  void enter() {
    if (++depth > DEPTH_MAX) {
      throw failure("the query nests too deeply: at most %d levels".formatted(DEPTH_MAX));
    }
  }

  void leave() {
    depth--;
  }

  /** Counts what joins two expressions, each of which makes the tree deeper. */
  void countOperator() {
    if (++operators > OPERATORS_MAX) {
      throw failure("the query has too many operators: at most %d".formatted(OPERATORS_MAX));
    }
  }
}
