/**
 * What a pipeline makes of the spans of one trace. Knows the syntax tree and the structure of
 * traces; no store.
 */
package io.ghostworks.traceql.eval;
