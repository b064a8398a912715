/**
 * The syntax tree of PromQL: sealed interfaces and records, immutable, with positions in bytes of
 * the query's UTF-8 form. Knows only labels and how texts are written.
 */
package io.ghostworks.promql.ast;
