/**
 * What happens to a record between the store and the answer: the stages of a query, compiled, on
 * the bytes of a line and its labels. Rules and messages are Loki's. Knows the syntax tree and no
 * store.
 */
package io.ghostworks.logql.pipeline;
