package io.ghostworks.wire.http;

import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What another server answered.
 *
 * @param body decoded, within the call's limit
 */
public record HttpAnswer(int status, HttpHeaders headers, byte[] body) {

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  public boolean isSuccess() {
    return status / 100 == 2;
  }
}
