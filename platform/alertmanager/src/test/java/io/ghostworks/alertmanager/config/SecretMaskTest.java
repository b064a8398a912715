package io.ghostworks.alertmanager.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SecretMaskTest {

  @Test
  void hidesSecretsAndKeepsTheRest() {
    String yaml =
        """
        global: # the whole
          smtp_auth_password: hunter2, with a comma
          smtp_smarthost: mail.example:25
          pagerduty_url: https://user:other@events.example
        receivers:
          - name: page
            webhook_configs:
              - url: http://user:pass@host/path
                http_config: {authorization: {credentials: abc, type: Bearer}}
                "bearer_token": 'x y'
            pagerduty_configs:
              - routing_key: "rrr"
                links: []
                send_resolved: true
                description: "a \\"quoted\\"\\ntext"
        """;
    assertThat(SecretMask.masked(yaml))
        .isEqualTo(
            """
            global:
              smtp_auth_password: "<secret>"
              smtp_smarthost: mail.example:25
              pagerduty_url: https://user:xxxxx@events.example
            receivers:
              - name: page
                webhook_configs:
                  - url: "<secret>"
                    http_config:
                      authorization:
                        credentials: "<secret>"
                        type: Bearer
                    "bearer_token": "<secret>"
                pagerduty_configs:
                  - routing_key: "<secret>"
                    links: []
                    send_resolved: true
                    description: "a \\"quoted\\"\\ntext"
            """);
  }

  @Test
  void hidesSecretsThatSpanLinesOrStandInLists() {
    assertThat(SecretMask.masked("password: |\n  hunter2\n")).isEqualTo("password: \"<secret>\"\n");
    assertThat(SecretMask.masked("password:\n  hunter2\n")).doesNotContain("hunter2");
    assertThat(SecretMask.masked("http_headers: {X: {secrets: [hunter2, b], values: [c]}}"))
        .doesNotContain("hunter2")
        .contains("- c");
    assertThat(SecretMask.masked("a: [")).doesNotContain("[");
  }

  @Test
  void hidesEverySecretOfAnHttpClient() {
    String yaml =
        """
        http_config:
          basic_auth: {username: u, password: hunter01}
          authorization: {type: Bearer, credentials: hunter02}
          bearer_token: hunter03
          oauth2:
            client_id: shown
            client_secret: hunter04
            client_certificate_key: hunter05
            client_certificate_key_id: key one
            client_certificate_key_file: /key/file
            tls_config: {key: hunter06}
            proxy_url: http://u:hunter07@proxy
            proxy_connect_header: {X-Proxy: [hunter08]}
          tls_config: {cert: c, key: hunter09}
          proxy_url: http://u:hunter10@proxy
          proxy_connect_header: {X-Proxy: [hunter11]}
          http_headers: {X-One: {secrets: [hunter12]}}
        """;
    assertThat(SecretMask.masked(yaml))
        .doesNotContain("hunter")
        .contains("client_id: shown", "key_id: key one", "key_file: /key/file");
    assertThat(SecretMask.hidden(yaml)).doesNotContain("hunter");
  }

  @Test
  void givesTheSameTreeBackWhereThereAreNoSecrets() {
    String yaml =
        """
        a: {b: [1, "2", [x, {y: z}], [], {}], c: ~, "d e": 'it''s'}
        f: |
          two
          lines
        g: "\\u2028\\x07 \\\\"
        """;
    String written = SecretMask.masked(yaml);
    assertThat(SecretMask.masked(written)).isEqualTo(written);
    assertThat(YamlReader.read("f", written).mapScalars(s -> s).toString())
        .contains("it's", "two\nlines\n", "\u2028\u0007 \\");
  }

  @Test
  void publishedFilesAreReadAgain() throws IOException {
    String shared = System.getenv("GHOSTWORKS_SHARED");
    Path folder =
        Path.of(shared == null ? "../../shared" : shared, "conformance/alertmanager-config");
    Assumptions.assumeTrue(Files.isDirectory(folder), "the published files are not here");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yml")).toList()) {
        String written = SecretMask.masked(Files.readString(file));
        assertThat(SecretMask.masked(written)).as(file.toString()).isEqualTo(written);
      }
    }
  }
}
