package io.ghostworks.scrape;

import io.ghostworks.runtime.time.Clock;
import io.ghostworks.scrape.prometheusfile.ScrapeJob;
import io.ghostworks.scrape.prometheusfile.ScrapeProtocol;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.client.ConfiguredHttp;
import io.ghostworks.wire.client.TlsContexts;
import io.ghostworks.wire.compress.BodyTooLargeException;
import io.ghostworks.wire.http.HostMap;
import io.ghostworks.wire.http.HttpAnswer;
import io.ghostworks.wire.http.HttpCall;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Fetches expositions over HTTP/1.1 with the headers of Prometheus 3, the job's credentials and TLS
 * settings. Credentials that come from files are read for each request.
 */
final class HttpScrapeClient implements ScrapeClient {
  private static final int REDIRECTS_MAX = 10;

  private final ConfiguredHttp http;
  private final HostMap hosts;
  private final List<Map.Entry<String, String>> headers;

  /**
   * A client for the targets of {@code job}.
   *
   * @param protocols what is asked for, most wanted first
   * @throws ScrapeException where certificates cannot be read
   */
  HttpScrapeClient(ScrapeJob job, List<ScrapeProtocol> protocols, HostMap hosts, String userAgent)
      throws ScrapeException {
    this.hosts = hosts;
    this.headers =
        List.of(
            Map.entry("Accept", AcceptHeader.of(protocols, job.escapingScheme())),
            Map.entry("Accept-Encoding", job.enableCompression() ? "gzip" : "identity"),
            Map.entry("User-Agent", userAgent));
    this.http = new ConfiguredHttp(job.http(), hosts, job.timeout(), Clock.system());
    try {
      TlsContexts.context(job.http().tls());
    } catch (IOException e) {
      throw new ScrapeException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Exposition fetch(String url, Duration timeout, long bodyMax)
      throws ScrapeException, InterruptedException {
    HttpCall call =
        new HttpCall(
            "GET",
            uri(url),
            headers(timeout),
            new byte[0],
            timeout,
            (int) Math.min(Integer.MAX_VALUE, bodyMax) - 1,
            REDIRECTS_MAX);
    HttpAnswer answer = send(url, call);
    if (answer.status() != 200) {
      throw new ScrapeException(
          "server returned HTTP status " + HttpStatusText.of(answer.status()));
    }
    return new Exposition(answer.body(), answer.header("Content-Type").orElse(""));
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpAnswer send(String url, HttpCall call) throws ScrapeException, InterruptedException {
    try {
      return http.send(call);
    } catch (BodyTooLargeException e) {
      throw ScrapeException.bodyTooLarge(e);
    } catch (HttpTimeoutException e) {
      throw new ScrapeException("Get \"" + url + "\": context deadline exceeded", e);
    } catch (IOException | WireFormatException | IllegalArgumentException e) {
      throw new ScrapeException(
          "Get \"" + url + "\": " + reason(e), e); // also a header that HTTP forbids
    }
  }

  private List<Map.Entry<String, String>> headers(Duration timeout) {
    List<Map.Entry<String, String>> all = new ArrayList<>(headers);
    all.add(Map.entry("X-Prometheus-Scrape-Timeout-Seconds", seconds(timeout)));
    return all;
  }

  private URI uri(String url) throws ScrapeException {
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getRawAuthority() == null || !List.of("http", "https").contains(scheme)) {
        throw new ScrapeException("Get \"" + url + "\": unsupported protocol scheme or no host");
      }
      return uri.getHost() == null ? withAddress(uri) : uri;
    } catch (URISyntaxException e) {
      throw new ScrapeException("Get \"" + url + "\": " + e.getReason(), e);
    } catch (UnknownHostException e) {
      throw new ScrapeException("Get \"" + url + "\": no such host", e);
    }
  }

  /**
   * The same URI where it leads, as java.net.URI takes no host with an underscore, which containers
   * often have.
   */
  private URI withAddress(URI uri) throws URISyntaxException, UnknownHostException {
    String authority = uri.getRawAuthority();
    String port = authority.replaceFirst("^.*?(:[0-9]+)?$", "$1");
    String name = authority.substring(0, authority.length() - port.length());
    String withPort =
        port.isEmpty() ? name + (uri.getScheme().equals("https") ? ":443" : ":80") : authority;
    String there = hosts.resolve(withPort);
    if (there.equals(withPort)) {
      String address = InetAddress.getByName(name).getHostAddress();
      there = (address.contains(":") ? "[" + address + "]" : address) + port;
    }
    String rest = uri.toString().substring(uri.toString().indexOf(authority) + authority.length());
    return new URI(uri.getScheme() + "://" + there + rest);
  }

  private static String seconds(Duration timeout) {
    return BigDecimal.valueOf(timeout.toNanos(), 9).stripTrailingZeros().toPlainString();
  }

  private static String reason(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "no such host";
      }
    }
    if (failure.getMessage() != null) {
      return failure.getMessage();
    }
    return failure instanceof ConnectException
        ? "connection refused"
        : failure.getClass().getSimpleName();
  }
}
