package io.ghostworks.wire.otlp;

/**
 * What one request may make of memory, whatever its size in bytes.
 *
 * @param rowsMax spans, log records or metric points; rows beyond are refused one by one
 * @param entriesMax resources, scopes, metrics, attributes, events, links, exemplars and buckets
 *     together; a request with more is refused whole
 */
public record OtlpLimits(int rowsMax, int entriesMax) {

  /** Room for every sensible request of 64 MiB. */
  public static final OtlpLimits DEFAULT = new OtlpLimits(1_000_000, 8_000_000);

  public OtlpLimits {
    if (rowsMax < 1 || entriesMax < 1) {
      throw new IllegalArgumentException(
          "limits must be at least 1, got rowsMax %d and entriesMax %d"
              .formatted(rowsMax, entriesMax));
    }
  }
}
