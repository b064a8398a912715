/**
 * LogQL over a source of records: this version answers log queries, which are stream selectors with
 * line filters and label filters. Everything else of the language is refused by name. Knows the
 * query interfaces and no store.
 */
package io.ghostworks.logql;
