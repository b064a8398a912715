package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.mistakes;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static io.ghostworks.alertmanager.receiver.FakeService.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.ReceiverData;
import io.ghostworks.alertmanager.notify.Sender.Outcome;
import org.junit.jupiter.api.Test;

class VictorOpsTest {
  private final FakeService service = new FakeService();

  @Test
  void postsTheGroupAsAnEntity() {
    Outcome outcome =
        service.tell(
            VictorOps.KIND,
            "{routing_key: 'a b/{{ .Status }}', state_message: s, custom_fields: {Team: '{{"
                + " .GroupLabels.alertname }}'}}",
            "{victorops_api_key: global-key, victorops_api_url: 'http://vo/x'}",
            notification(firing("a")),
            ReceiverData.NONE);
    assertThat(service.said(0))
        .startsWith(
            "POST http://vo/x/global-key/a%20b/firing"
                + " {\"Team\":\"Down\",\"entity_display_name\":\"[FIRING:1] Down (a"
                + " critical)\",\"entity_id\":\"")
        .endsWith(
            "\",\"message_type\":\"CRITICAL\",\"monitoring_tool\":\"Alertmanager\",\"state_message\":\"s\"}\n");
    assertThat(outcome.exchanges().getFirst().request())
        .isEqualTo("POST http://vo/x/<secret>/a%20b/firing");
  }

  @Test
  void mapsTheTypeOfTheMessage() {
    String entry = "{api_key: k, routing_key: r, state_message: s, message_type: %s}";
    service.tell(VictorOps.KIND, entry.formatted("INFO"), notification(firing("a")));
    service.tell(VictorOps.KIND, entry.formatted("OTHER"), notification(firing("a")));
    service.tell(VictorOps.KIND, entry.formatted("INFO"), notification(resolved("a")));
    assertThat(service.body(0)).contains("\"message_type\":\"INFO\"");
    assertThat(service.body(1)).contains("\"message_type\":\"CRITICAL\"");
    assertThat(service.body(2)).contains("\"message_type\":\"RECOVERY\"");
  }

  @Test
  void triesAgainWhatMayHeal() {
    new FailureTable(VictorOps.KIND, "{api_key: k, routing_key: r}").failsAsAll(false);
    assertThat(
            service.tell(
                VictorOps.KIND,
                "{api_key: k, routing_key: r, state_message: '{{ nothing }}'}",
                notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).startsWith("templating error: template: ");
              assertThat(failed.retry()).isTrue();
            });
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    assertThat(mistakes(VictorOps.KIND, "{api_key: a}", "{}"))
        .singleElement()
        .asString()
        .contains("missing Routing key in VictorOps config");
    assertThat(mistakes(VictorOps.KIND, "{routing_key: a}", "{}"))
        .singleElement()
        .asString()
        .contains("no global VictorOps API Key set");
    assertThat(
            mistakes(
                VictorOps.KIND,
                "{api_key: k, routing_key: a, custom_fields: {entity_id: x}}",
                "{}"))
        .singleElement()
        .asString()
        .contains("contains custom field entity_id which cannot be used");
  }
}
