package io.ghostworks.series;

/**
 * A live part, as a status page shows it.
 *
 * @param name of its file
 * @param level how often its samples were merged
 * @param formatVersion of the file
 */
public record StoredPart(
    String name,
    long minTimestampMs,
    long maxTimestampMs,
    long samples,
    long series,
    int level,
    int formatVersion) {}
