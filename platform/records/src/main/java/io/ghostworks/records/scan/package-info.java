/** Filters over batches, and reading rows of many sources in the order of time. */
package io.ghostworks.records.scan;
