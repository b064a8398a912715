package io.ghostworks.records.part;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * A block as the directory names it.
 *
 * @param tenant number of the tenant in the part
 * @param offset of its first frame in the section of blocks
 * @param headerBytes of the frame of its header; 0 in version 1, whose block is one frame
 * @param lengthBytes of all of it
 * @param rawBytes of memory that its rows take, about
 */
record BlockEntry(
    int tenant,
    int rows,
    long offset,
    int headerBytes,
    int lengthBytes,
    int rawBytes,
    long minTimeNanos,
    long maxTimeNanos) {

  void put(BytesOutput out) {
    out.putVarint(tenant);
    out.putVarint(rows);
    out.putVarint(offset);
    out.putVarint(headerBytes);
    out.putVarint(lengthBytes);
    out.putVarint(rawBytes);
    out.putLong(minTimeNanos);
    out.putLong(maxTimeNanos);
  }

  /**
   * @param version of the part: entries of version 1 have no header
   */
  static BlockEntry read(BytesInput in, int tenants, long blocksBytes, int version)
      throws DamagedDataException {
    int tenant = in.getVarint(tenants - 1);
    int rows = in.getVarint(RecordPartWriter.BLOCK_ROWS_MAX);
    long offset = in.getVarint();
    int header = version == 1 ? 0 : in.getVarint(RecordPartWriter.RAW_BYTES_MAX);
    int length = in.getVarint(Integer.MAX_VALUE);
    int rawBytes = in.getVarint(RecordPartWriter.RAW_BYTES_MAX);
    if (offset < 0 || offset > blocksBytes - length || header > length) {
      throw new DamagedDataException(
          "a block must lie in the %d bytes of its section, got offset %d and length %d"
              .formatted(blocksBytes, offset, length));
    }
    return new BlockEntry(
        tenant, rows, offset, header, length, rawBytes, in.getLong(), in.getLong());
  }
}
