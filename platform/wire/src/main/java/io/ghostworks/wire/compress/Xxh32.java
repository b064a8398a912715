package io.ghostworks.wire.compress;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The checksum of LZ4 frames: XXH32 with the seed 0.
 *
 * <p>Source: Cyan4973/xxHash, doc/xxhash_spec.md, "XXH32 Algorithm Description".
 */
final class Xxh32 {

  private static final int PRIME_1 = 0x9e3779b1;
  private static final int PRIME_2 = 0x85ebca77;
  private static final int PRIME_3 = 0xc2b2ae3d;
  private static final int PRIME_4 = 0x27d4eb2f;
  private static final int PRIME_5 = 0x165667b1;
  private static final int STRIPE_BYTES = 16;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Xxh32() {}

  static int hash(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    int hash = PRIME_5;
    if (length >= STRIPE_BYTES) {
      int first = 0x24234428; // the sum of the first two primes
      int second = PRIME_2;
      int third = 0;
      int fourth = -PRIME_1;
      for (; at <= end - STRIPE_BYTES; at += STRIPE_BYTES) {
        first = round(first, word(bytes, at));
        second = round(second, word(bytes, at + 4));
        third = round(third, word(bytes, at + 8));
        fourth = round(fourth, word(bytes, at + 12));
      }
      hash =
          Integer.rotateLeft(first, 1)
              + Integer.rotateLeft(second, 7)
              + Integer.rotateLeft(third, 12)
              + Integer.rotateLeft(fourth, 18);
    }
    hash += length;
    for (; at <= end - Integer.BYTES; at += Integer.BYTES) {
      hash = Integer.rotateLeft(hash + word(bytes, at) * PRIME_3, 17) * PRIME_4;
    }
    for (; at < end; at++) {
      hash = Integer.rotateLeft(hash + (bytes[at] & 0xff) * PRIME_5, 11) * PRIME_1;
    }
    hash = (hash ^ hash >>> 15) * PRIME_2;
    hash = (hash ^ hash >>> 13) * PRIME_3;
    return hash ^ hash >>> 16;
  }

  private static int round(int lane, int word) {
    return Integer.rotateLeft(lane + word * PRIME_2, 13) * PRIME_1;
  }

  private static int word(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }
}
