package io.ghostworks.alertmanager.notify;

import io.ghostworks.wire.client.ClientSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sends requests to receivers. Blocks the calling thread; thread-safe. */
@FunctionalInterface
public interface HttpTransport {

  /**
   * Sends a request and waits for the answer.
   *
   * @param settings how it is sent: credentials, TLS, proxy
   * @throws java.net.http.HttpTimeoutException if there is no answer in time
   * @throws IOException if there is no answer
   */
  Answer send(Request request, ClientSettings settings) throws IOException, InterruptedException;

  /**
   * A request.
   *
   * @param body empty for none
   * @param timeout of the whole exchange
   */
  record Request(
      String method,
      URI uri,
      List<Map.Entry<String, String>> headers,
      byte[] body,
      Duration timeout) {

    public Request {
      headers = List.copyOf(headers);
    }

    /** The first value of a header; "" where there is none. */
    public String header(String name) {
      return headers.stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .findFirst()
          .map(Map.Entry::getValue)
          .orElse("");
    }
  }

  /**
   * An answer.
   *
   * @param headers by lower-case name
   * @param body as much of it as is worth reading
   */
  record Answer(int status, Map<String, String> headers, String body) {

    public Answer {
      headers = Map.copyOf(headers);
    }

    /** Without headers. */
    public Answer(int status, String body) {
      this(status, Map.of(), body);
    }

    /** The value of a header; "" where there is none. */
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }
}
