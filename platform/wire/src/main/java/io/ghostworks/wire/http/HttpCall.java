package io.ghostworks.wire.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A request to another server.
 *
 * @param headers names and values; a name may come more than once
 * @param body empty for none
 * @param timeout of the whole exchange, connecting and reading included
 * @param responseBytesMax of the answer's body, after decoding
 * @param redirectsMax how many redirects are followed; 0 gives the redirect itself as the answer
 */
public record HttpCall(
    String method,
    URI uri,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    Duration timeout,
    int responseBytesMax,
    int redirectsMax) {

  private static final byte[] NO_BODY = {};

  public HttpCall {
    headers = List.copyOf(headers);
    if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
      throw new IllegalArgumentException(
          "a URL must begin with http:// or https://, got '%s'".formatted(uri));
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("a URL must name a host, got '%s'".formatted(uri));
    }
  }

  /** A GET that follows up to ten redirects, as Go's client does. */
  public static HttpCall get(
      URI uri, List<Map.Entry<String, String>> headers, Duration timeout, int responseBytesMax) {
    return new HttpCall("GET", uri, headers, NO_BODY, timeout, responseBytesMax, 10);
  }

  /** A POST that follows no redirect. */
  public static HttpCall post(
      URI uri,
      List<Map.Entry<String, String>> headers,
      byte[] body,
      Duration timeout,
      int responseBytesMax) {
    return new HttpCall("POST", uri, headers, body, timeout, responseBytesMax, 0);
  }
}
