package io.ghostworks.series.part;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * What the manifest keeps about a part.
 *
 * <pre>
 * facts := minTimestampMs:i64 maxTimestampMs:i64 samples:varint series:varint bytes:varint [throughSequence:varint]
 * </pre>
 *
 * What is missing at the end, as in manifests of older releases, is 0.
 *
 * @param minTimestampMs the oldest sample
 * @param maxTimestampMs the newest sample
 * @param sizeBytes of the file
 * @param throughSequence the last frame of the journal whose rows it may hold, or whose deletes it
 *     is without
 */
public record PartFacts(
    long minTimestampMs,
    long maxTimestampMs,
    long samples,
    long series,
    long sizeBytes,
    long throughSequence) {
  private static final int BYTES_MAX = 64;

  /** With the last frame that it knows of. */
  public PartFacts withThroughSequence(long newThroughSequence) {
    return new PartFacts(
        minTimestampMs, maxTimestampMs, samples, series, sizeBytes, newThroughSequence);
  }

  public byte[] encode() {
    BytesOutput out = new BytesOutput(BYTES_MAX, BYTES_MAX);
    out.putLong(minTimestampMs);
    out.putLong(maxTimestampMs);
    out.putVarint(samples);
    out.putVarint(series);
    out.putVarint(sizeBytes);
    out.putVarint(throughSequence);
    return out.toByteArray();
  }

  public static PartFacts decode(byte[] bytes) throws DamagedDataException {
    BytesInput in = new BytesInput(bytes);
    return new PartFacts(
        in.getLong(),
        in.getLong(),
        in.getVarint(),
        in.getVarint(),
        in.getVarint(),
        in.remaining() > 0 ? in.getVarint() : 0);
  }
}
