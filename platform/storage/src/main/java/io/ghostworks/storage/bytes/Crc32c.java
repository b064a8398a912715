package io.ghostworks.storage.bytes;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * CRC-32C (Castagnoli, RFC 3720 appendix B.4) of byte ranges, optionally seeded: a seeded checksum
 * is that of the eight little-endian bytes of the seed followed by the data, so bytes left over
 * from a file with another seed do not verify.
 *
 * <p>One object serves one thread and is reused; it allocates nothing per checksum.
 */
public final class Crc32c {
  private final CRC32C crc = new CRC32C();
  private final byte[] seedBytes = new byte[Long.BYTES];

  /** Checksum of a range without a seed. */
  public int of(byte[] bytes, int offset, int length) {
    crc.reset();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /** Checksum of a range under a seed. */
  public int of(long seed, byte[] bytes, int offset, int length) {
    crc.reset();
    for (int i = 0; i < Long.BYTES; i++) {
      seedBytes[i] = (byte) (seed >>> (8 * i));
    }
    crc.update(seedBytes, 0, Long.BYTES);
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /** Begins a checksum that is fed piece by piece with {@link #update}. */
  public void begin() {
    crc.reset();
  }

  /** Adds the remaining bytes of the buffer and moves its position to its limit. */
  public void update(ByteBuffer bytes) {
    crc.update(bytes);
  }

  /** Adds a range. */
  public void update(byte[] bytes, int offset, int length) {
    crc.update(bytes, offset, length);
  }

  /** The checksum of all that was added since {@link #begin}. */
  public int value() {
    return (int) crc.getValue();
  }
}
