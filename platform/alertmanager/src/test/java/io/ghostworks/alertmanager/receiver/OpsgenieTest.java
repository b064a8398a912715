package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.mistakes;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static io.ghostworks.alertmanager.receiver.FakeService.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.Sender.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class OpsgenieTest {
  private final FakeService service = new FakeService();

  @Test
  void createsAnAlertOfTheGroup() throws Exception {
    Outcome outcome =
        service.tell(
            Opsgenie.KIND,
            """
            api_key: ' key-{{ .Status }} '
            api_url: http://og/base?x=y
            description: d
            source: s
            details: {Team: '{{ .Receiver }}', instance: other}
            responders:
              - {name: 'a, b,', type: teams}
              - {username: '{{ .GroupLabels.nobody }}', type: '{{ .GroupLabels.none }}'}
              - {id: i, type: User}
            tags: 'x,,y'
            actions: ' go '
            note: n
            priority: P1
            entity: e
            """,
            notification(firing("a"), firing("b")));
    assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
    assertThat(service.said(0))
        .isEqualTo(
            "POST http://og/base/v2/alerts?x=y {\"alias\":\"ALIAS\",\"message\":\"[FIRING:2] Down (critical)\",\"description\":\"d\",\"details\":{\"Team\":\"team\",\"alertname\":\"Down\",\"instance\":\"other\",\"severity\":\"critical\"},\"source\":\"s\",\"responders\":[{\"name\":\"a\",\"type\":\"team\"},{\"name\":\" b\",\"type\":\"team\"},{\"id\":\"i\",\"type\":\"User\"}],\"tags\":[\"x\",\"y\"],\"note\":\"n\",\"priority\":\"P1\",\"entity\":\"e\",\"actions\":[\"go\"]}\n"
                .replace("ALIAS", alias()));
    assertThat(service.requests.getFirst().header("Authorization"))
        .isEqualTo("GenieKey key-firing");
  }

  @Test
  void updatesWhereAskedForAndStopsAtTheFirstFailure() throws Exception {
    String entry =
        "{api_key: k, api_url: 'http://og', update_alerts: true, message: m, description: d}";
    service.tell(Opsgenie.KIND, entry, notification(firing("a")));
    String alert = "http://og/v2/alerts/" + alias();
    assertThat(service.said(1))
        .isEqualTo("PUT " + alert + "/message?identifierType=alias {\"message\":\"m\"}\n");
    assertThat(service.said(2))
        .isEqualTo("PUT " + alert + "/description?identifierType=alias {\"description\":\"d\"}\n");
    Outcome outcome =
        new FakeService().answering(202, 429).tell(Opsgenie.KIND, entry, notification(firing("a")));
    assertThat(outcome.exchanges()).hasSize(2);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.retry()).isTrue());
  }

  @Test
  void closesTheAlert() throws Exception {
    service.tell(
        Opsgenie.KIND,
        "{api_key: k, api_url: 'http://og/', source: s}",
        notification(resolved("a")));
    assertThat(service.said(0))
        .isEqualTo(
            "POST http://og/v2/alerts/"
                + alias()
                + "/close?identifierType=alias {\"source\":\"s\"}\n");
  }

  @Test
  void triesAgainWhatMayHeal() {
    new FailureTable(Opsgenie.KIND, "{api_key: k}").failsAsAll(true);
    assertThat(
            service.tell(
                Opsgenie.KIND, "{api_key: k, note: '{{ nothing }}'}", notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).startsWith("templating error: ");
              assertThat(failed.retry()).isFalse();
            });
    assertThat(service.requests).isEmpty();
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    assertThat(mistakes(Opsgenie.KIND, "{}", "{}"))
        .singleElement()
        .asString()
        .contains("no global OpsGenie API Key set");
    assertThat(mistakes(Opsgenie.KIND, "{api_key: k, responders: [{type: team}]}", "{}"))
        .singleElement()
        .asString()
        .contains("at least one of id, username or name");
    assertThat(
            mistakes(Opsgenie.KIND, "{responders: [{id: a, type: boss}]}", "{opsgenie_api_key: k}"))
        .singleElement()
        .asString()
        .contains("must be team, teams, user, escalation or schedule");
  }

  private static String alias() throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256")
                .digest("{}:{alertname=\"Down\"}".getBytes(StandardCharsets.UTF_8)));
  }
}
