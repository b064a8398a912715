package io.ghostworks.logql;

/**
 * A token of LogQL.
 *
 * @param kind IDENTIFIER, STRING, NUMBER, EOF, or the sign itself
 * @param text the value: of a string without quotes
 * @param offset the first character in the query
 */
record LogqlToken(String kind, String text, int offset) {

  boolean is(String wanted) {
    return kind.equals(wanted);
  }

  boolean isWord(String word) {
    return kind.equals("IDENTIFIER") && text.equals(word);
  }

  /** As Loki names it in errors. */
  String description() {
    return kind.equals("EOF") ? "$end" : kind;
  }
}
