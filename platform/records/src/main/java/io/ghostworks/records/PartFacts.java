package io.ghostworks.records;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * What the manifest says of a part.
 *
 * <pre>
 * metadata := class day:zigzag sequence      // class as in {@link RetentionClass}, day since the epoch, UTC
 * sequence := varint, or nothing for 0: as the first release wrote it, which knew no deletes
 * </pre>
 *
 * @param sequence the highest frame of the journal of which it may have rows
 */
record PartFacts(RetentionClass retention, long day, long sequence) {

  private static final int BYTES_MAX = 256;

  static PartFacts read(byte[] metadata) throws DamagedDataException {
    BytesInput in = new BytesInput(metadata);
    RetentionClass retention = RetentionClass.get(in);
    long day = in.getZigzag();
    return new PartFacts(retention, day, in.remaining() > 0 ? in.getVarint() : 0);
  }

  byte[] bytes() {
    BytesOutput out = new BytesOutput(BYTES_MAX, BYTES_MAX);
    retention.put(out);
    out.putZigzag(day);
    out.putVarint(sequence);
    return out.toByteArray();
  }
}
