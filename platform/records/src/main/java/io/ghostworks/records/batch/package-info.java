/**
 * Batches of log records and spans: their bytes in journal and parts, and moving rows between them.
 */
package io.ghostworks.records.batch;
