package io.ghostworks.state;

import java.nio.ByteBuffer;

/** Lists of 64-bit hashes as blobs, big-endian. */
final class PackedHashes {

  private PackedHashes() {}

  static byte[] pack(long[] values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * Long.BYTES);
    out.asLongBuffer().put(values);
    return out.array();
  }

  static long[] unpack(byte[] bytes) {
    long[] values = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(values);
    return values;
  }
}
