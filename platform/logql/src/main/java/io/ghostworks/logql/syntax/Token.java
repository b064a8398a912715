package io.ghostworks.logql.syntax;

/**
 * A token.
 *
 * @param text what was written; for strings the value
 * @param number nanoseconds of a duration or a range, bytes of a size; else 0
 * @param line from 1, or 0 where Loki's scanner has lost it: tokens of several signs, durations and
 *     sizes
 * @param column from 1, in characters
 */
record Token(TokenKind kind, String text, long number, int line, int column) {}
