package io.ghostworks.scrape;

import io.ghostworks.scrape.prometheusfile.CredentialSource;
import io.ghostworks.scrape.prometheusfile.HttpClientOptions;
import io.ghostworks.scrape.prometheusfile.ScrapeJob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/**
 * Fetches expositions over HTTP with the headers of Prometheus 3, the job's credentials and TLS
 * settings. Credentials go to the target's own host only, not to where it redirects.
 */
final class HttpScrapeClient implements ScrapeClient {
  private static final int REDIRECTS_MAX = 10;
  private static final int CHUNK_BYTES = 32 << 10;

  private final HttpClient client;
  private final HttpClientOptions options;
  private final Map<String, String> hosts;
  private final String userAgent;
  private final String accept;
  private final String acceptEncoding;

  /**
   * A client for the targets of {@code job}.
   *
   * @param hosts host:port to the host:port where it is reached
   * @throws ScrapeException where certificates cannot be read
   */
  HttpScrapeClient(ScrapeJob job, Map<String, String> hosts, String userAgent)
      throws ScrapeException {
    this.options = job.http();
    this.hosts = Map.copyOf(hosts);
    this.userAgent = userAgent;
    this.accept = AcceptHeader.of(job.protocols(), job.escapingScheme());
    this.acceptEncoding = job.enableCompression() ? "gzip" : "identity";
    HttpClient.Builder builder = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER);
    TlsSettings.apply(job.http().tls(), builder);
    this.client = builder.build();
  }

  @Override
  public String fetch(String url, Duration timeout, long bodyMax, BodyBuffer body)
      throws ScrapeException, InterruptedException {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    URI uri = uri(url);
    String ownHost = uri.getRawAuthority();
    for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
      boolean own = uri.getRawAuthority().equals(ownHost);
      BodyCollector collector = new BodyCollector(bodyMax, body);
      HttpResponse<Boolean> response =
          send(url, request(uri, timeout, own), collector, deadlineNanos);
      Optional<String> location = response.headers().firstValue("Location");
      if (!options.followRedirects() || !isRedirect(response.statusCode()) || location.isEmpty()) {
        return content(response, collector, bodyMax, body);
      }
      uri = redirected(uri, location.get());
    }
    throw new ScrapeException("Get \"" + url + "\": stopped after 10 redirects");
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest request(URI uri, Duration timeout, boolean withCredentials)
      throws ScrapeException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(reached(uri))
            .version(
                options.enableHttp2() && "https".equals(uri.getScheme())
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .header("Accept", accept)
            .header("Accept-Encoding", acceptEncoding)
            .header("User-Agent", userAgent)
            .header("X-Prometheus-Scrape-Timeout-Seconds", seconds(timeout));
    if (withCredentials) {
      addCredentials(request);
    }
    return request.build();
  }

  private void addCredentials(HttpRequest.Builder request) throws ScrapeException {
    try {
      if (options.basicAuth().isPresent()) {
        HttpClientOptions.BasicAuth basic = options.basicAuth().get();
        String pair = text(basic.username()) + ":" + text(basic.password());
        request.header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
      }
      if (options.authorization().isPresent()) {
        HttpClientOptions.Authorization authorization = options.authorization().get();
        request.header(
            "Authorization", authorization.type() + " " + text(authorization.credentials()));
      }
      for (Map.Entry<String, List<CredentialSource>> header : options.headers().entrySet()) {
        for (CredentialSource value : header.getValue()) {
          request.header(header.getKey(), value.read().reveal());
        }
      }
    } catch (IOException e) {
      throw new ScrapeException("unable to read a credential: " + e.getMessage(), e);
    }
  }

  private static String text(Optional<CredentialSource> source) throws IOException {
    return source.isEmpty() ? "" : source.get().read().reveal();
  }

  private HttpResponse<Boolean> send(
      String url, HttpRequest request, BodyCollector collector, long deadlineNanos)
      throws ScrapeException, InterruptedException {
    CompletableFuture<HttpResponse<Boolean>> future = client.sendAsync(request, collector);
    try {
      return future.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new ScrapeException("Get \"" + url + "\": context deadline exceeded", e);
    } catch (ExecutionException e) {
      if (collector.isTooLarge()) {
        throw ScrapeException.bodyTooLarge();
      }
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ScrapeException("Get \"" + url + "\": " + reason(cause), cause);
    } finally {
      future.cancel(
          true); // also ends an exchange that an interrupt or the deadline has left behind
    }
  }

  private static String content(
      HttpResponse<Boolean> response, BodyCollector collector, long bodyMax, BodyBuffer body)
      throws ScrapeException {
    if (response.statusCode() != 200) {
      throw new ScrapeException(
          "server returned HTTP status " + HttpStatusText.of(response.statusCode()));
    }
    String encoding = response.headers().firstValue("Content-Encoding").orElse("");
    if (encoding.equals("gzip")) {
      unzip(collector.received(), bodyMax, body);
    } else {
      return response
          .headers()
          .firstValue("Content-Type")
          .orElse(""); // the body is in its buffer already
    }
    return response.headers().firstValue("Content-Type").orElse("");
  }

  private static void unzip(byte[] zipped, long bodyMax, BodyBuffer body) throws ScrapeException {
    body.clear();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped), CHUNK_BYTES)) {
      int read = 0;
      while (read >= 0) {
        body.advance(read);
        if (body.length() >= bodyMax) {
          throw ScrapeException.bodyTooLarge();
        }
        body.reserve(CHUNK_BYTES);
        read = in.read(body.bytes(), body.length(), CHUNK_BYTES);
      }
    } catch (IOException e) {
      throw new ScrapeException("the body is not gzip: " + e.getMessage(), e);
    }
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static URI redirected(URI from, String location) throws ScrapeException {
    try {
      URI to = from.resolve(new URI(location));
      if (to.getRawAuthority() == null
          || !List.of("http", "https").contains(String.valueOf(to.getScheme()))) {
        throw new ScrapeException("redirected to '" + location + "', which is not an http URL");
      }
      return to;
    } catch (URISyntaxException e) {
      throw new ScrapeException("redirected to '" + location + "', which is not a URL", e);
    }
  }

  private static URI uri(String url) throws ScrapeException {
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getRawAuthority() == null || !List.of("http", "https").contains(scheme)) {
        throw new ScrapeException("Get \"" + url + "\": unsupported protocol scheme or no host");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new ScrapeException("Get \"" + url + "\": " + e.getReason(), e);
    }
  }

  /**
   * Where to connect for {@code uri}: the mapped host, and an address for names that URI does not
   * take as a host.
   */
  private URI reached(URI uri) throws ScrapeException {
    String authority = uri.getRawAuthority();
    boolean hasPort = authority.lastIndexOf(':') > authority.lastIndexOf(']');
    String port = "https".equals(uri.getScheme()) ? ":443" : ":80";
    String full = hasPort ? authority : authority + port;
    String mapped = hosts.getOrDefault(full, hosts.getOrDefault(authority, authority));
    try {
      URI there = new URI(uri.toString().replaceFirst("//[^/?]*", "//" + mapped));
      if (there.getHost() != null) {
        return there;
      }
      int colon = mapped.lastIndexOf(':');
      String name = colon < 0 ? mapped : mapped.substring(0, colon);
      String address = InetAddress.getByName(name).getHostAddress();
      String literal = address.contains(":") ? "[" + address + "]" : address;
      return new URI(
          uri.toString()
              .replaceFirst(
                  "//[^/?]*", "//" + literal + (colon < 0 ? "" : mapped.substring(colon))));
    } catch (URISyntaxException | UnknownHostException e) {
      throw new ScrapeException("Get \"" + uri + "\": no such host '" + mapped + "'", e);
    }
  }

  private static String seconds(Duration timeout) {
    return java.math.BigDecimal.valueOf(timeout.toNanos(), 9).stripTrailingZeros().toPlainString();
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return switch (cause) {
      case java.nio.channels.UnresolvedAddressException _ -> "no such host";
      case java.net.ConnectException e
          when e.getCause() instanceof java.nio.channels.UnresolvedAddressException ->
          "no such host";
      case java.net.ConnectException _ -> message == null ? "connection refused" : message;
      default -> message == null ? cause.getClass().getSimpleName() : message;
    };
  }
}
