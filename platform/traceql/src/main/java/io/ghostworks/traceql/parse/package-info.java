/**
 * From a text to the tree of a TraceQL query, and whether its types fit. Messages, positions and
 * precedence are Tempo's. Knows only the tree and regular expressions.
 */
package io.ghostworks.traceql.parse;
