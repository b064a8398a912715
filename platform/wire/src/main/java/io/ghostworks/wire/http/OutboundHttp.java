package io.ghostworks.wire.http;

import io.ghostworks.wire.compress.BodyTooLargeException;
import io.ghostworks.wire.compress.ContentCoding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to other servers. A call ends by its timeout, whatever the server does, and reads
 * no more than its limit. Redirects from elsewhere to this machine are not followed, and
 * credentials do not follow to another scheme, host or port. Blocks the calling thread, which
 * should be a virtual one; thread-safe.
 */
public final class OutboundHttp implements AutoCloseable {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HostMap hosts;
  private final HttpExchanges exchanges;

  /**
   * @param tls for {@code https}, or null for the platform's trust store
   */
  public OutboundHttp(HostMap hosts, Duration connectTimeout, @Nullable SSLContext tls) {
    this(hosts, new JdkExchanges(connectTimeout, tls, new String[0], false));
  }

  /**
   * @param exchanges closed with this
   */
  public OutboundHttp(HostMap hosts, HttpExchanges exchanges) {
    this.hosts = hosts;
    this.exchanges = exchanges;
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @throws HttpTimeoutException if the answer is not there in time
   * @throws BodyTooLargeException if the answer is larger than the call's limit
   * @throws io.ghostworks.wire.WireFormatException if the answer's content coding is damaged
   * @throws IOException if the server cannot be reached, or breaks the protocol
   */
  public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + call.timeout().toNanos();
    String method = call.method();
    byte[] body = call.body();
    URI uri = call.uri();
    boolean withCredentials = true;
    for (int redirects = 0; ; redirects++) {
      HttpAnswer response =
          exchange(call, method, hosts.resolve(uri), body, withCredentials, deadline);
      String location = response.header("location").orElse(null);
      if (!REDIRECTS.contains(response.status()) || location == null || call.redirectsMax() == 0) {
        return answer(call, response);
      }
      if (redirects == call.redirectsMax()) {
        throw new IOException("stopped after %d redirects".formatted(redirects));
      }
      uri = target(call.uri(), uri, location);
      withCredentials &= isSameOrigin(call.uri(), uri); // Not again after a detour elsewhere.
      if (response.status() < 307 && !method.equals("HEAD")) {
        method = "GET";
        body = new byte[0];
      }
    }
  }

  private HttpAnswer exchange(
      HttpCall call, String method, URI uri, byte[] body, boolean withCredentials, long deadline)
      throws IOException, InterruptedException {
    List<Map.Entry<String, String>> headers =
        call.headers().stream()
            .filter(header -> withCredentials || !isCredential(header.getKey()))
            .toList();
    try {
      return exchanges.exchange(
          new HttpExchanges.Request(method, uri, headers, body, call.responseBytesMax()),
          Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    } catch (HttpTimeoutException e) {
      throw new HttpTimeoutException(
          "no answer from %s within %s ms".formatted(call.uri(), call.timeout().toMillis()));
    }
  }

  private static boolean isCredential(String header) {
    return header.equalsIgnoreCase("authorization") || header.equalsIgnoreCase("cookie");
  }

  private static HttpAnswer answer(HttpCall call, HttpAnswer response) throws IOException {
    String header = response.header("content-encoding").orElse(null);
    ContentCoding coding =
        ContentCoding.find(header)
            .orElseThrow(
                () -> new IOException("unsupported Content-Encoding '%s'".formatted(header)));
    byte[] body = response.body();
    byte[] decoded =
        coding == ContentCoding.IDENTITY || body.length == 0
            ? body
            : coding.decode(body, 0, body.length, call.responseBytesMax());
    return new HttpAnswer(response.status(), response.headers(), decoded);
  }

  private static URI target(URI original, URI from, String location) throws IOException {
    URI target;
    try {
      target = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("redirected to an invalid URL '%s'".formatted(location), e);
    }
    if (target.getHost() == null
        || (!"http".equals(target.getScheme()) && !"https".equals(target.getScheme()))) {
      throw new IOException("redirected to '%s', which is no http URL".formatted(target));
    }
    if (isLoopback(target.getHost()) && !isLoopback(original.getHost())) {
      throw new IOException(
          "%s redirected to this machine (%s), which is not followed"
              .formatted(original.getHost(), target));
    }
    return target;
  }

  /** Whether scheme, host and port are the same. Source: RFC 6454, section 5. */
  private static boolean isSameOrigin(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equals(uri.getScheme()) ? 443 : 80;
  }

  private static boolean isLoopback(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || address.isLinkLocalAddress();
    } catch (UnknownHostException e) {
      return false; // The request itself fails on it.
    }
  }

  @Override
  public void close() {
    exchanges.close();
  }
}
