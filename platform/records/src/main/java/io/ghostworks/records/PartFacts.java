package io.ghostworks.records;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * What the manifest says of a part.
 *
 * <pre>
 * metadata := number:varint retentionClass:u8 day:zigzag      // day since the epoch, UTC
 * </pre>
 */
record PartFacts(long number, RetentionClass retention, long day) {

  private static final int BYTES_MAX = 64;

  /** Facts of a part whose name ends in its number: {@code logs-000000000042.part}. */
  static PartFacts of(String name, RetentionClass retention, long day) {
    int dash = name.indexOf('-');
    int dot = name.indexOf('.');
    return new PartFacts(Long.parseLong(name, dash + 1, dot, 10), retention, day);
  }

  static PartFacts read(byte[] metadata) throws DamagedDataException {
    BytesInput in = new BytesInput(metadata);
    long number = in.getVarint();
    return new PartFacts(number, RetentionClass.of(in.getByte()), in.getZigzag());
  }

  byte[] bytes() {
    BytesOutput out = new BytesOutput(BYTES_MAX, BYTES_MAX);
    out.putVarint(number);
    out.putByte(retention.code());
    out.putZigzag(day);
    return out.toByteArray();
  }
}
