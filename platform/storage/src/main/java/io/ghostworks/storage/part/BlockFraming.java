package io.ghostworks.storage.part;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.Crc32c;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * Blocks with a checksum each inside a section, so that one block is read and verified without the
 * others. Integers are little-endian.
 *
 * <pre>
 * block := length:u32 crc32c:u32 bytes[length]   // the checksum covers the four bytes of length and the bytes
 * </pre>
 *
 * Not thread-safe: one object serves one thread and is reused.
 */
public final class BlockFraming {
  /** Bytes before a block's content. */
  public static final int HEADER_BYTES = 8;

  private final Crc32c crc = new Crc32c();

  /** Appends a block with a range as content. */
  public void put(BytesOutput out, byte[] bytes, int offset, int length) {
    int start = out.position();
    out.putInt(length);
    crc.begin();
    crc.update(out.array(), start, Integer.BYTES);
    crc.update(bytes, offset, length);
    out.putInt(crc.value());
    out.putBytes(bytes, offset, length);
  }

  /**
   * Verifies the block that starts at the input's position and sets the content as the range of
   * {@code content}.
   */
  public void get(BytesInput in, BytesInput content) throws DamagedDataException {
    int at = in.position();
    int start = in.arrayOffset();
    int length = in.getInt();
    int expected = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new DamagedDataException(
          "the block at offset %d is damaged: %d bytes are left, its length says %d"
              .formatted(at, in.remaining(), length));
    }
    crc.begin();
    crc.update(in.array(), start, Integer.BYTES);
    crc.update(in.array(), in.arrayOffset(), length);
    if (crc.value() != expected) {
      throw new DamagedDataException(
          "the block at offset %d is damaged: its checksum must be %08x, got %08x"
              .formatted(at, expected, crc.value()));
    }
    content.reset(in.array(), in.arrayOffset(), length);
    in.skip(length);
  }
}
