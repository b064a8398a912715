package io.ghostworks.records.text;

import io.ghostworks.storage.bytes.BytesOutput;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Says of the id-like tokens of a block which it surely does not hold: a split block Bloom filter
 * (Apache Parquet, "Bloom filter", BloomFilter.md) of about 10 bits a token, which holds one in a
 * hundred tokens too many. Its bytes:
 *
 * <pre>
 * filter := group[groups]      // none: the block has no such token
 * group  := word:u32[8]        // little-endian
 * </pre>
 *
 * A token sets bit {@code (low32(hash) * SALT[i]) >>> 27} of every word i of group {@code
 * (high32(hash) * groups) >>> 32}. The hash begins as length * F and takes the bytes by eight,
 * little-endian, the rest shifted in one by one, each group with all bits 0x20 set so that the case
 * of ASCII letters does not count: {@code h = (h ^ group) * F; h ^= h >>> 32}, F =
 * 0x9E3779B97F4A7C15; the rest is taken even if it is empty.
 */
public final class TokenFilter {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
          .withInvokeExactBehavior();
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
          .withInvokeExactBehavior();
  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final long CASE_BITS = 0x2020202020202020L;
  private static final int[] SALT = {
    0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
  };
  static final int GROUP_BYTES = 32;
  private static final int BITS_PER_TOKEN = 10;

  private TokenFilter() {}

  /** Appends the filter of a block's tokens. */
  public static void write(BlockTokens tokens, BytesOutput out) {
    long bits = (long) BITS_PER_TOKEN * tokens.idCount();
    int groups = (int) ((bits + 8 * GROUP_BYTES - 1) / (8 * GROUP_BYTES));
    byte[] filter = new byte[groups * GROUP_BYTES];
    for (long hash : tokens.ids()) {
      if (hash != 0) {
        set(filter, groups, hash);
      }
    }
    if (tokens.hasZeroId()) {
      set(filter, groups, 0);
    }
    out.putBytes(filter);
  }

  private static void set(byte[] filter, int groups, long hash) {
    int at = group(hash, groups);
    for (int i = 0; i < SALT.length; i++) {
      int word = (int) INT.get(filter, at + 4 * i);
      INT.set(filter, at + 4 * i, word | 1 << (((int) hash * SALT[i]) >>> 27));
    }
  }

  /** False if the tokens of the block do not hold one with this hash. */
  static boolean mayHold(byte[] bytes, int offset, int length, long hash) {
    int groups = length / GROUP_BYTES;
    return groups > 0 && groupMayHold(bytes, offset + group(hash, groups), hash);
  }

  /** Of a filter's one group that says of tokens with this hash. */
  static boolean groupMayHold(byte[] bytes, int at, long hash) {
    for (int i = 0; i < SALT.length; i++) {
      int bit = 1 << (((int) hash * SALT[i]) >>> 27);
      if (((int) INT.get(bytes, at + 4 * i) & bit) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Where a token's group stands in a filter. */
  static int group(long hash, int groups) {
    return (int) (((hash >>> 32) * groups) >>> 32) * GROUP_BYTES;
  }

  /** The hash of a token, equal for both cases of ASCII letters. */
  static long hash(byte[] bytes, int offset, int length) {
    long hash = length * FACTOR;
    int at = offset;
    int end = offset + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mix(hash ^ ((long) LONG.get(bytes, at) | CASE_BITS));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << 8) | (bytes[at] & 0xFF);
    }
    return mix(hash ^ (rest | CASE_BITS));
  }

  private static long mix(long value) {
    long mixed = value * FACTOR;
    return mixed ^ (mixed >>> 32);
  }
}
