package io.ghostworks.records.rollup;

import io.ghostworks.model.label.Labels;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one stream in one source.
 *
 * @param minTimeNanos of its rows
 * @param maxTimeNanos of its rows
 * @param cells null where its rows must be read
 * @param levels by their numbers in the cells
 */
@SuppressWarnings("ArrayRecordComponent") // one table for all streams of a source, only read
public record StreamRollup(
    Labels stream,
    long minTimeNanos,
    long maxTimeNanos,
    @Nullable RollupCells cells,
    String[] levels) {}
