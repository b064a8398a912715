package io.ghostworks.template;

import io.ghostworks.template.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Tokens with a look ahead; after the lexer's first error that error comes for ever. */
final class TokenReader {
  private final Lexer lexer;
  private final Deque<Token> ahead = new ArrayDeque<>();
  private @Nullable Token failure;
  private int line = 1;
  private int at;

  TokenReader(Lexer lexer) {
    this.lexer = lexer;
  }

  /** The line of the token read last. */
  int line() {
    return line;
  }

  /** Where the token read last begins. */
  int at() {
    return at;
  }

  Token next() {
    Token token = ahead.isEmpty() ? read() : ahead.removeFirst();
    line = token.line();
    at = token.at();
    return token;
  }

  Token peek() {
    if (ahead.isEmpty()) {
      ahead.addFirst(read());
    }
    return ahead.getFirst();
  }

  Token nextNonSpace() {
    Token token = next();
    while (token.kind() == Kind.SPACE) {
      token = next();
    }
    return token;
  }

  Token peekNonSpace() {
    Token token = nextNonSpace();
    ahead.addFirst(token);
    return token;
  }

  /** Makes a token the next one. */
  void pushBack(Token token) {
    ahead.addFirst(token);
  }

  private Token read() {
    if (failure == null) {
      Token token = lexer.next();
      if (token.kind() != Kind.ERROR) {
        return token;
      }
      failure = token;
    }
    return failure;
  }
}
