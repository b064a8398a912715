package io.ghostworks.wire.client;

import io.ghostworks.config.CredentialSource;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.wire.http.HostMap;
import io.ghostworks.wire.http.HttpAnswer;
import io.ghostworks.wire.http.HttpCall;
import io.ghostworks.wire.http.HttpExchanges;
import io.ghostworks.wire.http.JdkExchanges;
import io.ghostworks.wire.http.OutboundHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests as a configuration's client settings say (prometheus/common {@code
 * config/http_config.go}). Credentials are read for each request; where certificates in files
 * change, later requests use the new ones. A request that has an Authorization keeps it. Blocks the
 * calling thread, which should be a virtual one; thread-safe.
 */
public final class ConfiguredHttp implements AutoCloseable {
  private final ClientSettings settings;
  private final HostMap hosts;
  private final Duration connectTimeout;
  private final ProxyChoice proxies;
  private final @Nullable OAuth2Tokens tokens;
  private @Nullable Generation current;
  private boolean closed;

  public ConfiguredHttp(
      ClientSettings settings, HostMap hosts, Duration connectTimeout, Clock clock) {
    this(
        settings,
        hosts,
        connectTimeout,
        clock,
        name -> Objects.requireNonNullElse(System.getenv(name), ""));
  }

  ConfiguredHttp(
      ClientSettings settings,
      HostMap hosts,
      Duration connectTimeout,
      Clock clock,
      UnaryOperator<String> environment) {
    this.settings = settings;
    this.hosts = hosts;
    this.connectTimeout = connectTimeout;
    this.proxies = new ProxyChoice(settings.proxy(), environment);
    this.tokens =
        settings
            .oauth2()
            .map(oauth2 ->
                new OAuth2Tokens(
                    oauth2,
                    new ConfiguredHttp(
                        forTokens(oauth2), hosts, connectTimeout, clock, environment),
                    clock))
            .orElse(null);
  }

  private static ClientSettings forTokens(ClientSettings.OAuth2 oauth2) {
    return new ClientSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        oauth2.tls(),
        oauth2.proxy(),
        Map.of(),
        true,
        false);
  }

  /** A client with the certificates that it was made of, and who uses it. */
  private static final class Generation {
    private final String material;
    private final OutboundHttp http;
    private int users;
    private boolean retired;

    Generation(String material, OutboundHttp http) {
      this.material = material;
      this.http = http;
    }
  }

  /**
   * Sends a request with the settings' headers beside its own; redirects are followed as the
   * settings say, up to the call's limit.
   *
   * @throws IOException as {@link OutboundHttp#send}, and if a credential cannot be read
   */
  public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
    List<Map.Entry<String, String>> headers = headers(call);
    HttpCall with =
        new HttpCall(
            call.method(),
            call.uri(),
            headers,
            call.body(),
            call.timeout(),
            call.responseBytesMax(),
            settings.followRedirects() ? call.redirectsMax() : 0);
    Generation generation = take();
    try {
      return generation.http.send(with);
    } finally {
      release(generation);
    }
  }

  private List<Map.Entry<String, String>> headers(HttpCall call)
      throws IOException, InterruptedException {
    List<Map.Entry<String, String>> headers = new ArrayList<>(call.headers());
    for (Map.Entry<String, List<CredentialSource>> header : settings.headers().entrySet()) {
      for (CredentialSource value : header.getValue()) {
        headers.add(Map.entry(header.getKey(), value.read().reveal()));
      }
    }
    if (tokens != null) {
      headers.removeIf(header -> header.getKey().equalsIgnoreCase("Authorization"));
      headers.add(Map.entry("Authorization", tokens.authorization(call)));
    } else if (headers.stream().noneMatch(h -> h.getKey().equalsIgnoreCase("Authorization"))) {
      authorization().ifPresent(value -> headers.add(Map.entry("Authorization", value)));
    }
    return headers;
  }

  private Optional<String> authorization() throws IOException {
    if (settings.basicAuth().isPresent()) {
      ClientSettings.BasicAuth basic = settings.basicAuth().get();
      String pair = text(basic.username()) + ":" + text(basic.password());
      return Optional.of(
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    if (settings.authorization().isPresent()) {
      ClientSettings.Authorization own = settings.authorization().get();
      return Optional.of(own.type() + " " + text(own.credentials()));
    }
    return Optional.empty();
  }

  private static String text(Optional<CredentialSource> source) throws IOException {
    return source.isEmpty() ? "" : source.get().read().reveal();
  }

  private synchronized Generation take() throws IOException {
    if (closed) {
      throw new IOException("the client is closed");
    }
    ClientSettings.Tls tls = settings.tls();
    String material = text(tls.ca()) + "\0" + text(tls.certificate()) + "\0" + text(tls.key());
    Generation usable = current;
    if (usable == null || !usable.material.equals(material)) {
      Generation fresh = new Generation(material, new OutboundHttp(hosts, exchanges()));
      if (usable != null) {
        retire(usable);
      }
      current = fresh;
      usable = fresh;
    }
    usable.users++;
    return usable;
  }

  private HttpExchanges exchanges() throws IOException {
    SSLContext context = TlsContexts.context(settings.tls());
    if (proxies.isAny() || !settings.tls().serverName().isEmpty()) {
      return new SocketExchanges(proxies, new TlsSockets(context, settings.tls()));
    }
    return new JdkExchanges(
        connectTimeout, context, TlsContexts.protocols(settings.tls()), settings.enableHttp2());
  }

  private synchronized void release(Generation generation) {
    generation.users--;
    closeUnused(generation);
  }

  private void retire(Generation generation) {
    generation.retired = true;
    closeUnused(generation);
  }

  private static void closeUnused(Generation generation) {
    if (generation.retired && generation.users == 0) {
      generation.http.close();
    }
  }

  /** Breaks off what is under way. */
  @Override
  public synchronized void close() {
    closed = true;
    if (current != null) {
      current.http.close();
      current = null;
    }
    if (tokens != null) {
      tokens.close();
    }
  }
}
