package io.ghostworks.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretMaskTest {

  @Test
  void hidesSecretsAndKeepsTheRest() {
    String yaml =
        """
        global:
          smtp_auth_password: hunter2, with a comma
          smtp_smarthost: mail.example:25
        receivers:
          - name: page
            webhook_configs:
              - url: http://user:pass@host/path
                http_config: {authorization: {credentials: abc, type: Bearer}}
                "bearer_token": 'x y'
        """;
    assertThat(SecretMask.masked(yaml))
        .contains("smtp_smarthost: mail.example:25", "name: page", "type: Bearer", "<secret>")
        .doesNotContain("hunter2", "pass@", "abc", "x y");
  }

  @Test
  void showsNothingWhereASecretSpansLines() {
    assertThat(SecretMask.masked("password: |\n  hunter2\n")).doesNotContain("hunter2");
    assertThat(SecretMask.masked("password:\n  hunter2\n")).doesNotContain("hunter2");
  }
}
