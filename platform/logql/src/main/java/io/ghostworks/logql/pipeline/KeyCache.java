package io.ghostworks.logql.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Label names by the bytes of the keys in lines, so that a name is made once and not for every
 * line. A key takes the place of another with the same hash.
 */
final class KeyCache {
  private static final int SLOTS = 1024;
  private static final int KEY_BYTES_MAX = 256;

  private final byte[][] keys = new byte[SLOTS][];
  private final @Nullable String[] names = new @Nullable String[SLOTS];

  /** The label name of a key; "" where nothing is left of it. */
  String name(byte[] bytes, int from, int to) {
    if (to - from > KEY_BYTES_MAX) {
      return LabelKeys.sanitized(bytes, from, to);
    }
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ (hash >>> 13)) & (SLOTS - 1);
    byte[] key = keys[slot];
    String name = names[slot];
    if (name == null || !Arrays.equals(key, 0, key.length, bytes, from, to)) {
      name = LabelKeys.sanitized(bytes, from, to);
      keys[slot] = Arrays.copyOfRange(bytes, from, to);
      names[slot] = name;
    }
    return name;
  }

  /** The same without changing the key. */
  static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
