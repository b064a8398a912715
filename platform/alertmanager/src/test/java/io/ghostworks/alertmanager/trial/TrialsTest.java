package io.ghostworks.alertmanager.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.AlertmanagerConfigReader;
import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.wire.client.ClientSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TrialsTest {
  private static final String CONFIG =
      """
      route: {receiver: team}
      receivers:
      - name: team
        webhook_configs:
        - url: http://good/secret-path
        - url: http://bad/x
        discord_configs:
        - webhook_url: http://discord/x
          title: 'title {{ .Status }}'
        email_configs:
        - {to: a@b, from: c@d, smarthost: 'mail:25'}
      - name: all
        webhook_configs: [{url: http://w/x}]
        telegram_configs: [{bot_token: t, chat_id: 1}]
        wechat_configs: [{api_secret: s, corp_id: c}]
        jira_configs: [{api_url: http://j, project: P, issue_type: B}]
        rocketchat_configs: [{token: t, token_id: i}]
        slack_configs: [{api_url: http://slack/x}]
        pagerduty_configs: [{routing_key: k}]
        opsgenie_configs: [{api_key: k}]
        victorops_configs: [{api_key: k, routing_key: r}]
        pushover_configs: [{user_key: u, token: t}]
        sns_configs: [{topic_arn: t, sigv4: {region: r, access_key: a, secret_key: s}}]
        webex_configs: [{room_id: r, http_config: {authorization: {credentials: c}}}]
        msteams_configs: [{webhook_url: http://t/x}]
        msteamsv2_configs: [{webhook_url: http://t/x}]
        incidentio_configs: [{url: http://i, alert_source_token: t}]
        mattermost_configs: [{webhook_url: http://m/x}]
      """;

  private final List<HttpTransport.Request> requests = new CopyOnWriteArrayList<>();
  private final SimulatedTime time = new SimulatedTime(1_700_000_000_000L);
  private final Trials trials =
      new Trials(config(), new Trials.Parts(this::answer, time, "http://am"));

  private HttpTransport.Answer answer(HttpTransport.Request request, ClientSettings settings) {
    requests.add(request);
    return new HttpTransport.Answer(
        request.uri().getHost().equals("bad") ? 400 : 200, "thanks for secret-path");
  }

  private static AlertmanagerConfig config() {
    Findings findings = new Findings();
    AlertmanagerConfig config =
        AlertmanagerConfigReader.read(
            CONFIG,
            YamlReader.read("am.yml", CONFIG),
            Path.of("/"),
            MatcherSyntax.FALLBACK,
            findings);
    findings.throwIfNotServable();
    return config;
  }

  private static Notification notification() {
    return new Notification(
        "test/1",
        "team",
        Labels.of("alertname", "Down"),
        "first notification",
        new long[0],
        new long[0],
        List.of(
            new ReceivedAlerts.Row(
                Labels.of("alertname", "Down", "instance", "<a>"),
                Labels.EMPTY,
                1_700_000_000_000_000_000L,
                0,
                1_700_000_000_000_000_000L,
                false,
                "")));
  }

  @Test
  void tellsHowEachIntegrationWentWithoutSecrets() throws InterruptedException {
    AlertmanagerConfig.Receiver team = trials.receiver("team").orElseThrow();
    AlertmanagerConfig.Receiver overHttp =
        new AlertmanagerConfig.Receiver(
            team.name(),
            team.labels(),
            team.integrations().stream().filter(each -> !each.kind().equals("email")).toList());
    List<Trials.Result> results = trials.send(overHttp, notification(), Duration.ofSeconds(5));
    assertThat(results)
        .extracting(Trials.Result::integration)
        .containsExactly("team/webhook[0]", "team/webhook[1]", "team/discord[0]");
    Trials.Result good = results.get(0);
    assertThat(good.delivered()).isTrue();
    assertThat(good.exchanges())
        .singleElement()
        .satisfies(exchange -> {
          assertThat(exchange.request()).isEqualTo("POST http://good/<secret>");
          assertThat(exchange.response()).isEqualTo("thanks for <secret>");
          assertThat(exchange.status()).isEqualTo(200);
        });
    Trials.Result bad = results.get(1);
    assertThat(bad.delivered()).isFalse();
    assertThat(bad.error()).startsWith("unexpected status code 400");
    assertThat(bad.reason()).isEqualTo("clientError");
    assertThat(requests).hasSize(3);
  }

  @Test
  void showsWhatEveryKindWouldSendAndSendsNothing() throws InterruptedException {
    AlertmanagerConfig.Receiver all = trials.receiver("all").orElseThrow();
    List<Trials.Result> results = trials.preview(all, notification());
    assertThat(results)
        .hasSize(16)
        .allSatisfy(result -> {
          assertThat(result.error()).isEmpty();
          assertThat(result.exchanges()).isNotEmpty();
        });
    assertThat(requests).isEmpty();
  }

  @Test
  void rendersTemplatesWithFurtherDefinitions() {
    assertThat(
            trials
                .render(
                    "{{ template \"mine\" . }} {{ (index .Alerts 0).Labels.instance }}",
                    Map.of("my.tmpl", "{{ define \"mine\" }}{{ .Status | toUpper }}{{ end }}"),
                    false,
                    notification())
                .text())
        .isEqualTo("FIRING <a>");
    assertThat(
            trials
                .render("{{ (index .Alerts 0).Labels.instance }}", Map.of(), true, notification())
                .text())
        .isEqualTo("&lt;a&gt;");
  }

  @Test
  void saysWhereATemplateFails() {
    Trials.Rendered unknown = trials.render("a\n{{ nope }}", Map.of(), false, notification());
    assertThat(unknown.text()).isNull();
    assertThat(unknown.error()).contains("function \"nope\" not defined");
    assertThat(unknown.place().line()).isEqualTo(2);
    assertThat(unknown.place().column()).isEqualTo(4);
    Trials.Rendered failing =
        trials.render("a\n  {{ index .Alerts 7 }}", Map.of(), false, notification());
    assertThat(failing.place().line()).isEqualTo(2);
  }

  @Test
  void endsTemplatesThatWriteTooMuch() {
    Trials.Rendered endless =
        trials.render(
            "{{ define \"x\" }}{{ template \"x\" . }}{{ end }}{{ template \"x\" . }}",
            Map.of(),
            false,
            notification());
    assertThat(endless.text()).isNull();
    assertThat(endless.error()).isNotEmpty();
  }

  @Test
  void findsAFieldAsTheFileHasItUnlessItMayBeSecret() {
    assertThat(ReceiverField.find(trials, "team", "discord_configs[0].title"))
        .isEqualTo("title {{ .Status }}");
    assertThatThrownBy(() -> ReceiverField.find(trials, "team", "webhook_configs[0].url"))
        .hasMessageContaining("may hold a secret");
    assertThatThrownBy(() -> ReceiverField.find(trials, "team", "discord_configs[0].message"))
        .hasMessageContaining("Alertmanager's default holds");
    assertThatThrownBy(() -> ReceiverField.find(trials, "team", "discord_configs[1].title"))
        .hasMessageContaining("has no field");
    assertThatThrownBy(() -> ReceiverField.find(trials, "nobody", "x"))
        .hasMessageContaining("there is no receiver 'nobody'");
  }
}
