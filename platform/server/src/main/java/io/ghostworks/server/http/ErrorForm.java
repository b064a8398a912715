package io.ghostworks.server.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an API tells a mistake. */
@FunctionalInterface
public interface ErrorForm {

  /** One line of text, as Loki and Tempo answer. */
  ErrorForm TEXT = (exchange, status, message) -> Answer.text(status, message + "\n");

  /**
   * @param exchange what was asked, as far as it is known
   * @param status from 400 on
   */
  Answer answer(Refused exchange, int status, String message);

  /**
   * What is known of a request that may have been refused before it was read.
   *
   * @param retryAfter when the same request may succeed; null if it never will
   * @param type the API's word for the kind of error; "" where the status tells it
   */
  record Refused(String path, String contentType, @Nullable Duration retryAfter, String type) {

    public Refused(String path, String contentType, @Nullable Duration retryAfter) {
      this(path, contentType, retryAfter, "");
    }
  }
}
