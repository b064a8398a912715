package io.ghostworks.server.prometheus;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * ULIDs for things that have other names: a time in milliseconds and 80 bits that the name gives,
 * in Crockford's base 32. The same name and time give the same id.
 *
 * <p>Source: github.com/ulid/spec.
 */
final class Ulids {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int TIME_CHARS = 10;
  private static final int NAME_CHARS = 16;
  private static final long TIME_MASK = (1L << 48) - 1;

  private Ulids() {}

  static String of(long timestampMs, String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    HashValue128 hash = Hashing.murmur3_128().hashBytesTo128Bits(utf8);
    char[] id = new char[TIME_CHARS + NAME_CHARS];
    put(id, 0, TIME_CHARS, Math.max(0, timestampMs) & TIME_MASK);
    put(id, TIME_CHARS, NAME_CHARS / 2, hash.getLeastSignificantBits());
    put(id, TIME_CHARS + NAME_CHARS / 2, NAME_CHARS / 2, hash.getMostSignificantBits());
    return new String(id);
  }

  private static void put(char[] id, int from, int count, long bits) {
    long rest = bits;
    for (int i = from + count - 1; i >= from; i--) {
      id[i] = ALPHABET.charAt((int) (rest & 31));
      rest >>>= 5;
    }
  }
}
