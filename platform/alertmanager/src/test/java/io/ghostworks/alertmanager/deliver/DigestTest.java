package io.ghostworks.alertmanager.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.alertmanager.notify.ReceiverData;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestTest {

  @Test
  void aFewGroupsAreToldOneByOne() {
    assertThat(Digest.choose(waiting(5, 1, false, 0))).hasSize(1);
    assertThat(Digest.choose(waiting(6, 1, false, 0))).hasSize(6);
  }

  @Test
  void groupsOfReceiversThatKeepAStateAreToldOneByOne() {
    assertThat(Digest.choose(waiting(100, 1, true, 0))).hasSize(1);
  }

  @Test
  void carriesNoMoreThanAMessageMay() {
    assertThat(Digest.choose(waiting(1_000, 1, false, 0))).hasSize(Digest.GROUPS_MAX);
    assertThat(Digest.choose(waiting(1_000, 10, false, 0))).hasSize(100);
    assertThat(Digest.choose(waiting(1_000, 10, false, 40))).hasSize(4);
    assertThat(Digest.choose(waiting(1_000, 50, false, 40))).as("too long already").hasSize(1);
  }

  @Test
  void hasWhatTheGroupsShareAndEachAlertOnce() {
    Notification one = notification("a", alert("x", 0), alert("y", 5));
    Notification two = notification("b", alert("y", 0), alert("z", 7));
    Notification digest = Digest.of("team/webhook[0]", List.of(one, two));
    assertThat(digest.reason()).isEqualTo("digest of 2 groups");
    assertThat(digest.groupLabels()).isEqualTo(Labels.of("cluster", "c"));
    assertThat(digest.alerts())
        .extracting(alert -> alert.labels().get("instance") + " " + alert.endsAtNanos())
        .containsExactly("x 0", "y 0", "z 7");
    assertThat(digest.idempotencyKey()).hasSize(32);
    assertThat(Digest.of("team/webhook[0]", List.of(two, one)).idempotencyKey())
        .isNotEqualTo(digest.idempotencyKey());
  }

  private static Notification notification(String group, ReceivedAlerts.Row... alerts) {
    return new Notification(
            "{}:{" + group + "}",
            "team",
            Labels.of("alertname", group, "cluster", "c"),
            "new alerts added",
            new long[] {1},
            new long[] {2},
            List.of(alerts))
        .withIdempotencyKey(group);
  }

  private static ReceivedAlerts.Row alert(String instance, long endNanos) {
    return new ReceivedAlerts.Row(
        Labels.of("instance", instance), Labels.EMPTY, 1, endNanos, 1, false, "");
  }

  private static List<Waiting> waiting(int groups, int alerts, boolean stateful, long alertsMax) {
    Deliveries.Target target =
        new Deliveries.Target(
            "team/webhook[0]",
            (notification, remembered, timeout) ->
                new Sender.Outcome.Delivered(List.of(), ReceiverData.NONE),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            stateful,
            alertsMax);
    List<Waiting> waiting = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      waiting.add(new Waiting(i, "group " + i, target, alerts, i, Deliveries.Listener.NONE));
    }
    return waiting;
  }
}
