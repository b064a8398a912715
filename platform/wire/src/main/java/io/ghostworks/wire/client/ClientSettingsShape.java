package io.ghostworks.wire.client;

import io.ghostworks.config.shape.Given;
import io.ghostworks.config.shape.Shape;
import java.util.Locale;
import java.util.Set;

/**
 * The settings of an HTTP client that many sections inline: authentication, TLS, proxies, headers.
 * Rules of prometheus/common config/http_config.go and headers.go.
 */
public final class ClientSettingsShape {
  static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final Set<String> RESERVED_HEADERS =
      Set.of(
          "authorization",
          "host",
          "content-encoding",
          "content-length",
          "content-type",
          "user-agent",
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "www-authenticate",
          "accept-encoding",
          "x-prometheus-remote-write-version",
          "x-prometheus-remote-read-version",
          "x-prometheus-scrape-timeout-seconds",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-content-sha256");

  /** The keys of {@code tls_config} with their rules. */
  public static final Shape TLS =
      Shape.create()
          .text("ca", "cert", "ca_file", "cert_file", "key_file", "ca_ref", "cert_ref", "key_ref")
          .text("server_name")
          .secret("key")
          .flag("insecure_skip_verify")
          .choice("min_version", "TLS10", "TLS11", "TLS12", "TLS13")
          .choice("max_version", "TLS10", "TLS11", "TLS12", "TLS13")
          .rule(ClientSettingsShape::checkTls);

  private static final Shape PROXY =
      Shape.create()
          .url("proxy_url")
          .text("no_proxy")
          .flag("proxy_from_environment")
          .secretLists("proxy_connect_header")
          .rule(ClientSettingsShape::checkProxy);

  private static final Shape BASIC_AUTH =
      Shape.create()
          .text("username", "username_file", "username_ref", "password_file", "password_ref")
          .secret("password");

  private static final Shape AUTHORIZATION =
      Shape.create().text("type", "credentials_file", "credentials_ref").secret("credentials");

  private static final Shape OAUTH2 =
      Shape.create()
          .text("client_id", "client_secret_file", "client_secret_ref", "client_certificate_key_id")
          .text("client_certificate_key_file", "client_certificate_key_ref", "grant_type")
          .text("signature_algorithm", "iss", "audience", "token_url")
          .secret("client_secret", "client_certificate_key")
          .fields((map, key) -> map.map(key), "claims")
          .texts("scopes")
          .textMap("endpoint_params")
          .section("tls_config", TLS)
          .inline(PROXY);

  private static final Shape HEADER = Shape.create().texts("values", "files").secrets("secrets");

  /** The keys with their rules. */
  public static final Shape CLIENT =
      Shape.create()
          .section("basic_auth", BASIC_AUTH)
          .section("authorization", AUTHORIZATION)
          .section("oauth2", OAUTH2)
          .secret("bearer_token")
          .text("bearer_token_file")
          .section("tls_config", TLS)
          .flag("follow_redirects", "enable_http2")
          .inlineKeys(PROXY)
          .sectionMap("http_headers", HEADER)
          .rule(ClientSettingsShape::checkBearer)
          .rule(ClientSettingsShape::checkBasicAuth)
          .rule(ClientSettingsShape::checkAuthorization)
          .rule(ClientSettingsShape::checkOauth2)
          .rule(ClientSettingsShape::checkProxy)
          .rule(ClientSettingsShape::checkHeaders);

  private ClientSettingsShape() {}

  /** Whether anything differs from a client without settings. */
  public static boolean isCustom(Given given) {
    return given.has("basic_auth")
        || given.has("authorization")
        || given.has("oauth2")
        || given.filled("bearer_token")
        || given.filled("bearer_token_file")
        || hasTls(given.section("tls_config"))
        || !given.flag("follow_redirects", true)
        || !given.flag("enable_http2", true)
        || given.has("proxy_url")
        || given.filled("no_proxy")
        || given.flag("proxy_from_environment", false)
        || given.has("proxy_connect_header")
        || given.has("http_headers");
  }

  private static boolean hasTls(Given tls) {
    return tls.flag("insecure_skip_verify", false)
        || tls.map().keys().stream()
            .filter(key -> !key.equals("insecure_skip_verify"))
            .anyMatch(tls::filled);
  }

  private static void checkTls(Given tls) {
    tls.atMostOne("", "ca", "ca_file", "ca_ref");
    tls.atMostOne("", "cert", "cert_file", "cert_ref");
    tls.atMostOne("", "key", "key_file", "key_ref");
    boolean cert = tls.filled("cert") || tls.filled("cert_file") || tls.filled("cert_ref");
    boolean key = tls.filled("key") || tls.filled("key_file") || tls.filled("key_ref");
    if (cert && !key) {
      tls.refuse("must have one of key or key_file where a client certificate is configured");
    } else if (key && !cert) {
      tls.refuse("must have one of cert or cert_file where a client key is configured");
    }
  }

  private static void checkProxy(Given given) {
    boolean hasUrl = given.filled("proxy_url");
    boolean fromEnvironment = given.flag("proxy_from_environment", false);
    boolean hasHeader =
        given.has("proxy_connect_header")
            && !given.map().mapOrEmpty("proxy_connect_header").keys().isEmpty();
    if (hasHeader && !hasUrl && !fromEnvironment) {
      given.refuseWithoutValue(
          "proxy_connect_header", "needs proxy_url or proxy_from_environment beside it");
    }
    if (fromEnvironment && hasUrl) {
      given.refuse("proxy_url", "must not be given together with proxy_from_environment");
    }
    if (fromEnvironment && given.filled("no_proxy")) {
      given.refuse("no_proxy", "must not be given together with proxy_from_environment");
    }
    if (!given.has("proxy_url") && !fromEnvironment && given.filled("no_proxy")) {
      given.refuse("no_proxy", "needs proxy_url beside it");
    }
  }

  private static void checkBearer(Given given) {
    given.atMostOne("", "bearer_token", "bearer_token_file");
    boolean bearer = given.filled("bearer_token") || given.filled("bearer_token_file");
    for (String other : new String[] {"basic_auth", "oauth2", "authorization"}) {
      if (bearer && given.has(other)) {
        given.refuseWithoutValue(
            other, "must not be given together with bearer_token or bearer_token_file");
      }
    }
  }

  private static void checkBasicAuth(Given given) {
    if (given.has("basic_auth")) {
      Given basic = given.section("basic_auth");
      basic.atMostOne("basic_auth ", "username", "username_file", "username_ref");
      basic.atMostOne("basic_auth ", "password", "password_file", "password_ref");
    }
  }

  private static void checkAuthorization(Given given) {
    if (!given.has("authorization")) {
      return;
    }
    Given authorization = given.section("authorization");
    authorization.atMostOne("authorization ", "credentials", "credentials_file", "credentials_ref");
    if (authorization.text("type").strip().toLowerCase(Locale.ROOT).equals("basic")) {
      authorization.refuse("type", "must not be basic, for which there is basic_auth");
    }
    if (given.has("basic_auth") || given.has("oauth2")) {
      given.refuseWithoutValue(
          "authorization", "at most one of basic_auth, oauth2, authorization may be given");
    }
  }

  private static void checkOauth2(Given given) {
    if (!given.has("oauth2")) {
      return;
    }
    if (given.has("basic_auth")) {
      given.refuseWithoutValue(
          "oauth2", "at most one of basic_auth, oauth2, authorization may be given");
    }
    Given oauth2 = given.section("oauth2");
    oauth2.required("client_id");
    oauth2.required("token_url");
    if (oauth2.text("grant_type").equals(JWT_BEARER)) {
      oauth2.atMostOne(
          "oauth2 ",
          "client_certificate_key",
          "client_certificate_key_file",
          "client_certificate_key_ref");
      String algorithm = oauth2.text("signature_algorithm");
      if (!algorithm.isEmpty() && !Set.of("RS256", "RS384", "RS512").contains(algorithm)) {
        oauth2.refuse("signature_algorithm", "must be one of RS256, RS384, RS512");
      }
    } else {
      oauth2.atMostOne("oauth2 ", "client_secret", "client_secret_file", "client_secret_ref");
    }
  }

  private static void checkHeaders(Given given) {
    if (given.has("http_headers")) {
      Given headers = given.section("http_headers");
      for (String name : headers.map().keys()) {
        if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
          headers.refuseWithoutValue(name, "must not set this header, which is set otherwise");
        }
      }
    }
  }
}
