package io.ghostworks.server.tempo;

import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.http.RequestException;
import java.util.HexFormat;

/** Trace ids as Tempo reads them. */
final class TraceIds {

  private static final int HEX_MAX = 32;
  private static final TraceKey NONE = new TraceKey(0, 0);

  private TraceIds() {}

  /**
   * An id of up to 32 hexadecimal digits; leading zeros may be missing.
   *
   * @param prefix of the message if it is none
   */
  static TraceKey parse(String text, String prefix) {
    for (int i = 0; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        throw RequestException.bad(
            "%strace IDs can only contain hex characters: invalid character '%s' at position %d"
                .formatted(prefix, text.charAt(i), i + 1));
      }
    }
    if (text.length() > HEX_MAX) {
      throw RequestException.bad(prefix + "trace IDs can't be larger than 128 bits");
    }
    return TraceKey.ofHex(text).orElse(NONE);
  }
}
