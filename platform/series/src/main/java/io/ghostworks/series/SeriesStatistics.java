package io.ghostworks.series;

import io.ghostworks.journal.JournalStatistics;

/**
 * How much the series engine holds.
 *
 * @param headSeries series of the current generation, of all tenants
 * @param headSamples samples that are not in a part yet
 * @param headBytes what is taken of the head's memory budget
 * @param samples in head and parts; a sample that stands in two parts counts twice until they merge
 * @param parts files
 * @param partBytes their size
 */
public record SeriesStatistics(
    int headSeries,
    long headSamples,
    long headBytes,
    long samples,
    int parts,
    long partBytes,
    JournalStatistics journal) {}
