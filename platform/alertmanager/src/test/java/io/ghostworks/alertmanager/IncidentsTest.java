package io.ghostworks.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.alertmanager.incident.IncidentViews;
import io.ghostworks.alertmanager.incident.Incidents;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.state.StoredIncidents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of alert groups, and what people do about them, over simulated time. */
class IncidentsTest {

  private static final String CONFIG =
      """
      route:
        receiver: team
        group_by: [alertname]
        group_wait: 5s
        group_interval: 1m
        repeat_interval: 10m
      receivers:
        - name: team
          webhook_configs: [{url: "http://one/hook"}]
      """;

  @TempDir Path directory;

  @Test
  void anIncidentLastsFromTheFirstAlertThatFiresToTheLastThatIsOver() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.fire("Down", "job", "a");
      bench.advance(10);
      bench.fire("Down", "job", "b");
      bench.fire("Slow");
      bench.advance(60);
      IncidentViews.Incident incident = incident(bench, "Down");
      assertThat(incident.state()).isEqualTo("open");
      assertThat(incident.firing()).isEqualTo(2);
      assertThat(incident.summary()).isEqualTo("Down is bad");
      bench.resolve("Down", "job", "a");
      bench.advance(120);
      bench.resolve("Down", "job", "b");
      bench.advance(120);
      IncidentViews.Detail detail = detail(bench, "Down");
      assertThat(detail.incident().state()).isEqualTo("ended");
      assertThat(detail.incident().durationSeconds()).isEqualTo(190);
      assertThat(detail.timeline())
          .extracting(IncidentViews.Event::kind)
          .containsExactly(
              "opened",
              "fired",
              "notified",
              "fired",
              "notified",
              "resolved",
              "notified",
              "resolved",
              "ended",
              "notified");
      assertThat(detail.alerts()).hasSize(2).allMatch(alert -> alert.status().equals("resolved"));
      assertThat(detail.timeline().get(3).text()).isEqualTo("1 alert: job=b");
      assertThat(incident(bench, "Slow").state()).isEqualTo("open");
    }
  }

  @Test
  void whatFiresSoonAfterTheEndReopensTheIncident() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.fire("Down");
      bench.advance(60);
      bench.resolve("Down");
      bench.advance(300);
      bench.fire("Down");
      bench.advance(60);
      assertThat(all(bench)).hasSize(1);
      assertThat(incident(bench, "Down").reopened()).isEqualTo(1);
      bench.resolve("Down");
      bench.advance(1200);
      bench.fire("Down");
      bench.advance(60);
      assertThat(all(bench)).hasSize(2);
    }
  }

  @Test
  void anIncidentSurvivesARestart() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.fire("Down");
      bench.advance(60);
      bench.end();
      bench.open();
      bench.advance(60);
      assertThat(all(bench)).singleElement().satisfies(i -> assertThat(i.firing()).isEqualTo(1));
      bench.resolve("Down");
      bench.advance(60);
      assertThat(detail(bench, "Down").timeline())
          .extracting(IncidentViews.Event::kind)
          .containsExactly("opened", "fired", "notified", "resolved", "ended", "notified");
    }
  }

  @Test
  void anAcknowledgementHoldsRepetitionsUntilItIsOver() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.fire("Down", "job", "a");
      bench.advance(700);
      assertThat(bench.received).as("told and repeated").hasSize(2);
      long id = Long.parseLong(incident(bench, "Down").id());
      acknowledge(bench, id, Duration.ofHours(1));
      assertThat(incident(bench, "Down").acknowledgement().by()).isEqualTo("ada");
      bench.advance(3000);
      assertThat(bench.received).hasSize(2);
      bench.advance(1300);
      assertThat(bench.received).as("repeated when its time is over").hasSizeGreaterThan(2);
      assertThat(incident(bench, "Down").acknowledgement()).isNull();
      int before = bench.received.size();
      acknowledge(bench, id, Duration.ofHours(5));
      bench.fire("Down", "job", "b");
      bench.advance(120);
      assertThat(bench.received).as("something new fires").hasSize(before + 1);
      bench.advance(700);
      assertThat(bench.received).as("and is repeated").hasSize(before + 2);
      acknowledge(bench, id, Duration.ofHours(5));
      bench.incidents().unacknowledge(id, "ada", "not yet");
      bench.advance(700);
      assertThat(bench.received).hasSize(before + 3);
      bench.resolve("Down", "job", "a");
      bench.resolve("Down", "job", "b");
      bench.advance(120);
      assertThatThrownBy(() -> acknowledge(bench, id, Duration.ofHours(1)))
          .hasMessageContaining("has ended");
      assertThat(detail(bench, "Down").timeline())
          .extracting(IncidentViews.Event::kind)
          .contains("acknowledged", "unacknowledged");
    }
  }

  @Test
  void peopleCommentAndFindIncidentsByLabelsAndState() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.fire("Down", "job", "a");
      bench.fire("Slow", "job", "b");
      bench.advance(10);
      long id = Long.parseLong(incident(bench, "Slow").id());
      assertThat(bench.incidents().comment(id, "ada", "looking").orElseThrow().timeline())
          .last()
          .satisfies(event -> {
            assertThat(event.author()).isEqualTo("ada");
            assertThat(event.text()).isEqualTo("looking");
          });
      assertThat(bench.incidents().comment(99, "ada", "looking")).isEmpty();
      Incidents.Query ofB =
          new Incidents.Query(
              StoredIncidents.Selection.ALL,
              List.of(new LabelMatcher.Equal("job", "b")),
              Optional.of(false),
              10);
      assertThat(bench.incidents().find(ofB).incidents())
          .extracting(IncidentViews.Incident::title)
          .containsExactly("Slow");
      bench
          .incidents()
          .acknowledge(id, "ada", "", Duration.ofHours(1), Set.of(fingerprint(bench, "Slow")));
      assertThat(bench.incidents().find(ofB).incidents()).isEmpty();
      assertThatThrownBy(
              () -> bench.incidents().acknowledge(id, "ada", "", Duration.ofHours(1), Set.of("0")))
          .hasMessageContaining("fingerprint");
      IncidentViews.Page first =
          bench
              .incidents()
              .find(
                  new Incidents.Query(
                      StoredIncidents.Selection.ALL, List.of(), Optional.empty(), 1));
      assertThat(first.next()).isEqualTo(first.incidents().getFirst().id());
    }
  }

  @Test
  void aReceiverThatCannotBeReachedStandsInTheTimeline() {
    try (AlertmanagerBench bench = new AlertmanagerBench(directory, CONFIG)) {
      bench.unreachable = true;
      bench.fire("Down");
      bench.advance(20);
      bench.unreachable = false;
      bench.advance(60);
      assertThat(detail(bench, "Down").timeline())
          .extracting(IncidentViews.Event::kind)
          .containsExactly("opened", "fired", "notification_failed", "notified");
    }
  }

  private static void acknowledge(AlertmanagerBench bench, long id, Duration duration) {
    var _ = bench.incidents().acknowledge(id, "ada", "on it", duration, Set.of());
  }

  private static String fingerprint(AlertmanagerBench bench, String title) {
    return detail(bench, title).alerts().getFirst().fingerprint();
  }

  private static List<IncidentViews.Incident> all(AlertmanagerBench bench) {
    return bench
        .incidents()
        .find(new Incidents.Query(StoredIncidents.Selection.ALL, List.of(), Optional.empty(), 100))
        .incidents();
  }

  private static IncidentViews.Incident incident(AlertmanagerBench bench, String title) {
    return all(bench).stream().filter(i -> i.title().equals(title)).findFirst().orElseThrow();
  }

  private static IncidentViews.Detail detail(AlertmanagerBench bench, String title) {
    return bench.incidents().find(Long.parseLong(incident(bench, title).id())).orElseThrow();
  }
}
