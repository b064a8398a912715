/**
 * The syntax tree of LogQL, the parser that makes it and the formatter that writes it again: sealed
 * interfaces and immutable records. Messages, positions, precedence and normal forms are Loki's.
 * Knows only labels, quantities and patterns.
 */
package io.ghostworks.logql.syntax;
