package io.ghostworks.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.alertmanager.alert.Fingerprint;
import io.ghostworks.alertmanager.api.AlertFilter;
import io.ghostworks.alertmanager.api.AlertmanagerApi;
import io.ghostworks.alertmanager.api.PostedAlerts;
import io.ghostworks.alertmanager.deliver.NotificationHistory;
import io.ghostworks.alertmanager.dispatch.Dispatcher;
import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertmanagerTest {

  private static final String CONFIG =
      """
      route:
        receiver: team
        group_by: [alertname]
        group_wait: 5s
        group_interval: 15s
        repeat_interval: 1h
      receivers:
        - name: team
          webhook_configs: [{url: "http://localhost:8002/hook"}]
      """;

  @TempDir Path directory;

  @Test
  void gathersAlertsForTheGroupWaitThenTellsThemTogether() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.fire("Down", "job", "a");
      bench.advance(3);
      bench.fire("Down", "job", "b");
      bench.fire("Slow");
      bench.advance(60);
      assertThat(bench.received).containsExactly("5: firing Down,Down", "8: firing Slow");
    }
  }

  @Test
  void tellsChangesAtTheGroupIntervalAndRepeatsAfterTheRepeatInterval() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.fire("Down", "job", "a");
      bench.advance(10);
      bench.fire("Down", "job", "b");
      bench.advance(50);
      bench.resolve("Down", "job", "a");
      bench.advance(30);
      bench.resolve("Down", "job", "b");
      bench.advance(60);
      assertThat(bench.received)
          .containsExactly(
              "5: firing Down",
              "20: firing Down,Down",
              "65: firing Down(resolved),Down",
              "95: resolved Down(resolved)");
      assertThat(bench.api().alerts(AlertFilter.ALL)).isEmpty();
      bench.fire("Down", "job", "a");
      bench.advance(3700);
      assertThat(bench.received).hasSize(6);
      assertThat(bench.received.get(5)).isEqualTo("3770: firing Down");
    }
  }

  @Test
  void writesTheMessageAsAlertmanagerDoes() throws Exception {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.fire("Down", "job", "a");
      bench.advance(5);
      HttpTransport.Request request = bench.requests.getFirst();
      assertThat(request.uri()).hasToString("http://localhost:8002/hook");
      assertThat(request.headers()).contains(Map.entry("Content-Type", "application/json"));
      String expected =
          """
          {"receiver":"team","status":"firing","alerts":[{"status":"firing",
          "labels":{"alertname":"Down","job":"a"},"annotations":{"summary":"Down is bad"},
          "startsAt":"2023-11-14T22:13:20Z","endsAt":"0001-01-01T00:00:00Z",
          "generatorURL":"http://ghost:3000/graph?g0.expr=up&g0.tab=1",
          "fingerprint":"%s"}],"notification_reason":"first notification",
          "groupLabels":{"alertname":"Down"},"commonLabels":{"alertname":"Down","job":"a"},
          "commonAnnotations":{"summary":"Down is bad"},"routeLabels":{},
          "externalURL":"http://ghost:3000/alertmanager","version":"4",
          "groupKey":"{}:{alertname=\\"Down\\"}","truncatedAlerts":0}
          """
              .formatted(Fingerprint.of(Labels.of("alertname", "Down", "job", "a")));
      ObjectMapper json = new ObjectMapper();
      assertThat(json.readTree(new String(request.body(), StandardCharsets.UTF_8)))
          .isEqualTo(json.readTree(expected));
    }
  }

  @Test
  void triesAgainUntilTheReceiverAnswers() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.unreachable = true;
      bench.fire("Down");
      bench.advance(600);
      assertThat(bench.requests.size()).isBetween(100, 400);
      assertThat(bench.notifications(10).getFirst().status()).isEqualTo("pending");
      assertThat(bench.notifications(10).getFirst().error())
          .isEqualTo("Post \"<redacted>\": connection refused");
      NotificationHistory.NotificationView view = bench.notifications(10).getFirst();
      assertThat(view.receiver()).isEqualTo("team");
      assertThat(view.integration()).isEqualTo("webhook");
      assertThat(view.target()).isEqualTo("http://localhost:8002/hook");
      assertThat(view.groupLabels()).containsEntry("alertname", "Down");
      assertThat(view.firing()).isEqualTo(1);
      assertThat(view.nextAttemptAt()).isGreaterThan(view.lastAttemptAt());
      bench.unreachable = false;
      bench.status = 503;
      bench.advance(60);
      bench.status = 200;
      bench.advance(60);
      assertThat(bench.received).singleElement().asString().endsWith("firing Down");
      assertThat(bench.notifications(10).getFirst().status()).isEqualTo("delivered");
    }
  }

  @Test
  void doesNotTryAgainAtOnceWhatTheReceiverRefuses() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.status = 400;
      bench.fire("Down");
      bench.advance(5);
      assertThat(bench.requests).hasSize(1);
      assertThat(bench.notifications(1).getFirst().error())
          .isEqualTo("unexpected status code 400: busy");
      bench.status = 200;
      bench.advance(15);
      assertThat(bench.received).containsExactly("20: firing Down");
    }
  }

  @Test
  void goesOnAfterASendThatBrokeOff() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.broken = new IllegalStateException("a bug");
      bench.fire("Down");
      bench.advance(5);
      assertThat(bench.notifications(1).getFirst().error()).contains("a bug");
      bench.broken = null;
      bench.advance(15);
      assertThat(bench.received).containsExactly("20: firing Down");
    }
  }

  @Test
  void aRestartTellsNothingAnewAndLosesNothing() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.fire("Down");
      bench.advance(2);
      bench.end();
      bench.open();
      bench.advance(60);
      assertThat(bench.received).containsExactly("7: firing Down");
      bench.end();
      bench.open();
      bench.advance(60);
      assertThat(bench.received).as("not told anew").hasSize(1);
      bench.unreachable = true;
      bench.resolve("Down");
      bench.advance(20);
      bench.end();
      bench.unreachable = false;
      bench.open();
      bench.advance(1);
      assertThat(bench.received).last().asString().endsWith("resolved Down(resolved)");
      bench.advance(60);
      assertThat(bench.received).hasSize(2);
    }
  }

  @Test
  void aPauseOfTheProgramResolvesNothingBeforeSendersCouldSpeak() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.api().post(List.of(posted(Map.of("alertname", "Down"), null, null)));
      bench.api().post(List.of(posted(Map.of("alertname", "Gone"), null, null)));
      bench.advance(60);
      assertThat(bench.received).hasSize(2);
      bench.end();
      bench.time.advance(Duration.ofMinutes(30));
      bench.open();
      bench.advance(240);
      assertThat(bench.received).as("nobody resolved anything").hasSize(2);
      bench.api().post(List.of(posted(Map.of("alertname", "Down"), null, null)));
      bench.advance(120);
      assertThat(bench.received).hasSize(3);
      assertThat(bench.received.getLast()).endsWith("resolved Gone(resolved)");
    }
  }

  @Test
  void refusesPostedAlertsForWhichThereIsNoRoom() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      List<PostedAlerts.Posted> many = new ArrayList<>();
      for (int i = 0; i <= Dispatcher.ALERTS_MAX; i++) {
        many.add(posted(Map.of("alertname", "Down", "i", Integer.toString(i)), null, null));
      }
      assertThatThrownBy(() -> bench.api().post(many))
          .isInstanceOf(OverloadedException.class)
          .hasMessage(
              "0 alerts are known, and these are 150001 more: at most 150000 may be known at once");
      assertThat(bench.api().alerts(AlertFilter.ALL)).isEmpty();
      List<ReceivedAlerts.Row> stored =
          bench.state().transaction(t -> t.receivedAlerts().all(TenantId.DEFAULT));
      assertThat(stored).isEmpty();
    }
  }

  @Test
  void writesTheBytesThatGoWouldWrite() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.fire("Down", "job", "<a&\"b\">\u2028\u0001\n\tä");
      bench.advance(5);
      String body = new String(bench.requests.getFirst().body(), StandardCharsets.UTF_8);
      assertThat(body)
          .startsWith("{\"receiver\":\"team\",\"status\":\"firing\",\"alerts\":[{\"status\":")
          .contains("\"job\":\"\\u003ca\\u0026\\\"b\\\"\\u003e\\u2028\\u0001\\n\\tä\"")
          .endsWith(",\"truncatedAlerts\":0}\n");
    }
  }

  @Test
  void aCrashBetweenDeliveryAndItsRecordRepeatsOnce() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.fire("Down");
      bench.afterPost = () -> bench.state().close();
      bench.advance(5);
      assertThat(bench.received).hasSize(1);
      bench.afterPost = () -> {};
      bench.end();
      bench.open();
      bench.advance(120);
      assertThat(bench.received).hasSize(2);
    }
  }

  @Test
  void withoutSendResolvedOnlyFiringAlertsAreTold() {
    String config = CONFIG.replace("url:", "send_resolved: false, url:");
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, config)) {
      bench.fire("Down", "job", "a");
      bench.fire("Down", "job", "b");
      bench.advance(10);
      bench.resolve("Down", "job", "a");
      bench.advance(30);
      bench.resolve("Down", "job", "b");
      bench.advance(30);
      bench.fire("Down", "job", "a");
      bench.advance(30);
      assertThat(bench.received).hasSize(2);
      assertThat(bench.received.getFirst()).isEqualTo("5: firing Down,Down");
      assertThat(bench.received.getLast()).endsWith("firing Down");
    }
  }

  @Test
  void cutsMessagesAtMaxAlertsAndGroupsByAllLabels() throws Exception {
    String config = CONFIG.replace("url:", "max_alerts: 1, url:").replace("[alertname]", "['...']");
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, config)) {
      bench.fire("Down", "job", "a");
      bench.fire("Down", "job", "b");
      bench.advance(10);
      assertThat(bench.received).hasSize(2);
      assertThat(bench.api().groups(AlertFilter.ALL)).hasSize(2);
    }
    try (AlertmanagerBench bench =
        new AlertmanagerBench(
            directory.resolve("b"), CONFIG.replace("url:", "max_alerts: 1, url:"))) {
      bench.fire("Down", "job", "a");
      bench.fire("Down", "job", "b");
      bench.advance(10);
      assertThat(
              new ObjectMapper()
                  .readTree(bench.requests.getFirst().body())
                  .get("truncatedAlerts")
                  .asInt())
          .isEqualTo(1);
    }
  }

  @Test
  void resolvesPostedAlertsThatAreNotToldAgain() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      List<String> mistakes =
          bench
              .api()
              .post(
                  List.of(
                      posted(Map.of("alertname", "Posted"), null, null),
                      posted(Map.of(), null, null),
                      posted(
                          Map.of("alertname", "Wrong"),
                          Instant.ofEpochSecond(20),
                          Instant.ofEpochSecond(10))));
      assertThat(mistakes)
          .containsExactly(
              "at least one label pair required", "start time must be before end time");
      bench.advance(330);
      assertThat(bench.received)
          .containsExactly("5: firing Posted", "305: resolved Posted(resolved)");
    }
  }

  @Test
  void answersAsThePublishedApiDoes() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.fire("Down", "job", "a");
      bench.fire("Slow", "job", "b");
      AlertmanagerApi api = bench.api();
      assertThat(api.alerts(AlertFilter.ALL)).hasSize(2);
      AlertFilter onlyA = filter("filter", "job=~\"a|c\"");
      AlertmanagerApi.GettableAlert alert = api.alerts(onlyA).getFirst();
      assertThat(alert.labels()).containsEntry("alertname", "Down");
      assertThat(alert.status().state()).isEqualTo("active");
      assertThat(alert.startsAt()).isEqualTo("2023-11-14T22:13:20.000Z");
      assertThat(api.alerts(filter("receiver", "other"))).isEmpty();
      assertThat(api.alerts(filter("filter", "job=b", "filter", "alertname!=Slow"))).isEmpty();
      assertThat(api.alerts(filter("active", "false"))).isEmpty();
      assertThat(api.groups(filter("active", "no"))).isEmpty();
      assertThat(
              api.alerts(filter("silenced", "false", "inhibited", "false", "unprocessed", "false")))
          .hasSize(2);
      assertThat(api.groups(filter("filter", "job=a", "muted", "false", "receiver", "te.m")))
          .hasSize(1);
      assertThat(api.groups(filter("receiver_matchers", "name=other"))).isEmpty();
      assertThat(api.receivers(filter("receiver_matchers", "name!=team"))).isEmpty();
      assertThat(api.groups(AlertFilter.ALL))
          .extracting(AlertmanagerApi.AlertGroupView::labels)
          .containsExactly(Map.of("alertname", "Down"), Map.of("alertname", "Slow"));
      assertThat(api.receivers(AlertFilter.ALL))
          .extracting(AlertmanagerApi.ReceiverView::name)
          .containsExactly("team");
      assertThat(api.status("1").config().original())
          .contains("url: \"<secret>\"")
          .contains("name: team");
    }
  }

  @Test
  void aNotificationSurvivesItsStorage() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.unreachable = true;
      bench.fire("Down", "job", "ä\"");
      bench.advance(5);
      String id = bench.notifications(1).getFirst().id();
      NotificationHistory.Detail detail = bench.history().find(Long.parseLong(id)).orElseThrow();
      assertThat(detail.alerts())
          .singleElement()
          .satisfies(alert -> assertThat(alert.labels()).containsEntry("job", "ä\""));
      assertThat(detail.notification().firing()).isEqualTo(1);
      assertThat(detail.idempotencyKey()).hasSize(32);
    }
  }

  private static PostedAlerts.Posted posted(
      Map<String, String> labels, Instant startsAt, Instant endsAt) {
    return new PostedAlerts.Posted(Labels.of(labels), Labels.EMPTY, startsAt, endsAt, "");
  }

  private static AlertFilter filter(String... namesAndValues) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters
          .computeIfAbsent(namesAndValues[i], name -> new ArrayList<>())
          .add(namesAndValues[i + 1]);
    }
    return AlertFilter.of(parameters, MatcherSyntax.FALLBACK);
  }
}
