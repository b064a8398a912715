package io.ghostworks.logql.syntax;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The words and signs of the language, in lower case. */
final class Words {
  /** What is a function where a parenthesis follows, and an identifier elsewhere. */
  static final Map<String, TokenKind> FUNCTIONS = new HashMap<>();

  /** Every other word, and signs of one or two characters. */
  static final Map<String, TokenKind> WORDS = new HashMap<>();

  static {
    for (RangeOperation operation : RangeOperation.values()) {
      FUNCTIONS.put(operation.word(), TokenKind.valueOf(operation.name()));
    }
    for (VectorOperation operation : VectorOperation.values()) {
      FUNCTIONS.put(operation.word(), TokenKind.valueOf(operation.name()));
    }
    FUNCTIONS.put("vector", TokenKind.VECTOR);
    FUNCTIONS.put("label_replace", TokenKind.LABEL_REPLACE);
    FUNCTIONS.put("bytes", TokenKind.BYTES_CONV);
    FUNCTIONS.put("duration", TokenKind.DURATION_CONV);
    FUNCTIONS.put("duration_seconds", TokenKind.DURATION_SECONDS_CONV);
    FUNCTIONS.put("ip", TokenKind.IP);
    for (TokenKind kind : TokenKind.values()) {
      String shown = kind.shown();
      boolean named = shown.equals(kind.name()) || kind == TokenKind.END;
      if (!named && !FUNCTIONS.containsKey(shown)) {
        WORDS.put(shown.toLowerCase(Locale.ROOT), kind);
      }
    }
  }

  private Words() {}
}
