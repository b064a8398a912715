package io.ghostworks.wire.logs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The names under which senders put a level, in the order in which they are looked for. Immutable.
 *
 * <p>Source: grafana/loki {@code log_level_fields}.
 */
final class LevelFields {
  private final List<String> names;
  private final byte[][] utf8;
  private long lengths;

  LevelFields(List<String> names) {
    this.names = List.copyOf(names);
    this.utf8 =
        names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    for (byte[] name : utf8) {
      lengths |= 1L << Math.min(name.length, 63);
    }
  }

  List<String> names() {
    return names;
  }

  /** Whether bytes are one of the names. */
  boolean has(byte[] bytes, int from, int to) {
    if ((lengths & 1L << Math.min(to - from, 63)) == 0) {
      return false;
    }
    for (byte[] name : utf8) {
      if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
        return true;
      }
    }
    return false;
  }

  /** The place of the first name that bytes are in any case, or −1. */
  int findInAnyCase(byte[] bytes, int from, int to) {
    for (int i = 0; i < utf8.length; i++) {
      if (isInAnyCase(utf8[i], bytes, from, to)) {
        return i;
      }
    }
    return -1;
  }

  /** As Go folds: the letters s and k have one form each beyond ASCII. */
  private static boolean isInAnyCase(byte[] name, byte[] bytes, int from, int to) {
    int at = from;
    for (byte wanted : name) {
      if (at >= to) {
        return false;
      }
      byte b = bytes[at++];
      if (b >= 0) {
        if (lower(b) != lower(wanted)) {
          return false;
        }
      } else if (lower(wanted) == 's' && b == (byte) 0xc5 && is(bytes, at, to, 0xbf)) {
        at++; // U+017F
      } else if (lower(wanted) == 'k'
          && b == (byte) 0xe2
          && is(bytes, at, to, 0x84)
          && is(bytes, at + 1, to, 0xaa)) {
        at += 2; // U+212A
      } else if (b != wanted) {
        return false;
      }
    }
    return at == to;
  }

  private static boolean is(byte[] bytes, int at, int to, int wanted) {
    return at < to && bytes[at] == (byte) wanted;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
  }
}
