package io.ghostworks.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghostworks.config.ConfigError;
import io.ghostworks.config.Findings;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.runtime.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardsTest {

  @TempDir Path directory;

  @Test
  void readsTheDashboardOfTheDecisionAndCompletesIt() throws IOException {
    Path file = shared("adr/dashboard-api-golden-signals.json");
    Dashboard dashboard = titled(read(List.of(file)), "API Golden Signals");
    JsonNode panels = dashboard.json().get("panels");
    assertThat(panels).hasSize(2);
    assertThat(panels.get(0).get("gridPos").toString())
        .isEqualTo("{\"h\":8,\"w\":12,\"x\":0,\"y\":0}");
    assertThat(panels.get(1).get("gridPos").toString())
        .isEqualTo("{\"h\":8,\"w\":12,\"x\":12,\"y\":0}");
    assertThat(panels.get(1).get("id").intValue()).isEqualTo(2);
    assertThat(panels.get(0).get("targets").get(0).get("refId").asText()).isEqualTo("A");
    assertThat(panels.get(0).get("targets").get(0).get("legendFormat").asText())
        .isEqualTo("{{method}} {{endpoint}}");
    assertThat(dashboard.document().original()).isEqualTo(Files.readString(file));
    Path copy = directory.resolve("dashboard-api-golden-signals.json");
    Files.copy(file, copy);
    assertThat(read(List.of(copy)).find(dashboard.uid())).as("the uid is stable").isPresent();
  }

  @Test
  void readsDashboardsThatPeopleRunAndKeepsWhatItDoesNotKnow() {
    Dashboards dashboards = read(List.of(shared("conformance/dashboards")));
    Dashboard full = dashboards.find("rYdddlPWk").orElseThrow();
    assertThat(full.title()).isEqualTo("Node Exporter Full");
    assertThat(full.json().has("fiscalYearStartMonth")).isTrue();
    assertThat(full.json().get("templating").get("list")).isNotEmpty();
    assertThat(dashboards.all()).hasSize(4);
  }

  @Test
  void foldersOfFilesAreTheirFolders() throws IOException {
    write("a.json", "{\"title\":\"Beta\",\"uid\":\"b\",\"tags\":[\"x\",\"y\"]}");
    write("ops/b.json", "{\"dashboard\":{\"title\":\"alpha\",\"uid\":\"a\",\"tags\":[\"x\"]}}");
    write("ops/readme.txt", "no dashboard");
    Dashboards dashboards = read(List.of(directory));
    assertThat(dashboards.folders().values()).containsExactly("ops");
    assertThat(dashboards.find("a").orElseThrow().place().folderTitle()).isEqualTo("ops");
    assertThat(dashboards.find("b").orElseThrow().folderUid()).isEmpty();
  }

  @Test
  void readsWhatProvidersOfProvisioningName() throws IOException {
    write(
        "provisioning/dashboards/all.yaml",
        """
        apiVersion: 1
        providers:
          - name: team
            orgId: 1
            folder: Team
            folderUid: team-uid
            type: file
            updateIntervalSeconds: 3
            allowUiUpdates: true
            options:
              path: ../../team
          - name: tree
            type: file
            options:
              path: ../../tree
              foldersFromFilesStructure: true
        """);
    write("team/one.json", "{\"title\":\"One\",\"uid\":\"one\"}");
    write("team/below/two.json", "{\"title\":\"Two\",\"uid\":\"two\"}");
    write("tree/deep/three.json", "{\"title\":\"Three\",\"uid\":\"three\"}");
    Dashboards dashboards = read(List.of(directory));
    assertThat(dashboards.find("one").orElseThrow().place())
        .isEqualTo(new Dashboard.Place("Team", "team-uid", true));
    assertThat(dashboards.find("two").orElseThrow().folderUid()).isEqualTo("team-uid");
    assertThat(dashboards.find("three").orElseThrow().place().folderTitle()).isEqualTo("deep");
    assertThat(dashboards.find("three").orElseThrow().place().editable()).isFalse();
    assertThat(dashboards.interval()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void readsLabelledConfigMapsOfAFolderAndAnyThatIsNamed() throws IOException {
    String labelled =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: boards
          labels: {grafana_dashboard: "1"}
          annotations: {grafana_folder: Kubernetes}
        data:
          nodes.json: |-
            {"title": "Nodes", "uid": "nodes"}
          notes.txt: nothing
        binaryData:
          pods.json: eyJ0aXRsZSI6IlBvZHMiLCJ1aWQiOiJwb2RzIn0=
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: other}
        data:
          other.json: '{"title": "Other", "uid": "other"}'
        """;
    write("maps.yaml", labelled);
    Dashboards dashboards = read(List.of(directory));
    assertThat(dashboards.find("nodes").orElseThrow().place().folderTitle())
        .isEqualTo("Kubernetes");
    assertThat(dashboards.find("nodes").orElseThrow().document().original())
        .isEqualTo("{\"title\": \"Nodes\", \"uid\": \"nodes\"}");
    assertThat(dashboards.find("pods")).isPresent();
    assertThat(dashboards.find("other")).isEmpty();
    assertThat(read(List.of(directory.resolve("maps.yaml"))).find("other")).isPresent();
  }

  @Test
  void tellsWhatIsWrongWithAFile() throws IOException {
    write("1.json", "{\"title\":\" \"}");
    write("2.json", "{\"title\":\"t\",");
    write("3.json", "[]");
    write("4.json", "{\"title\":\"t\",\"uid\":\"a b\"}");
    write("5.json", "{\"title\":\"one\",\"uid\":\"same\"}");
    write("6.json", "{\"title\":\"two\",\"uid\":\"same\"}");
    write("7.json", "{\"title\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}");
    Files.write(
        directory.resolve("8.json"), new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
    Findings findings = new Findings();
    Dashboards dashboards = Dashboards.read(List.of(directory), findings);
    assertThat(findings.errors().stream().map(ConfigError::toString))
        .anySatisfy(e -> assertThat(e).contains("2.json"))
        .anySatisfy(e -> assertThat(e).contains("3.json").contains("must be a dashboard"))
        .anySatisfy(e -> assertThat(e).contains("4.json").contains("dashes and underscores"))
        .anySatisfy(e -> assertThat(e).contains("6.json").contains("5.json has it already"))
        .anySatisfy(e -> assertThat(e).contains("7.json").contains("depth"))
        .anySatisfy(e -> assertThat(e).contains("8.json").contains("UTF-8"))
        .hasSize(6);
    assertThat(titled(dashboards, "1").document().original()).isEqualTo("{\"title\":\" \"}");
  }

  @Test
  void readsFilesAnewWhenTheyChangeAndKeepsWhatBecomesUnreadable() throws IOException {
    write("a.json", "{\"title\":\"First\",\"uid\":\"a\"}");
    write("b.json", "{\"title\":\"Other\",\"uid\":\"b\"}");
    Dashboards configured = read(List.of(directory));
    long[] seconds = {0};
    LiveDashboards live = new LiveDashboards(() -> configured, clock(seconds));
    assertThat(live.current()).isSameAs(configured);
    write("a.json", "{\"title\":\"Second\",\"uid\":\"a\"}");
    write("b.json", "{\"title\":");
    Files.setLastModifiedTime(directory.resolve("a.json"), FileTime.fromMillis(1_000));
    seconds[0] = 9;
    assertThat(live.current().find("a").orElseThrow().title()).isEqualTo("First");
    seconds[0] = 11;
    assertThat(live.current().find("a").orElseThrow().title()).isEqualTo("Second");
    assertThat(live.current().find("b").orElseThrow().title()).isEqualTo("Other");
    Files.delete(directory.resolve("b.json"));
    seconds[0] = 22;
    assertThat(live.current().find("b")).isEmpty();
  }

  private static Clock clock(long[] seconds) {
    return new Clock() {
      @Override
      public long epochNanos() {
        return monotonicNanos();
      }

      @Override
      public long monotonicNanos() {
        return seconds[0] * 1_000_000_000L;
      }
    };
  }

  @Test
  void theBuiltInDashboardAsksOnlyWhatParses() {
    JsonNode json = read(List.of()).find("ghostworks").orElseThrow().json();
    PromqlParser parser = new PromqlParser(ParserOptions.STABLE);
    Set<Integer> ids = new HashSet<>();
    int queries = 0;
    for (JsonNode panel : json.get("panels")) {
      assertThat(ids.add(panel.get("id").intValue())).isTrue();
      for (JsonNode target : panel.path("targets")) {
        assertThat(parser.parse(target.get("expr").asText())).isNotNull();
        queries++;
      }
    }
    assertThat(queries).isGreaterThan(15);
  }

  @Test
  void laysOutNewPanelsBelowThoseThatHaveAPlace() throws IOException {
    write(
        "f.json",
        """
        {"title": "t", "panels": [
          {"id": 7, "gridPos": {"x": 0, "y": 0, "w": 24, "h": 5}},
          {"type": "row"}, {"targets": [{}, {"refId": "A"}, {}]}, {"id": 7}, {}]}
        """);
    JsonNode panels = titled(read(List.of(directory)), "t").json().get("panels");
    assertThat(panels.findValuesAsText("y")).containsExactly("0", "5", "6", "6", "14");
    assertThat(panels.findValuesAsText("refId")).containsExactly("B", "A", "C");
    assertThat(new HashSet<>(panels.findValuesAsText("id"))).hasSize(5);
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static Dashboards read(List<Path> paths) {
    Findings findings = new Findings();
    Dashboards dashboards = Dashboards.read(paths, findings);
    findings.throwIfErrors();
    return dashboards;
  }

  private static Dashboard titled(Dashboards dashboards, String title) {
    return dashboards.all().stream()
        .filter(dashboard -> dashboard.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static Path shared(String name) {
    String shared = System.getenv("GHOSTWORKS_SHARED");
    Path path = Path.of(shared == null ? "../shared" : shared, name);
    boolean there = Files.exists(path);
    assertThat(there || !"true".equals(System.getenv("CI"))).as(path + " exists").isTrue();
    assumeTrue(there, "skipped: no published file " + path);
    return path;
  }
}
