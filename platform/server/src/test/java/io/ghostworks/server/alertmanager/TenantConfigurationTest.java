package io.ghostworks.server.alertmanager;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.config.ConfigException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantConfigurationTest {

  private static void read(String section) {
    var _ =
        new TenantConfiguration(
                "route: {receiver: a}\nreceivers: [{name: a, %s}]".formatted(section), Map.of())
            .config();
  }

  @Test
  void readsNoFilesOfThisMachine() {
    for (String section :
        new String[] {
          "webhook_configs: [{url_file: /etc/passwd}]",
          "webhook_configs: [{url: 'http://x', http_config: {http_headers: {X: {files:"
              + " [/etc/passwd]}}}}]",
          "webhook_configs: [{url: 'http://x', http_config: {tls_config: {ca_file: /etc/passwd}}}]"
        }) {
      assertThatThrownBy(() -> read(section))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("is not allowed");
    }
  }

  @Test
  void signsNothingWithTheCredentialsOfThisProcess() {
    assertThatThrownBy(() -> read("sns_configs: [{topic_arn: t, sigv4: {region: r}}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("sigv4 must have access_key and secret_key");
    assertThatCode(() ->
            read("sns_configs: [{topic_arn: t, sigv4: {region: r, access_key: a, secret_key: s}}]"))
        .doesNotThrowAnyException();
  }
}
