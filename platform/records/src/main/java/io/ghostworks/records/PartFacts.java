package io.ghostworks.records;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * What the manifest says of a part.
 *
 * <pre>
 * metadata := retentionClass:u8 day:zigzag      // day since the epoch, UTC
 * </pre>
 */
record PartFacts(RetentionClass retention, long day) {

  private static final int BYTES_MAX = 16;

  static PartFacts read(byte[] metadata) throws DamagedDataException {
    BytesInput in = new BytesInput(metadata);
    return new PartFacts(RetentionClass.of(in.getByte()), in.getZigzag());
  }

  byte[] bytes() {
    BytesOutput out = new BytesOutput(BYTES_MAX, BYTES_MAX);
    out.putByte(retention.code());
    out.putZigzag(day);
    return out.toByteArray();
  }
}
