package io.ghostworks.model.record;

/**
 * The level by which log records are counted: the attribute {@code detected_level} that ingest
 * writes, else what severity number, severity text, and the attributes in which senders put a level
 * say, in this order.
 */
public final class RecordLevel {

  private static final String UNKNOWN = "unknown";

  private RecordLevel() {}

  /**
   * The level of a record.
   *
   * @param row of the record in its attributes
   * @param severityNumber as in OTLP; 0 for none
   */
  public static String of(
      AttributeColumns attributes, int row, int severityNumber, String severityText) {
    String detected = attributes.findString(row, DetectedLevel.NAME);
    if (detected != null && !detected.isEmpty()) {
      return detected;
    }
    if (severityNumber > 0) {
      return DetectedLevel.ofSeverityNumber(severityNumber);
    }
    if (!severityText.isEmpty()) {
      return DetectedLevel.normalize(severityText);
    }
    for (String field : DetectedLevel.FIELDS) {
      String level = attributes.findString(row, field);
      if (level != null && !level.isEmpty()) {
        return DetectedLevel.normalize(level);
      }
    }
    return UNKNOWN;
  }
}
