/**
 * The syntax tree of TraceQL: what a query says, as values. Knows nothing of parsing, stores or
 * evaluation.
 */
package io.ghostworks.traceql.ast;
