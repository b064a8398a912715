package io.ghostworks.series;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * The bytes of a frame that deletes; told from a frame of rows by its first byte.
 *
 * <pre>
 * frame := kind:u8 (0xD1) tombstone                // as in {@link Tombstone}
 * </pre>
 */
final class DeleteFrame {
  private static final int KIND = 0xD1;

  private DeleteFrame() {}

  static void write(Tombstone tombstone, BytesOutput out) {
    out.putByte(KIND);
    tombstone.write(out);
  }

  /** Whether a frame that begins here deletes. */
  static boolean is(BytesInput in) {
    return in.remaining() > 0 && (in.array()[in.arrayOffset()] & 0xff) == KIND;
  }

  static Tombstone read(long sequence, BytesInput in) throws DamagedDataException {
    in.getByte();
    return Tombstone.read(sequence, in);
  }
}
