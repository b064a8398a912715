package io.ghostworks.records.part;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * A block as the directory names it.
 *
 * @param tenant number of the tenant in the part
 * @param offset of the frame in the section of blocks
 * @param lengthBytes of the frame
 * @param rawBytes of the batch before compression
 */
record BlockEntry(
    int tenant,
    int rows,
    long offset,
    int lengthBytes,
    int rawBytes,
    long minTimeNanos,
    long maxTimeNanos) {

  void put(BytesOutput out) {
    out.putVarint(tenant);
    out.putVarint(rows);
    out.putVarint(offset);
    out.putVarint(lengthBytes);
    out.putVarint(rawBytes);
    out.putLong(minTimeNanos);
    out.putLong(maxTimeNanos);
  }

  static BlockEntry read(BytesInput in, int tenants, long blocksBytes) throws DamagedDataException {
    int tenant = in.getVarint(tenants - 1);
    int rows = in.getVarint(RecordPartWriter.BLOCK_ROWS_MAX);
    long offset = in.getVarint();
    int length = in.getVarint(Integer.MAX_VALUE);
    int rawBytes = in.getVarint(RecordPartWriter.RAW_BYTES_MAX);
    if (offset < 0 || offset > blocksBytes - length) {
      throw new DamagedDataException(
          "a block must lie in the %d bytes of its section, got offset %d and length %d"
              .formatted(blocksBytes, offset, length));
    }
    return new BlockEntry(tenant, rows, offset, length, rawBytes, in.getLong(), in.getLong());
  }
}
