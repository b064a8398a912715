package io.ghostworks.server.retention;

import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.http.RequestException;

/** Ids of traces as requests write them: up to 32 hexadecimal digits, zeros in front left out. */
final class TraceIdText {

  private TraceIdText() {}

  static TraceKey read(String text) {
    return TraceKey.ofHex(text)
        .orElseThrow(() ->
            RequestException.bad(
                "a trace id must be 1 to 32 hexadecimal digits, got '%s'".formatted(text)));
  }
}
