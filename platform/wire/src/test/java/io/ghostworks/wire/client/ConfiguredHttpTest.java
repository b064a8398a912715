package io.ghostworks.wire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.wire.http.HostMap;
import io.ghostworks.wire.http.HttpAnswer;
import io.ghostworks.wire.http.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredHttpTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final SimulatedTime time = new SimulatedTime(1_700_000_000_000L);

  @Test
  void sendsCredentialsAndHeadersAndReadsFilesEachTime(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "one\n");
    try (TestServer server = TestServer.plain();
        ConfiguredHttp basic =
            client("basic_auth: {username: u, password_file: " + file + "}", folder);
        ConfiguredHttp bearer =
            client(
                "{authorization: {type: Token, credentials_file: token}, http_headers: {X-A:"
                    + " {values: [a], secrets: [b], files: [token]}}}",
                folder)) {
      server.answering(exchange -> String.valueOf(exchange.getRequestHeaders().get("X-a")));
      get(basic, server);
      assertThat(get(bearer, server)).isEqualTo("[a, b, one]");
      Files.writeString(file, "two");
      get(bearer, server);
      post(bearer, server, Map.of("Authorization", "Own x"));
      assertThat(server.requests)
          .containsExactly(
              "GET / Basic dTpvbmU=", "GET / Token one", "GET / Token two", "POST / Own x body");
    }
  }

  @Test
  void followsRedirectsUnlessToldOtherwise() throws Exception {
    try (TestServer server = TestServer.plain();
        ConfiguredHttp follow = client("{}", Path.of("/"));
        ConfiguredHttp stay = client("follow_redirects: false", Path.of("/"))) {
      server.answering(exchange -> {
        exchange.getResponseHeaders().add("Location", "/there");
        return exchange.getRequestURI().getPath().equals("/") ? "302" : "there";
      });
      assertThat(get(follow, server)).isEqualTo("there");
      assertThat(get(stay, server)).isEqualTo("302");
    }
  }

  @Test
  void checksTheServerByTheNameAndAuthorityOfTheSettings() throws Exception {
    try (TestServer server = TestServer.secure();
        ConfiguredHttp named = client(TestServer.tls("", "", "server.test", "TLS13"));
        ConfiguredHttp unnamed = client(TestServer.tls("", "", "", ""));
        ConfiguredHttp other = client("tls_config: {server_name: server.test}", Path.of("/"));
        ConfiguredHttp anybody = client("tls_config: {insecure_skip_verify: true}", Path.of("/"));
        ConfiguredHttp anyName =
            client("tls_config: {insecure_skip_verify: true, server_name: x.test}", Path.of("/"))) {
      assertThat(getSecure(named, server)).isEqualTo("ok");
      assertThat(getSecure(anybody, server)).isEqualTo("ok");
      assertThat(getSecure(anyName, server)).isEqualTo("ok");
      assertThatThrownBy(() -> getSecure(unnamed, server)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> getSecure(other, server)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void showsTheClientsCertificateAndTakesANewOne(@TempDir Path folder) throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "none");
    try (TestServer server = TestServer.secure();
        ConfiguredHttp client =
            client(
                new ClientSettings.Tls(
                    Optional.of(TestServer.inline(TestServer.file("ca.pem"))),
                    Optional.of(TestServer.inline(TestServer.file("client.pem"))),
                    Optional.of(new io.ghostworks.config.CredentialSource.FromFile(key)),
                    "server.test",
                    false,
                    "",
                    ""))) {
      server.answering(ConfiguredHttpTest::peer);
      assertThatThrownBy(() -> getSecure(client, server))
          .hasMessageContaining("unable to use specified client cert & key");
      Files.writeString(key, TestServer.file("client.key"));
      assertThat(getSecure(client, server)).isEqualTo("CN=client");
      Files.writeString(key, TestServer.file("client-pkcs1.key"));
      assertThat(getSecure(client, server)).isEqualTo("CN=client");
    }
  }

  private static String peer(com.sun.net.httpserver.HttpExchange exchange) {
    try {
      return ((com.sun.net.httpserver.HttpsExchange) exchange)
          .getSSLSession()
          .getPeerPrincipal()
          .toString();
    } catch (IOException e) {
      return "nobody";
    }
  }

  @Test
  void readsKeysOfEllipticCurvesInBothForms() throws Exception {
    ECPrivateKey old = (ECPrivateKey) PemKeys.privateKey(TestServer.file("server-sec1.key"));
    ECPrivateKey newer = (ECPrivateKey) PemKeys.privateKey(TestServer.file("server.key"));
    assertThat(old.getS()).isEqualTo(newer.getS());
  }

  @Test
  void goesThroughAProxyWithItsOwnHeaders() throws Exception {
    try (TestServer server = TestServer.secure();
        TestServer open = TestServer.plain();
        TestProxy proxy = new TestProxy();
        ConfiguredHttp client =
            client(
                """
                proxy_url: http://user:pass@127.0.0.1:%d
                proxy_connect_header: {X-Team: [core]}
                tls_config: {insecure_skip_verify: true}
                """
                    .formatted(proxy.port()),
                Path.of("/"))) {
      assertThat(getSecure(client, server)).isEqualTo("ok");
      assertThat(get(client, open)).isEqualTo("ok");
      assertThat(proxy.heads.getFirst())
          .startsWith("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1")
          .contains("X-Team: core")
          .contains("Proxy-Authorization: Basic dXNlcjpwYXNz");
      assertThat(proxy.heads.getLast())
          .startsWith("GET http://127.0.0.1:" + open.port() + "/ HTTP/1.1")
          .contains("Proxy-Authorization: Basic dXNlcjpwYXNz");
    }
  }

  @Test
  void goesThroughASocksProxy() throws Exception {
    try (TestServer server = TestServer.plain();
        TestProxy proxy = new TestProxy();
        ConfiguredHttp client =
            client("proxy_url: socks5://u:p@127.0.0.1:" + proxy.port(), Path.of("/"))) {
      assertThat(get(client, server)).isEqualTo("ok");
      assertThat(proxy.heads).containsExactly("SOCKS u:p 127.0.0.1:" + server.port());
    }
  }

  @Test
  void givesUpInTime() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (TestServer server = TestServer.plain();
        TestProxy proxy = new TestProxy();
        ConfiguredHttp direct = client("{}", Path.of("/"));
        ConfiguredHttp through =
            client("proxy_url: http://127.0.0.1:" + proxy.port(), Path.of("/"))) {
      server.answering(exchange -> {
        try {
          end.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return "late";
      });
      for (ConfiguredHttp client : List.of(direct, through)) {
        assertThatThrownBy(() ->
                client.send(
                    HttpCall.get(uri("http", server), List.of(), Duration.ofMillis(50), 100)))
            .isInstanceOf(HttpTimeoutException.class);
      }
      end.countDown();
    }
  }

  @Test
  void fetchesATokenAndKeepsItToItsEnd() throws Exception {
    try (TestServer tokens = TestServer.plain();
        TestServer server = TestServer.plain();
        ConfiguredHttp client =
            client(
                "oauth2: {client_id: 'c d', client_secret: s, scopes: [a, b], token_url: 'http://127.0.0.1:%d/t', endpoint_params: {x: y}}"
                    .formatted(tokens.port()),
                Path.of("/"))) {
      tokens.answering(exchange ->
          "{\"access_token\":\"t%d\",\"token_type\":\"bearer\",\"expires_in\":60}"
              .formatted(tokens.requests.size()));
      get(client, server);
      time.advance(Duration.ofSeconds(49));
      get(client, server);
      time.advance(Duration.ofSeconds(1));
      get(client, server);
      assertThat(tokens.requests)
          .hasSize(2)
          .first()
          .isEqualTo("POST /t Basic YytkOnM= grant_type=client_credentials&scope=a+b&x=y");
      assertThat(server.requests)
          .containsExactly("GET / Bearer t1", "GET / Bearer t1", "GET / Bearer t2");
    }
  }

  @Test
  void givesIdAndSecretAsParametersWhereTheServerWantsThemSo() throws Exception {
    try (TestServer tokens = TestServer.plain();
        TestServer server = TestServer.plain();
        ConfiguredHttp client =
            client(
                "oauth2: {client_id: c, client_secret: s, token_url: 'http://127.0.0.1:%d/t'}"
                    .formatted(tokens.port()),
                Path.of("/"))) {
      tokens.answering(exchange ->
          exchange.getRequestHeaders().containsKey("Authorization")
              ? "401"
              : "{\"access_token\":\"t\"}");
      get(client, server);
      assertThat(tokens.requests.getLast())
          .isEqualTo("POST /t null client_id=c&client_secret=s&grant_type=client_credentials");
      assertThat(server.requests).containsExactly("GET / Bearer t");
      tokens.answering(exchange -> "500");
    }
    try (TestServer tokens = TestServer.plain();
        ConfiguredHttp client =
            client(
                "oauth2: {client_id: c, token_url: 'http://127.0.0.1:%d/t'}"
                    .formatted(tokens.port()),
                Path.of("/"))) {
      tokens.answering(exchange -> "403");
      assertThatThrownBy(() -> get(client, tokens)).hasMessageContaining("cannot fetch token: 403");
    }
  }

  @Test
  void signsAnAssertionForAToken() throws Exception {
    try (TestServer tokens = TestServer.plain();
        TestServer server = TestServer.plain();
        ConfiguredHttp client =
            client(
                """
                oauth2:
                  client_id: c
                  grant_type: urn:ietf:params:oauth:grant-type:jwt-bearer
                  client_certificate_key: "%s"
                  client_certificate_key_id: k
                  token_url: http://127.0.0.1:%d/t
                  claims: {n: 1}
                """
                    .formatted(TestServer.file("client.key").replace("\n", "\\n"), tokens.port()),
                Path.of("/"))) {
      tokens.answering(exchange -> "{\"access_token\":\"t\"}");
      get(client, server);
      String form = tokens.requests.getFirst();
      assertThat(form).contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer");
      String[] parts = form.replaceAll(".*assertion=([^&]*).*", "$1").split("\\.");
      assertThat(decoded(parts[0])).isEqualTo("{\"alg\":\"RS256\",\"kid\":\"k\",\"typ\":\"JWT\"}");
      assertThat(decoded(parts[1]))
          .contains("\"iss\":\"c\"")
          .contains("\"iat\":1700000000")
          .contains("\"exp\":1700000600")
          .contains("\"n\":1");
      assertThat(parts).hasSize(3);
    }
  }

  private static String decoded(String part) {
    return new String(java.util.Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  private ConfiguredHttp client(String yaml, Path folder) {
    Findings findings = new Findings();
    ClientSettings settings =
        ClientSettingsReader.checked(
            ConfigMap.of(YamlReader.read(folder.resolve("am.yml").toString(), yaml), findings));
    findings.throwIfNotServable();
    return new ConfiguredHttp(settings, HostMap.NONE, TIMEOUT, time, name -> "");
  }

  private ConfiguredHttp client(ClientSettings.Tls tls) {
    return new ConfiguredHttp(
        new ClientSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            tls,
            ClientSettings.Proxy.NONE,
            Map.of(),
            true,
            true),
        HostMap.NONE,
        TIMEOUT,
        time,
        name -> "");
  }

  private static String get(ConfiguredHttp client, TestServer server) throws Exception {
    return text(client.send(HttpCall.get(uri("http", server), List.of(), TIMEOUT, 1000)));
  }

  private static String getSecure(ConfiguredHttp client, TestServer server) throws Exception {
    return text(client.send(HttpCall.get(uri("https", server), List.of(), TIMEOUT, 1000)));
  }

  private static void post(ConfiguredHttp client, TestServer server, Map<String, String> headers)
      throws Exception {
    client.send(
        HttpCall.post(
            uri("http", server),
            List.copyOf(headers.entrySet()),
            "body".getBytes(StandardCharsets.UTF_8),
            TIMEOUT,
            1000));
  }

  private static URI uri(String scheme, TestServer server) {
    return URI.create("%s://127.0.0.1:%d/".formatted(scheme, server.port()));
  }

  private static String text(HttpAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
