package io.ghostworks.server.retention;

import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.http.RequestException;
import java.util.regex.Pattern;

/** Ids of traces as requests write them: up to 32 hexadecimal digits, zeros in front left out. */
final class TraceIdText {

  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{1,32}");

  private TraceIdText() {}

  static TraceKey read(String text) {
    if (!HEX.matcher(text).matches()) {
      throw RequestException.bad(
          "a trace id must be 1 to 32 hexadecimal digits, got '%s'".formatted(text));
    }
    String padded = "0".repeat(32 - text.length()) + text;
    return new TraceKey(
        Long.parseUnsignedLong(padded, 0, 16, 16), Long.parseUnsignedLong(padded, 16, 32, 16));
  }

  static String write(TraceKey id) {
    return "%016x%016x".formatted(id.high(), id.low());
  }
}
