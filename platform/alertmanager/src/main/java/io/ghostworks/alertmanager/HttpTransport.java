package io.ghostworks.alertmanager;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Sends webhooks. Blocks the calling thread; thread-safe. */
@FunctionalInterface
public interface HttpTransport {

  /**
   * Posts a body and waits for the answer.
   *
   * @throws IOException if there is no answer in time
   */
  Answer post(Request request) throws IOException, InterruptedException;

  /**
   * A request.
   *
   * @param timeout of the whole exchange
   */
  record Request(
      URI uri,
      List<Map.Entry<String, String>> headers,
      byte[] body,
      Duration timeout,
      boolean followRedirects) {}

  /**
   * An answer.
   *
   * @param body as much of it as is worth showing
   */
  record Answer(int status, String body) {}
}
