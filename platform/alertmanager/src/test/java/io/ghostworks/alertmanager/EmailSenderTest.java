package io.ghostworks.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.Findings;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.state.ReceivedAlerts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmailSenderTest {

  @Test
  void sendsAMultipartMail() throws Exception {
    try (SmtpServer server = new SmtpServer(true)) {
      Sender.Outcome outcome =
          send(server, "require_tls: false, auth_username: u, auth_password: p");
      assertThat(outcome).isInstanceOf(Sender.Outcome.Delivered.class);
      String mail = server.mail();
      assertThat(server.commands()).contains("MAIL FROM:<ghost@example.org>");
      assertThat(server.commands()).contains("RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>");
      assertThat(server.commands()).anyMatch(command -> command.startsWith("AUTH PLAIN"));
      assertThat(mail)
          .contains("Subject: [FIRING:1] Down (api core)")
          .contains("From: Ghost <ghost@example.org>")
          .contains("X-Team: core")
          .contains("Content-Type: multipart/alternative")
          .contains("Content-Transfer-Encoding: quoted-printable")
          .contains("Down &lt;now&gt;");
      assertThat(mail).contains("References: <alert-").contains("-2023-11-14@alertmanager>");
    }
  }

  @Test
  void triesAgainWhenTheServerHasNoTlsOrIsGone() throws Exception {
    int port;
    try (SmtpServer server = new SmtpServer(false)) {
      port = server.port();
      assertThat(send(server, "require_tls: true"))
          .isInstanceOfSatisfying(
              Sender.Outcome.Failed.class,
              failed -> {
                assertThat(failed.retry()).isTrue();
                assertThat(failed.error()).contains("STARTTLS");
              });
    }
    assertThat(sendTo(port, "require_tls: false"))
        .isInstanceOfSatisfying(
            Sender.Outcome.Failed.class, failed -> assertThat(failed.retry()).isTrue());
  }

  private static Sender.Outcome send(SmtpServer server, String settings) {
    return sendTo(server.port(), settings);
  }

  private static Sender.Outcome sendTo(int port, String settings) {
    Findings findings = new Findings();
    AlertmanagerConfig config =
        AlertmanagerConfigReaderTest.read(
            """
            route: {receiver: a}
            receivers:
              - name: a
                email_configs:
                  - to: "a@example.org, b@example.org"
                    from: "Ghost <ghost@example.org>"
                    smarthost: "127.0.0.1:%d"
                    headers: {x-team: "{{ .CommonLabels.team }}"}
                    threading: {enabled: true, thread_by_date: daily}
            """
                    .formatted(port)
                + "        "
                + settings.replace(", ", "\n        ").indent(0),
            findings);
    findings.throwIfNotServable();
    SimulatedTime time = new SimulatedTime(1_700_000_000_000L);
    EmailSender sender =
        new EmailSender(
            (AlertmanagerConfig.Email) config.receiver().integrations().getFirst(),
            new NotificationTemplates(config.templates(), time, "http://ghost:3000"),
            time);
    return sender.send(notification(), Duration.ofSeconds(5));
  }

  private static Notification notification() {
    return new Notification(
        "{}:{}",
        "a",
        Labels.of("alertname", "Down"),
        "first notification",
        new long[] {1},
        new long[0],
        List.of(
            new ReceivedAlerts.Row(
                Labels.of("alertname", "Down", "job", "api", "team", "core"),
                Labels.of("summary", "Down <now>"),
                1_700_000_000_000_000_000L,
                0,
                0,
                false,
                "http://ghost:3000/graph"),
            new ReceivedAlerts.Row(
                Labels.of("alertname", "Down", "job", "api", "team", "core"),
                Labels.of("summary", "x"),
                1_700_000_000_000_000_000L,
                1_700_000_001_000_000_000L,
                0,
                false,
                "")));
  }
}
