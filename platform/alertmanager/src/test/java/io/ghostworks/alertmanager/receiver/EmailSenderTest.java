package io.ghostworks.alertmanager.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.alertmanager.notify.NotificationTemplates;
import io.ghostworks.alertmanager.notify.ReceiverData;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.state.ReceivedAlerts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmailSenderTest {

  @Test
  void sendsAMultipartMail() throws Exception {
    try (SmtpServer server = new SmtpServer("CRAM-MD5 LOGIN")) {
      Sender.Outcome outcome =
          send(server, "require_tls: false, auth_username: u, auth_password: p");
      assertThat(outcome).isInstanceOf(Sender.Outcome.Delivered.class);
      String mail = server.mail();
      assertThat(server.commands()).contains("MAIL FROM:<ghost@example.org>");
      assertThat(server.commands()).contains("RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>");
      assertThat(server.commands()).containsSequence("AUTH LOGIN", "dQ==", "cA==");
      assertThat(outcome.exchanges())
          .singleElement()
          .satisfies(exchange -> {
            assertThat(exchange.request()).isEqualTo("SMTP 127.0.0.1:" + server.port());
            assertThat(exchange.payload()).contains("X-Team: core");
            assertThat(exchange.status()).isEqualTo(250);
            assertThat(exchange.response()).isEqualTo("250 taken");
          });
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
  void logsInByTheFirstMechanismWithASecret() throws Exception {
    try (SmtpServer server = new SmtpServer("PLAIN CRAM-MD5")) {
      String login = "require_tls: false, auth_username: u, ";
      assertThat(send(server, login + "auth_secret: s"))
          .isInstanceOf(Sender.Outcome.Delivered.class);
      assertThat(server.commands())
          .containsSequence("AUTH CRAM-MD5", "dSBjMmNkZTU4MDkxYjIwMTQzMTYwMGYxMzRlNzZhYzkxZg==");
      assertFailed(send(server, login + "auth_password: p"), "PLAIN auth: 535 who are you", true);
      assertFailed(
          send(server, login + "text: x"),
          "find auth mechanism: missing password for PLAIN auth mechanism\n"
              + "missing secret for CRAM-MD5 auth mechanism",
          true);
    }
  }

  @Test
  void speaksTlsFromTheStartOrAfterwards() throws Exception {
    String tls =
        "tls_config: {server_name: server.test, ca: \"%s\"}"
            .formatted(SmtpServer.file("ca.pem").read().reveal().replace("\n", "\\n"));
    try (SmtpServer later = new SmtpServer("", true, false);
        SmtpServer first = new SmtpServer("", true, true)) {
      assertThat(send(later, tls)).isInstanceOf(Sender.Outcome.Delivered.class);
      assertThat(later.commands()).contains("STARTTLS");
      assertThat(send(first, "force_implicit_tls: true\n" + tls))
          .isInstanceOf(Sender.Outcome.Delivered.class);
      assertThat(first.commands()).doesNotContain("STARTTLS");
      assertThat(send(later, "text: x")).isInstanceOf(Sender.Outcome.Failed.class);
      assertFailed(
          send(later, "tls_config: {ca_file: none.pem}"),
          "parse TLS configuration: tls_config: unable to use the CA: none.pem",
          false);
    }
  }

  @Test
  void aMailThatIsTakenIsDeliveredAlsoWhereTheGoodByeFails() throws Exception {
    try (SmtpServer server = new SmtpServer("").withoutGoodBye()) {
      assertThat(send(server, "require_tls: false")).isInstanceOf(Sender.Outcome.Delivered.class);
      assertThat(server.commands()).contains("QUIT");
    }
  }

  private static void assertFailed(Sender.Outcome outcome, String error, boolean retry) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Sender.Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(error);
              assertThat(failed.retry()).isEqualTo(retry);
            });
  }

  @Test
  void triesAgainWhenTheServerHasNoTlsOrIsGone() throws Exception {
    int port;
    try (SmtpServer server = new SmtpServer("")) {
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
    String text =
        """
        email_configs:
          - to: "a@example.org, b@example.org"
            from: "Ghost <ghost@example.org>"
            smarthost: "127.0.0.1:%d"
            headers: {x-team: "{{ .CommonLabels.team }}"}
            threading: {enabled: true, thread_by_date: daily}
        """
                .formatted(port)
            + settings.replaceAll(", (?=[a-z_]+: )(?![^{]*})", "\n").indent(4);
    ConfigMap receiver = ConfigMap.of(YamlReader.read("am.yml", text), findings);
    List<Integration> read =
        ReceiverKinds.read(receiver, ConfigMap.of(YamlReader.read("empty", "{}"), findings));
    findings.throwIfNotServable();
    SimulatedTime time = new SimulatedTime(1_700_000_000_000L);
    EmailSender sender =
        new EmailSender(
            (Email) read.getFirst(),
            new SenderParts(
                new NotificationTemplates(
                    NotificationTemplates.defaults(), time, "http://ghost:3000"),
                new FakeService(),
                time));
    return sender.send(notification(), ReceiverData.NONE, Duration.ofSeconds(5));
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
