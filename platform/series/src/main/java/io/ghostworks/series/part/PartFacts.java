package io.ghostworks.series.part;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * What the manifest keeps about a part.
 *
 * <pre>
 * facts := minTimestampMs:i64 maxTimestampMs:i64 samples:varint series:varint bytes:varint
 * </pre>
 *
 * @param minTimestampMs the oldest sample
 * @param maxTimestampMs the newest sample
 * @param sizeBytes of the file
 */
public record PartFacts(
    long minTimestampMs, long maxTimestampMs, long samples, long series, long sizeBytes) {

  public byte[] encode() {
    BytesOutput out = new BytesOutput(48, 48);
    out.putLong(minTimestampMs);
    out.putLong(maxTimestampMs);
    out.putVarint(samples);
    out.putVarint(series);
    out.putVarint(sizeBytes);
    return out.toByteArray();
  }

  public static PartFacts decode(byte[] bytes) throws DamagedDataException {
    BytesInput in = new BytesInput(bytes);
    return new PartFacts(
        in.getLong(), in.getLong(), in.getVarint(), in.getVarint(), in.getVarint());
  }
}
