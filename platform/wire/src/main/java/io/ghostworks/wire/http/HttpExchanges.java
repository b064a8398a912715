package io.ghostworks.wire.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How single requests reach their servers; redirects and content codings stand above. Thread-safe.
 */
public interface HttpExchanges extends AutoCloseable {

  /**
   * Sends a request and waits for the whole answer, its body as it came.
   *
   * @throws java.net.http.HttpTimeoutException if the answer is not there in time
   * @throws io.ghostworks.wire.compress.BodyTooLargeException if the body is larger than allowed
   * @throws IOException if the server cannot be reached, or breaks the protocol
   */
  HttpAnswer exchange(Request request, Duration timeout) throws IOException, InterruptedException;

  @Override
  void close();

  /**
   * One request.
   *
   * @param body empty for none
   * @param responseBytesMax of the answer's body
   */
  record Request(
      String method,
      URI uri,
      List<Map.Entry<String, String>> headers,
      byte[] body,
      int responseBytesMax) {
    public Request {
      headers = List.copyOf(headers);
    }
  }
}
