package io.ghostworks.records;

import java.time.Duration;

/**
 * What a tenant may send of log records, by Loki's names. 0 is no limit. Whatever the limits, a
 * record with its resource fits into a frame of the journal.
 *
 * @param lineBytesMax {@code max_line_size}
 * @param lineTruncated {@code max_line_size_truncate}: a longer line is cut instead of refused
 * @param streamsMax {@code max_global_streams_per_user}: streams with a record in the last hour or
 *     so
 * @param rateBytes {@code ingestion_rate_mb}: of lines and metadata, a second
 * @param burstBytes {@code ingestion_burst_size_mb}: at once
 * @param labelsMax {@code max_label_names_per_series}
 * @param labelNameBytesMax {@code max_label_name_length}
 * @param labelValueBytesMax {@code max_label_value_length}
 * @param metadataBytesMax {@code max_structured_metadata_size}: keys and values of the attributes
 *     of one record
 * @param metadataEntriesMax {@code max_structured_metadata_entries_count}
 * @param ageMax {@code reject_old_samples_max_age}; the retention where {@code reject_old_samples}
 *     is not set
 * @param futureMax {@code creation_grace_period}: how far ahead of the clock a record may be
 * @param attributeKeysMax {@code max_attribute_keys}: distinct keys of attributes in a day
 */
public record LogLimits(
    long lineBytesMax,
    boolean lineTruncated,
    int streamsMax,
    long rateBytes,
    long burstBytes,
    int labelsMax,
    int labelNameBytesMax,
    int labelValueBytesMax,
    long metadataBytesMax,
    int metadataEntriesMax,
    Duration ageMax,
    Duration futureMax,
    int attributeKeysMax) {

  /** What holds without settings: bounds on what grows, none on what a sender may say. */
  public static LogLimits defaults() {
    return new LogLimits(
        0,
        false,
        100_000,
        0,
        0,
        32,
        1024,
        2048,
        0,
        0,
        Duration.ZERO,
        Duration.ofMinutes(10),
        100_000);
  }
}
