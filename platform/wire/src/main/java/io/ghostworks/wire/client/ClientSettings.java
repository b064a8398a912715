package io.ghostworks.wire.client;

import io.ghostworks.config.CredentialSource;
import io.ghostworks.config.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How requests to a section's targets are made. Credentials and certificates that stand in files
 * are read at each use.
 *
 * @param basicAuth HTTP basic authentication
 * @param authorization an Authorization header of another type; not together with {@code basicAuth}
 * @param oauth2 where a token is fetched; not together with either
 * @param headers further request headers with their values in order
 * @param followRedirects whether redirects are followed
 * @param enableHttp2 whether HTTP/2 may be negotiated over TLS
 */
public record ClientSettings(
    Optional<BasicAuth> basicAuth,
    Optional<Authorization> authorization,
    Optional<OAuth2> oauth2,
    Tls tls,
    Proxy proxy,
    Map<String, List<CredentialSource>> headers,
    boolean followRedirects,
    boolean enableHttp2) {

  /** Without any settings. */
  public static final ClientSettings DEFAULT =
      new ClientSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Tls.DEFAULT,
          Proxy.NONE,
          Map.of(),
          true,
          true);

  public ClientSettings {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** The same with a bearer token in the place of other credentials. */
  public ClientSettings withBearer(CredentialSource token) {
    return new ClientSettings(
        Optional.empty(),
        Optional.of(new Authorization("Bearer", Optional.of(token))),
        Optional.empty(),
        tls,
        proxy,
        headers,
        followRedirects,
        enableHttp2);
  }

  /** User and password; absent ones are sent as empty. */
  public record BasicAuth(
      Optional<CredentialSource> username, Optional<CredentialSource> password) {}

  /** {@code Authorization: type credentials}. */
  public record Authorization(String type, Optional<CredentialSource> credentials) {}

  /**
   * A token by OAuth 2.0, of client credentials (RFC 6749, section 4.4) or of a signed assertion
   * (RFC 7523).
   *
   * @param secret the client's secret, or the key in PEM that signs the assertion
   * @param assertion present where the token is asked for by an assertion
   * @param endpointParams further parameters of the request for a token
   */
  public record OAuth2(
      String clientId,
      Optional<CredentialSource> secret,
      Optional<Assertion> assertion,
      List<String> scopes,
      String tokenUrl,
      Map<String, String> endpointParams,
      Tls tls,
      Proxy proxy) {
    public OAuth2 {
      scopes = List.copyOf(scopes);
      endpointParams = Map.copyOf(endpointParams);
    }
  }

  /**
   * What an assertion says beside the client's id.
   *
   * @param keyId "" for none
   * @param algorithm {@code RS256}, {@code RS384} or {@code RS512}
   * @param issuer "" for the client's id
   * @param audience "" for the token's address
   * @param claims further claims, as JSON is written of them
   */
  public record Assertion(
      String keyId,
      String algorithm,
      String issuer,
      String audience,
      Map<String, @Nullable Object> claims) {
    public Assertion {
      claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }
  }

  /**
   * TLS to the server.
   *
   * @param ca what to trust instead of the system's authorities, in PEM
   * @param certificate the client's certificate in PEM, always together with {@code key}
   * @param serverName the name to verify instead of the host's; empty for the host's
   * @param insecureSkipVerify whether any certificate is taken
   * @param minVersion as {@code TLS12}; empty for the client's default
   * @param maxVersion as {@code TLS13}; empty for the newest
   */
  public record Tls(
      Optional<CredentialSource> ca,
      Optional<CredentialSource> certificate,
      Optional<CredentialSource> key,
      String serverName,
      boolean insecureSkipVerify,
      String minVersion,
      String maxVersion) {

    /** The platform's own. */
    public static final Tls DEFAULT =
        new Tls(Optional.empty(), Optional.empty(), Optional.empty(), "", false, "", "");
  }

  /**
   * Through which proxy requests go.
   *
   * @param url of the proxy ({@code http}, {@code https}, {@code socks5}, {@code socks5h}), which
   *     may hold user and password; empty for none
   * @param noProxy hosts, domains, addresses and networks that are reached without, by commas
   * @param fromEnvironment whether {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY} of
   *     the process decide
   * @param connectHeaders headers for the proxy itself where it is asked for a connection
   */
  public record Proxy(
      Secret url,
      String noProxy,
      boolean fromEnvironment,
      Map<String, List<Secret>> connectHeaders) {

    /** No proxy. */
    public static final Proxy NONE = new Proxy(Secret.of(""), "", false, Map.of());

    public Proxy {
      connectHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(connectHeaders));
    }
  }
}
