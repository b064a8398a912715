package io.ghostworks.server.tempo;

import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.http.RequestException;

/** Trace ids as Tempo reads and prints them. */
final class TraceIds {

  private static final int HEX_MAX = 32;

  private TraceIds() {}

  /**
   * An id of up to 32 hexadecimal digits; leading zeros may be missing.
   *
   * @param prefix of the message if it is none
   */
  static TraceKey parse(String text, String prefix) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        throw RequestException.bad(
            "%strace IDs can only contain hex characters: invalid character '%s' at position %d"
                .formatted(prefix, text.charAt(i), i + 1));
      }
    }
    if (text.length() > HEX_MAX) {
      throw RequestException.bad(prefix + "trace IDs can't be larger than 128 bits");
    }
    String padded = "0".repeat(HEX_MAX - text.length()) + text;
    return new TraceKey(
        Long.parseUnsignedLong(padded.substring(0, 16), 16),
        Long.parseUnsignedLong(padded.substring(16), 16));
  }

  /** Without leading zeros. */
  static String text(TraceKey id) {
    return id.high() == 0 ? Long.toHexString(id.low()) : "%x%016x".formatted(id.high(), id.low());
  }
}
