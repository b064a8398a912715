package io.ghostworks.traceql.parse;

import io.ghostworks.traceql.ast.Static;

/**
 * A token.
 *
 * @param text the value of a text, the name of an identifier; otherwise empty
 * @param value of a number or duration; otherwise nil
 * @param line from 1, or 0 where Tempo's scanner has lost it: behind signs that it joined and in
 *     attributes
 * @param column from 1, in characters
 */
record Token(TokenKind kind, String text, Static value, int line, int column) {}
