/**
 * From the text of a query to its syntax tree: lexer, recursive-descent parser, check of types.
 * Errors are Prometheus's, in its words and with its positions. Knows the tree and nothing of
 * evaluation.
 */
package io.ghostworks.promql.parse;
