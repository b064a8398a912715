/**
 * Answers to log queries over a source of records: which of their conditions a store decides, how
 * rows read as Loki's records, and what the pipeline leaves of them. Knows the query interfaces and
 * no store.
 */
package io.ghostworks.logql;
