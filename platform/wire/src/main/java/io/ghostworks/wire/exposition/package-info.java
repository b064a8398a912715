/**
 * The exposition formats: what a target answers to a scrape, read as Prometheus's own parsers read
 * it, and written for those who scrape us. Reading allocates nothing a sample.
 */
package io.ghostworks.wire.exposition;
