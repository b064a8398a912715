package io.ghostworks.template;

/**
 * A lexical item.
 *
 * @param at offset of its first char in the text
 * @param line counted from 1
 */
record Token(Kind kind, String text, int at, int line) {

  enum Kind {
    ERROR,
    END_OF_TEXT,
    TEXT,
    LEFT_DELIMITER,
    RIGHT_DELIMITER,
    SPACE,
    BOOL,
    CHAR,
    NUMBER,
    STRING,
    RAW_STRING,
    ASSIGN,
    DECLARE,
    PIPE,
    LEFT_PARENTHESIS,
    RIGHT_PARENTHESIS,
    COMMA,
    OTHER,
    DOT,
    FIELD,
    VARIABLE,
    IDENTIFIER,
    NIL,
    BLOCK,
    BREAK,
    CONTINUE,
    DEFINE,
    ELSE,
    END,
    IF,
    RANGE,
    TEMPLATE,
    WITH;

    boolean isKeyword() {
      return compareTo(BLOCK) >= 0;
    }
  }

  /** As error messages of Go show it. */
  @Override
  public String toString() {
    if (kind == Kind.END_OF_TEXT) {
      return "EOF";
    }
    if (kind == Kind.ERROR) {
      return text;
    }
    if (kind.isKeyword() || kind == Kind.DOT || kind == Kind.NIL) {
      return "<" + text + ">";
    }
    String shown = text;
    if (text.codePointCount(0, text.length()) > 10) {
      return GoStrings.quote(text.substring(0, text.offsetByCodePoints(0, 10))) + "...";
    }
    return GoStrings.quote(shown);
  }
}
