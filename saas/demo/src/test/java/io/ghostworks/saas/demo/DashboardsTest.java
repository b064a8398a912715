package io.ghostworks.saas.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardsTest {
  private static final Set<String> TYPES =
      Set.of(
          "timeseries",
          "stat",
          "gauge",
          "bargauge",
          "table",
          "piechart",
          "logs",
          "alertlist",
          "annolist",
          "row");

  private final ObjectMapper json = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"api-golden-signals-full", "business-metrics", "system-overview"})
  void areWellFormedDashboardsOfGrafana(String name) throws IOException {
    JsonNode dashboard = dashboard(name);
    assertThat(dashboard.path("uid").asText()).isEqualTo(name);
    assertThat(dashboard.path("schemaVersion").asInt()).isEqualTo(41);
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      String title = panel.path("title").asText();
      assertThat(ids.add(panel.path("id").asInt())).as("id of " + title).isTrue();
      assertThat(TYPES).as(title).contains(panel.path("type").asText());
      assertThat(panel.path("targets").isEmpty()).as(title).isEqualTo(hasNoQuery(panel));
      for (JsonNode target : panel.path("targets")) {
        String source = panel.path("type").asText().equals("logs") ? "loki" : "prometheus";
        assertThat(target.path("datasource").path("type").asText()).as(title).isEqualTo(source);
        assertThat(target.path("expr").asText()).as(title).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-golden-signals-full", "business-metrics", "system-overview"})
  void placeTheirPanelsWithoutOverlap(String name) throws IOException {
    List<JsonNode> places = new ArrayList<>();
    for (JsonNode panel : dashboard(name).path("panels")) {
      JsonNode place = panel.path("gridPos");
      assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
      assertThat(places).as(panel.path("title").asText()).noneMatch(other -> overlap(place, other));
      places.add(place);
    }
  }

  @Test
  void theSystemOverviewShowsWhatTheDecisionLists() throws IOException {
    List<String> titles = new ArrayList<>();
    dashboard("system-overview")
        .path("panels")
        .forEach(panel -> titles.add(panel.path("title").asText()));
    assertThat(titles)
        .contains(
            "CPU by state",
            "Memory by state",
            "File systems in use",
            "Connections",
            "Queue depth",
            "Worker threads",
            "Alerts",
            "Recent incidents",
            "Container memory",
            "Disk I/O",
            "Network I/O");
  }

  private static boolean hasNoQuery(JsonNode panel) {
    return Set.of("row", "alertlist", "annolist").contains(panel.path("type").asText());
  }

  private static boolean overlap(JsonNode a, JsonNode b) {
    return within(a, b, "x", "w") && within(a, b, "y", "h");
  }

  private static boolean within(JsonNode a, JsonNode b, String from, String length) {
    return a.path(from).asInt() < b.path(from).asInt() + b.path(length).asInt()
        && b.path(from).asInt() < a.path(from).asInt() + a.path(length).asInt();
  }

  private JsonNode dashboard(String name) throws IOException {
    return json.readTree(Path.of("config", "dashboards", name + ".json").toFile());
  }
}
