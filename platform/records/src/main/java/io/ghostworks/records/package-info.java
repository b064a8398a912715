/**
 * The records engine: stores log records and spans, finds them by time, stream, attribute, text and
 * trace. Built from {@code batch} (rows in memory and their bytes), {@code part} (immutable files)
 * and {@code scan} (filters and ordered reading).
 */
package io.ghostworks.records;
