package io.ghostworks.records;

/**
 * What a tenant may send of spans, by Tempo's names. 0 is no limit. Bytes are about those that the
 * spans have in OTLP. Whatever the limits, a span with its resource fits into a frame of the
 * journal.
 *
 * @param rateBytes {@code ingestion_rate_limit_bytes}: a second
 * @param burstBytes {@code ingestion_burst_size_bytes}: at once
 * @param attributeBytesMax {@code ingestion_max_attribute_bytes}: longer keys and texts are cut
 * @param traceBytesMax {@code max_bytes_per_trace}: of spans that arrive within half an hour or so
 * @param traceSpansMax {@code max_spans_per_trace}: of those
 */
public record SpanLimits(
    long rateBytes, long burstBytes, int attributeBytesMax, long traceBytesMax, int traceSpansMax) {

  /** What holds without settings: what a sender says is taken whole. */
  public static SpanLimits defaults() {
    return new SpanLimits(0, 0, 0, 0, 0);
  }
}
