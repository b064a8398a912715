package io.ghostworks.server.traces;

import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;

/** Numbers of requests. */
final class Numbers {
  private Numbers() {}

  /**
   * @throws RequestException unless the parameter is absent or a whole number of a range
   */
  static int whole(Exchange exchange, String name, int absent, int min, int max) {
    String text = exchange.parameter(name).orElse("");
    if (text.isEmpty()) {
      return absent;
    }
    if (text.matches("[0-9]{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw RequestException.bad(
        "the parameter '%s' must be from %d to %d, got '%s'".formatted(name, min, max, text));
  }
}
