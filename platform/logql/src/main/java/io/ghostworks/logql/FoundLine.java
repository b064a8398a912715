package io.ghostworks.logql;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.record.TraceKey;
import org.jspecify.annotations.Nullable;

/**
 * One line that a log query keeps, as its stages left it.
 *
 * @param timeNanos since the epoch
 * @param parsed what the query added; a value may be empty
 * @param trace of the record, from wherever it was recognised; null if it has none
 * @param spanId 0 if the record has none
 */
public record FoundLine(
    long timeNanos,
    String line,
    Labels stream,
    Labels structuredMetadata,
    Labels parsed,
    @Nullable TraceKey trace,
    long spanId) {
  private static final long ENTRY_BYTES = 96;
  private static final long LABEL_BYTES = 64;

  /** About what it holds of memory. */
  public long bytes() {
    int labels = structuredMetadata.size() + parsed.size();
    return ENTRY_BYTES + 2L * line.length() + LABEL_BYTES * labels;
  }
}
