package io.ghostworks.logql;

import io.ghostworks.model.label.Labels;

/**
 * One record of an answer.
 *
 * @param timeNanos since the epoch
 * @param structuredMetadata what came with the record beside its line, and its resource's
 *     attributes that are no stream labels
 * @param parsed what the query added; {@code __error__} where a label filter could not read a label
 */
public record LogEntry(long timeNanos, String line, Labels structuredMetadata, Labels parsed) {}
