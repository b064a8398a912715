/**
 * Counts of log records by stream, level and time, beside the rows: written with a part, made from
 * rows in memory when asked. Knows the rows' columns, and neither parts nor the engine.
 */
package io.ghostworks.records.rollup;
