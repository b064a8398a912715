package io.ghostworks.scrape.prometheusfile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How requests to a section's targets are made.
 *
 * @param basicAuth HTTP basic authentication
 * @param authorization an Authorization header of another type; not together with {@code basicAuth}
 * @param headers further request headers with their values in order
 * @param followRedirects whether redirects are followed
 * @param enableHttp2 whether HTTP/2 may be negotiated over TLS
 */
public record HttpClientOptions(
    Optional<BasicAuth> basicAuth,
    Optional<Authorization> authorization,
    Tls tls,
    Map<String, List<CredentialSource>> headers,
    boolean followRedirects,
    boolean enableHttp2) {

  /** Without any settings. */
  public static final HttpClientOptions DEFAULT =
      new HttpClientOptions(
          Optional.empty(),
          Optional.empty(),
          new Tls(Optional.empty(), Optional.empty(), Optional.empty(), "", false, "", ""),
          Map.of(),
          true,
          true);

  public HttpClientOptions {
    headers = Map.copyOf(headers);
  }

  /** User and password; absent ones are sent as empty. */
  public record BasicAuth(
      Optional<CredentialSource> username, Optional<CredentialSource> password) {}

  /** {@code Authorization: type credentials}. */
  public record Authorization(String type, Optional<CredentialSource> credentials) {}

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
      String maxVersion) {}
}
