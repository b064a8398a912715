package io.ghostworks.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghostworks.config.ConfigError;
import io.ghostworks.config.Findings;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Dashboards dashboards = read(List.of(file));
    Dashboards.Hit hit = dashboards.search(search("golden")).getFirst();
    Dashboards.Answer answer = dashboards.dashboard(hit.uid()).orElseThrow();
    JsonNode panels = answer.dashboard().get("panels");
    assertThat(panels).hasSize(2);
    assertThat(panels.get(0).get("gridPos").toString())
        .isEqualTo("{\"h\":8,\"w\":12,\"x\":0,\"y\":0}");
    assertThat(panels.get(1).get("gridPos").toString())
        .isEqualTo("{\"h\":8,\"w\":12,\"x\":12,\"y\":0}");
    assertThat(panels.get(1).get("id").intValue()).isEqualTo(2);
    assertThat(panels.get(0).get("targets").get(0).get("refId").asText()).isEqualTo("A");
    assertThat(panels.get(0).get("targets").get(0).get("legendFormat").asText())
        .isEqualTo("{{method}} {{endpoint}}");
    assertThat(hit.url()).isEqualTo("/ghost/d/" + hit.uid() + "/api-golden-signals");
    assertThat(dashboards.find(hit.uid()).orElseThrow().original())
        .isEqualTo(Files.readString(file));
    Path copy = directory.resolve("dashboard-api-golden-signals.json");
    Files.copy(file, copy);
    assertThat(read(List.of(copy)).find(hit.uid())).as("the uid is stable").isPresent();
  }

  @Test
  void readsDashboardsThatPeopleRunAndKeepsWhatItDoesNotKnow() {
    Dashboards dashboards = read(List.of(shared("conformance/dashboards")));
    Dashboards.Answer answer = dashboards.dashboard("rYdddlPWk").orElseThrow();
    assertThat(answer.dashboard().get("title").asText()).isEqualTo("Node Exporter Full");
    assertThat(answer.dashboard().has("fiscalYearStartMonth")).isTrue();
    assertThat(answer.dashboard().get("templating").get("list")).isNotEmpty();
    assertThat(dashboards.search(search("node exporter"))).hasSize(2);
  }

  @Test
  void searchesAsGrafanaDoes() throws IOException {
    write("a.json", "{\"title\":\"Beta\",\"uid\":\"b\",\"tags\":[\"x\",\"y\"]}");
    write("ops/b.json", "{\"dashboard\":{\"title\":\"alpha\",\"uid\":\"a\",\"tags\":[\"x\"]}}");
    write("ops/readme.txt", "no dashboard");
    Dashboards dashboards = read(List.of(directory));
    assertThat(dashboards.search(Dashboards.Search.ALL))
        .extracting(Dashboards.Hit::title)
        .containsExactly("ops", "alpha", "Beta", "Ghostworks");
    assertThat(dashboards.folders()).extracting(Dashboards.Folder::title).containsExactly("ops");
    Dashboards.Hit alpha = dashboards.search(search("ALPHA")).getFirst();
    assertThat(alpha.folderTitle()).isEqualTo("ops");
    assertThat(alpha.type()).isEqualTo("dash-db");
    Dashboards.Search tagged =
        new Dashboards.Search(
            "", List.of("x", "y"), "dash-db", Set.of(), Set.of(alpha.folderUid()), 0, 1);
    assertThat(dashboards.search(tagged)).isEmpty();
    Dashboards.Search limited =
        new Dashboards.Search("", List.of("x"), "dash-db", Set.of(), Set.of(), 1, 2);
    assertThat(dashboards.search(limited))
        .extracting(Dashboards.Hit::title)
        .containsExactly("Beta");
    Dashboards.Meta meta = dashboards.dashboard("a").orElseThrow().meta();
    assertThat(meta.folderTitle()).isEqualTo("ops");
    assertThat(meta.provisioned()).isTrue();
    assertThat(dashboards.dashboard("none")).isEmpty();
  }

  @Test
  void tellsWhatIsWrongWithAFile() throws IOException {
    write("1.json", "{\"title\":\" \"}");
    write("2.json", "{\"title\":\"t\",");
    write("3.json", "[]");
    write("4.json", "{\"title\":\"t\",\"uid\":\"a b\"}");
    write("5.json", "{\"title\":\"one\",\"uid\":\"same\"}");
    write("6.json", "{\"title\":\"two\",\"uid\":\"same\"}");
    Findings findings = new Findings();
    Dashboards.read(List.of(directory), "", findings);
    assertThat(findings.errors().stream().map(ConfigError::toString))
        .anySatisfy(e -> assertThat(e).contains("1.json").contains("title must not be empty"))
        .anySatisfy(e -> assertThat(e).contains("2.json"))
        .anySatisfy(e -> assertThat(e).contains("3.json").contains("must be a dashboard"))
        .anySatisfy(e -> assertThat(e).contains("4.json").contains("dashes and underscores"))
        .anySatisfy(e -> assertThat(e).contains("6.json").contains("5.json has it already"))
        .hasSize(5);
  }

  @Test
  void theBuiltInDashboardAsksOnlyWhatParses() {
    JsonNode json = read(List.of()).dashboard("ghostworks").orElseThrow().dashboard();
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
  void laysOutNewPanelsBelowThoseThatHaveAPlace() {
    Findings findings = new Findings();
    JsonNode panels =
        DashboardReader.read(
                "f",
                "f",
                "",
                """
                {"title": "t", "panels": [
                  {"id": 7, "gridPos": {"x": 0, "y": 0, "w": 24, "h": 5}},
                  {"type": "row"}, {"targets": [{}, {"refId": "A"}, {}]}, {"id": 7}, {}]}
                """,
                findings)
            .orElseThrow()
            .json()
            .get("panels");
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
    Dashboards dashboards = Dashboards.read(paths, "/ghost", findings);
    findings.throwIfErrors();
    return dashboards;
  }

  private static Dashboards.Search search(String query) {
    return new Dashboards.Search(query, List.of(), "dash-db", Set.of(), Set.of(), 0, 1);
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
