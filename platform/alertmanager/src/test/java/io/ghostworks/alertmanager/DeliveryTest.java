package io.ghostworks.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.deliver.NotificationHistory;
import io.ghostworks.alertmanager.deliver.NotificationLimits;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.state.Outbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers that are away, slow in rate, or refuse, over simulated time. */
class DeliveryTest {

  private static final String CONFIG =
      """
      route:
        receiver: team
        group_by: [alertname]
        group_wait: 5s
        group_interval: 5m
        repeat_interval: 12h
      receivers:
        - name: team
          webhook_configs: [{url: "http://one/hook"}, {url: "http://two/hook"}]
      """;

  private static final String ONE = CONFIG.replace(", {url: \"http://two/hook\"}", "");

  @TempDir Path directory;

  @Test
  void aReceiverThatIsAwayForAnHourLosesNothingDelaysNoOtherAndGetsADigest() throws IOException {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.down.add("one");
      fire(bench, 0, 30);
      bench.advance(20);
      assertThat(bench.bodies.get("two")).as("the other receiver is told at once").hasSize(30);
      bench.advance(600);
      for (int i = 0; i < 10; i++) {
        bench.resolve("A" + i);
      }
      bench.advance(3000);
      assertThat(Webhooks.latest(bench.bodies.get("two"))).containsEntry("A3", "resolved");
      long tries = tries(bench, "one");
      assertThat(tries).as("tries in an hour").isBetween(50L, 150L);
      assertThat(metric(bench, "ghostworks_alertmanager_notification_circuit_open", "one"))
          .isEqualTo(1);
      bench.down.clear();
      bench.advance(90);
      assertThat(bench.bodies.get("one")).as("messages after the outage").hasSizeLessThan(6);
      Map<String, String> latest = Webhooks.latest(bench.bodies.get("one"));
      assertThat(latest).hasSize(30).containsEntry("A3", "resolved").containsEntry("A20", "firing");
      assertThat(metric(bench, "ghostworks_alertmanager_notification_circuit_open", "one"))
          .isZero();
      assertThat(pending(bench)).isZero();
      assertThat(history(bench, Outbox.Condition.REPLACED))
          .as("what was replaced is in the history")
          .isNotEmpty();
      bench.advance(600);
      assertThat(bench.bodies.get("one")).as("nothing is told twice").hasSizeLessThan(6);
    }
  }

  private static final String OFTEN = ONE.replace("group_interval: 5m", "group_interval: 10s");

  @Test
  void anAlertThatEndsWhileItsMessageWaitsBehindASlowOneIsTold() throws IOException {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, OFTEN)) {
      bench.fire("Slow");
      bench.fire("Short");
      bench.afterPost =
          () -> {
            bench.afterPost = () -> {};
            bench.advance(3);
            bench.resolve("Short");
            bench.advance(57);
          };
      bench.advance(120);
      assertThat(Webhooks.latest(bench.bodies.get("one")))
          .containsEntry("Slow", "firing")
          .containsEntry("Short", "resolved");
      assertThat(pending(bench)).isZero();
    }
  }

  @Test
  void whatEndsWhileItsFirstMessageIsUnderWayIsToldAsResolved() throws IOException {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, OFTEN)) {
      bench.fire("Down", "instance", "a");
      bench.afterPost =
          () -> {
            bench.afterPost = () -> {};
            bench.fire("Down", "instance", "b");
            bench.advance(15);
            bench.resolve("Down", "instance", "a");
            bench.resolve("Down", "instance", "b");
            bench.advance(45);
          };
      bench.advance(120);
      assertThat(Webhooks.latest(bench.bodies.get("one"))).containsEntry("Down", "resolved");
      assertThat(bench.received).hasSize(2);
      assertThat(pending(bench)).isZero();
    }
  }

  @Test
  void aMessageThatFailsByItselfHoldsBackNoOther() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, ONE)) {
      bench.poison = "Poison";
      bench.fire("Poison");
      bench.advance(60);
      fire(bench, 0, 3);
      bench.advance(10);
      assertThat(bench.received).hasSize(3);
      bench.poison = "";
      bench.advance(60);
      assertThat(bench.received).hasSize(4);
    }
  }

  @Test
  void whatIsBeyondTheRateWaitsAndIsToldAsADigest() throws IOException {
    NotificationLimits limits = new NotificationLimits(60, 5, 600, 100);
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, ONE, limits)) {
      fire(bench, 0, 50);
      bench.advance(5);
      assertThat(bench.received).hasSize(5);
      NotificationHistory.NotificationView waiting =
          history(bench, Outbox.Condition.PENDING).getFirst();
      assertThat(waiting.keptBackBy()).isEqualTo("rate");
      assertThat(waiting.nextAttemptAt()).isNotNull();
      assertThat(metric(bench, "ghostworks_alertmanager_notifications_pending", "team"))
          .isEqualTo(45);
      assertThat(metric(bench, "ghostworks_alertmanager_notifications_kept_back_total", "rate"))
          .isEqualTo(45);
      bench.advance(5);
      assertThat(bench.received).hasSizeLessThan(8);
      assertThat(Webhooks.latest(bench.bodies.get("one"))).hasSize(50);
      NotificationHistory.NotificationView told =
          history(bench, Outbox.Condition.DELIVERED).getFirst();
      assertThat(told.digest()).isNotNull();
      NotificationHistory.Detail detail =
          bench.history().find(Long.parseLong(told.id())).orElseThrow();
      assertThat(detail.attempts())
          .singleElement()
          .satisfies(attempt -> {
            assertThat(attempt.status()).isEqualTo(200);
            assertThat(attempt.exchanges().getFirst().payload()).contains("digest of");
          });
    }
  }

  @Test
  void aTenantHasARateOfItsOwn() {
    NotificationLimits limits = new NotificationLimits(6000, 1000, 60, 5);
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG, limits)) {
      fire(bench, 0, 5);
      bench.advance(5);
      assertThat(bench.received).hasSize(5);
      bench.advance(30);
      assertThat(pending(bench)).isZero();
      assertThat(bench.bodies).containsOnlyKeys("one", "two");
    }
  }

  @Test
  void aRefusedDigestIsToldOneByOne() {
    NotificationLimits limits = new NotificationLimits(60, 1, 600, 100);
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, ONE, limits)) {
      bench.refused = "digest of";
      fire(bench, 0, 8);
      bench.advance(30);
      assertThat(bench.received).hasSize(8).noneMatch(line -> line.contains(","));
    }
  }

  @Test
  void aFullOutboxSurvivesARestartAndItsKeysStayTheSame() throws IOException {
    Map<String, String> keys = new HashMap<>();
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, ONE)) {
      bench.status = 503;
      fire(bench, 0, 60);
      bench.advance(20);
      bench.requests.forEach(request -> keys.put(summary(request), key(request)));
      assertThat(keys).hasSizeGreaterThan(3);
      assertThat(keys.values()).doesNotHaveDuplicates();
      assertThat(pending(bench)).isEqualTo(60);
      bench.end();
      bench.requests.clear();
      bench.open();
      bench.requests.forEach(request ->
          assertThat(keys.getOrDefault(summary(request), key(request))).isEqualTo(key(request)));
      bench.status = 200;
      bench.advance(120);
      assertThat(pending(bench)).isZero();
      assertThat(Webhooks.latest(bench.bodies.get("one"))).hasSize(60);
      assertThat(bench.received).hasSizeLessThan(20);
    }
  }

  @Test
  void theHistoryTellsWhatWasSentWithoutSecretsAndFindsItByLabels() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, ONE)) {
      bench.fire("Down", "job", "a");
      bench.fire("Slow", "job", "b");
      bench.advance(10);
      NotificationHistory.Query query =
          new NotificationHistory.Query(
              Outbox.Selection.ALL, List.of(new LabelMatcher.Equal("job", "b")), 10);
      NotificationHistory.NotificationView found =
          bench.history().find(query).notifications().getFirst();
      assertThat(found.groupLabels()).containsEntry("alertname", "Slow");
      assertThat(found.reason()).isEqualTo("first notification");
      NotificationHistory.Detail detail =
          bench.history().find(Long.parseLong(found.id())).orElseThrow();
      assertThat(detail.attempts().getFirst().exchanges().getFirst().request())
          .isEqualTo("POST http://one/<secret>");
      assertThat(detail.alerts().getFirst().links().silence())
          .isEqualTo(
              "http://ghost:3000/alertmanager/#/silences/new?filter=%7Balertname%3D%22Slow%22%2C%20job%3D%22b%22%7D");
      assertThat(detail.alerts().getFirst().links().graph()).contains("g0.expr=up");
      NotificationHistory.Page first =
          bench.history().find(new NotificationHistory.Query(Outbox.Selection.ALL, List.of(), 1));
      assertThat(first.notifications()).hasSize(1);
      Outbox.Selection older =
          Outbox.Selection.ALL.before(Long.parseLong(String.valueOf(first.next())));
      NotificationHistory.Page second =
          bench.history().find(new NotificationHistory.Query(older, List.of(), 1));
      assertThat(second.notifications()).hasSize(1);
      assertThat(second.next()).isNull();
    }
  }

  private static void fire(AlertmanagerBench bench, int from, int to) {
    for (int i = from; i < to; i++) {
      bench.fire("A" + i);
    }
  }

  private static String summary(HttpTransport.Request request) {
    try {
      return Webhooks.summary(new String(request.body(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String key(HttpTransport.Request request) {
    return request.headers().stream()
        .filter(header -> header.getKey().equals("Idempotency-Key"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static long tries(AlertmanagerBench bench, String host) {
    return bench.requests.stream().filter(r -> r.uri().getHost().equals(host)).count();
  }

  private static long pending(AlertmanagerBench bench) {
    return history(bench, Outbox.Condition.PENDING).size();
  }

  private static List<NotificationHistory.NotificationView> history(
      AlertmanagerBench bench, Outbox.Condition condition) {
    Outbox.Selection selection =
        new Outbox.Selection(Long.MAX_VALUE, "", "", List.of(condition), 0, Long.MAX_VALUE);
    return bench
        .history()
        .find(new NotificationHistory.Query(selection, List.of(), 1000))
        .notifications();
  }

  /** The sum of a metric over the label sets that have a text in one of their values. */
  private static double metric(AlertmanagerBench bench, String name, String text) {
    double[] sum = {0};
    bench.metrics.read(
        new PlatformMetrics.Reader() {
          private boolean wanted;

          @Override
          public void family(String family, String help, MetricType type) {
            wanted = family.equals(name);
          }

          @Override
          public void sample(String sample, Labels labels, double value) {
            String integration = text.equals("one") ? "[0]" : text;
            if (wanted && labels.toMap().values().stream().anyMatch(v -> v.contains(integration))) {
              sum[0] += value;
            }
          }
        });
    return sum[0];
  }
}
