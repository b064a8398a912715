package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ruler API as mimirtool, cortextool, lokitool and Grafana ask it. */
class RulerApiTest {

  private static final String ACCEPTED =
      "{\"status\":\"success\",\"data\":null,\"errorType\":\"\",\"error\":\"\"}";
  private static final String GROUP =
      """
      name: api
      interval: 1m
      rules:
          - record: job:up:sum
            expr: sum by (job) (up)
          - alert: Down
            expr: up == 0
            for: 5m
            labels:
              severity: page
            annotations:
              summary: '{{ $labels.job }} is down'
      """;

  @TempDir private Path folder;

  private Platform start(String ghostworks) throws IOException {
    Path config = folder.resolve("ghostworks.yml");
    Files.writeString(config, ghostworks);
    return Platform.start(
        new ServeOptions(
            Optional.of(config),
            folder.resolve("data"),
            0,
            "127.0.0.1",
            Optional.empty(),
            Optional.empty(),
            true));
  }

  private static Client.Reply post(Client client, String path, String body, String... headers) {
    return client.post(path, "application/yaml", body.getBytes(StandardCharsets.UTF_8), headers);
  }

  private static Client.Reply delete(Client client, String path) {
    return client.send("DELETE", path, new byte[0]);
  }

  @Test
  void storesListsAndDeletesGroupsUnderAllPathsOfMimirAndCortex() throws IOException {
    try (Platform platform = start("{}\n")) {
      Client web = new Client(platform.address(ListenerName.WEB));
      Client prometheus = new Client(platform.address(ListenerName.PROMETHEUS));
      assertThat(web.get("/prometheus/config/v1/rules").status()).isEqualTo(404);
      assertThat(web.get("/prometheus/config/v1/rules").text()).isEqualTo("no rule groups found\n");
      Client.Reply stored = post(web, "/prometheus/config/v1/rules/team%2Fa", GROUP);
      assertThat(stored.status()).as(stored.text()).isEqualTo(202);
      assertThat(stored.text()).isEqualTo(ACCEPTED);
      String listed =
          """
          team/a:
              - name: api
                interval: 1m
                rules:
                  - record: job:up:sum
                    expr: sum by (job) (up)
                  - alert: Down
                    expr: up == 0
                    for: 5m
                    labels:
                      severity: page
                    annotations:
                      summary: '{{ $labels.job }} is down'
          """;
      for (Client.Reply list :
          List.of(
              web.get("/prometheus/config/v1/rules"),
              web.get("/api/v1/rules"),
              prometheus.get("/config/v1/rules"),
              prometheus.get("/prometheus/config/v1/rules"),
              prometheus.get("/api/prom/rules"))) {
        assertThat(list.header("content-type")).isEqualTo("application/yaml");
        assertThat(list.text()).isEqualTo(listed);
      }
      Client.Reply one = prometheus.get("/api/v1/rules/team%2Fa/api");
      assertThat(one.text()).isEqualTo(GROUP);
      assertThat(web.get("/prometheus/config/v1/rules/team%2Fa/none").text())
          .isEqualTo("group does not exist\n");
      assertThat(prometheus.get("/api/v1/rules").text())
          .contains("\"name\":\"api\",\"file\":\"team/a\"");
      assertThat(delete(web, "/api/v1/rules/team%2Fa/api").status()).isEqualTo(202);
      assertThat(delete(web, "/api/v1/rules/team%2Fa/api").status()).isEqualTo(404);
      assertThat(delete(web, "/prometheus/config/v1/rules/team%2Fa").text())
          .isEqualTo("group namespace does not exist\n");
      assertThat(prometheus.get("/api/v1/rules").text()).doesNotContain("team/a");
    }
  }

  @Test
  void aNamespaceIsDeletedWholeAndGroupsSurviveARestart() throws IOException {
    try (Platform platform = start("{}\n")) {
      Client web = new Client(platform.address(ListenerName.WEB));
      post(web, "/prometheus/config/v1/rules/a", GROUP);
      post(web, "/prometheus/config/v1/rules/a", GROUP.replace("name: api", "name: two"));
      post(web, "/prometheus/config/v1/rules/b", GROUP);
      assertThat(delete(web, "/prometheus/config/v1/rules/a").status()).isEqualTo(202);
    }
    try (Platform platform = start("{}\n")) {
      Client web = new Client(platform.address(ListenerName.WEB));
      assertThat(web.get("/prometheus/config/v1/rules").text()).startsWith("b:\n");
      assertThat(web.get("/prometheus/api/v1/rules").text()).contains("\"file\":\"b\"");
    }
  }

  @Test
  void refusesWhatIsWrongWithAllItsMistakes() throws IOException {
    try (Platform platform =
        start(
            "limits: {ruler_max_rules_per_rule_group: 2, ruler_max_rule_groups_per_tenant: 1}\n")) {
      Client web = new Client(platform.address(ListenerName.WEB));
      Client.Reply bad =
          post(
              web,
              "/prometheus/config/v1/rules/a",
              "name: g\nrules:\n- record: a\n  expr: up +\n- expr: up\n");
      assertThat(bad.status()).isEqualTo(400);
      assertThat(bad.text())
          .contains("group \"g\", rule 1, \"a\": could not parse expression")
          .contains("one of 'record' or 'alert' must be set");
      assertThat(post(web, "/prometheus/config/v1/rules/a", "[1").text())
          .startsWith("unable to decoded rule group");
      assertThat(
              post(
                      web,
                      "/prometheus/config/v1/rules/a",
                      GROUP + "    - record: x\n      expr: up\n")
                  .text())
          .isEqualTo("per-user rules per rule group limit (limit: 2 actual: 3) exceeded\n");
      assertThat(post(web, "/prometheus/config/v1/rules/a", GROUP + "source_tenants: [b]\n").text())
          .contains("a rule reads the series of its own tenant");
      assertThat(post(web, "/prometheus/config/v1/rules/a", GROUP).status()).isEqualTo(202);
      assertThat(post(web, "/prometheus/config/v1/rules/a", GROUP).status())
          .as("replacing one adds none")
          .isEqualTo(202);
      assertThat(post(web, "/prometheus/config/v1/rules/b", GROUP).text())
          .isEqualTo("per-user rule groups limit (limit: 1 actual: 2) exceeded\n");
    }
  }

  @Test
  void keepsTenantsApart() throws IOException {
    try (Platform platform = start("{}\n")) {
      Client web = new Client(platform.address(ListenerName.WEB));
      post(web, "/prometheus/config/v1/rules/a", GROUP, "X-Scope-OrgID", "acme");
      assertThat(web.get("/prometheus/config/v1/rules").status()).isEqualTo(404);
      assertThat(web.get("/prometheus/api/v1/rules").text()).contains("\"groups\":[]");
      assertThat(web.get("/prometheus/api/v1/rules", "X-Scope-OrgID", "acme").text())
          .contains("\"name\":\"api\"")
          .contains("\"file\":\"built-in\"");
    }
  }

  private static Client.Reply form(Client client, String path, String form, String... headers) {
    return client.post(
        path, "application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8), headers);
  }

  private static String field(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Test
  void aRuleIsPreviewedInEachLanguageAndNotStored() throws IOException {
    String path = "/api/platform/rules/preview";
    try (Platform platform = start("{}\n")) {
      Client web = new Client(platform.address(ListenerName.WEB));
      String alert =
          """
          name: g
          rules:
          - alert: Always
            expr: vector(7) > 3
            for: 5m
            annotations: {summary: 'it is {{ $value }}'}
          """;
      assertThat(form(web, path, field("group", alert)).text())
          .contains("\"samplesFound\":1")
          .contains("\"summary\":\"it is 7\"")
          .contains("\"alertname\":\"Always\"")
          .contains("\"mistakes\":[]");
      assertThat(web.get("/prometheus/config/v1/rules").status()).isEqualTo(404);
      assertThat(form(web, path, field("group", "name: g\nrules: [{alert: A, expr: up +}]")).text())
          .contains("\"mistakes\":[\"")
          .contains("parse error");
      String broken =
          "name: g\nrules: [{record: a, expr: 'vector(1) + on() (vector(1) or on(x) vector(2))'}]";
      assertThat(form(web, path, field("group", broken)).status()).isEqualTo(200);
      assertThat(
              form(
                      web,
                      path,
                      field("group", "name: g\nrules: [{record: a, expr: vector(2)}]")
                          + "&language=logql")
                  .text())
          .contains("\"value\":\"2\"");
      assertThat(
              form(
                      web,
                      path,
                      field("group", "name: g\nrules: [{record: a, expr: '{} | rate()'}]")
                          + "&language=traceql")
                  .status())
          .isEqualTo(200);
      assertThat(form(web, path, "language=sql&group=x").status()).isEqualTo(400);
    }
  }

  @Test
  void lintBacktestAndReviewAreOfTheTenantsStoredGroups() throws IOException {
    String[] acme = {"X-Scope-OrgID", "acme"};
    try (Platform platform = start("{}\n")) {
      Client web = new Client(platform.address(ListenerName.WEB));
      String group =
          """
          name: g
          rules:
          - alert: Never
            expr: count(up) == 0
          - alert: Always
            expr: vector(1)
          """;
      assertThat(post(web, "/prometheus/config/v1/rules/team", group, acme).status())
          .isEqualTo(202);
      assertThat(web.get("/api/platform/rules/lint", acme).text())
          .contains("\"check\":\"never-true\"")
          .contains("\"file\":\"team\",\"line\":0");
      assertThat(web.get("/api/platform/rules/lint").text()).contains("\"findings\":[]");
      assertThat(form(web, "/api/platform/rules/backtest", "rule=Always", acme).text())
          .contains("\"rule\":\"Always\"")
          .contains("\"fired\":1");
      assertThat(form(web, "/api/platform/rules/backtest", "rule=Always").status()).isEqualTo(400);
      assertThat(web.get("/api/platform/rules/review", acme).text())
          .contains("\"rule\":\"Never\"")
          .contains("\"file\":\"team\"");
      assertThat(web.get("/api/platform/rules/groups", acme).text()).contains("\"missed\":0");
    }
  }

  @Test
  void storesRulesOfLogsUnderLokisPaths() throws IOException {
    String group =
        """
        name: errors
        rules:
            - alert: Errors
              expr: sum by (app) (rate({app=~".+"} |= "error" [5m])) > 1
              for: 1m
        """;
    try (Platform platform = start("{}\n")) {
      Client loki = new Client(platform.address(ListenerName.LOKI));
      Client web = new Client(platform.address(ListenerName.WEB));
      assertThat(loki.get("/loki/api/v1/rules").text()).isEqualTo("no rule groups found\n");
      assertThat(post(loki, "/loki/api/v1/rules/logs", group).status()).isEqualTo(202);
      assertThat(loki.get("/api/prom/rules/logs/errors").text()).isEqualTo(group);
      assertThat(web.get("/loki/api/v1/rules/logs").text()).startsWith("logs:\n    - name: errors");
      assertThat(loki.get("/prometheus/api/v1/rules").text())
          .contains("\"name\":\"errors\"")
          .contains(
              "\"query\":\"(sum by (app)(rate({app=~\\\".+\\\"} |= \\\"error\\\"[5m])) > 1)\"")
          .contains("\"errorType\":\"\"");
      assertThat(web.get("/prometheus/api/v1/rules").text()).doesNotContain("\"name\":\"errors\"");
      assertThat(web.get("/prometheus/api/v1/rules?language=all").text()).contains("errors");
      assertThat(post(loki, "/loki/api/v1/rules/logs", GROUP).status())
          .as("no LogQL")
          .isEqualTo(400);
      assertThat(delete(loki, "/loki/api/v1/rules/logs").status()).isEqualTo(202);
    }
  }

  @Test
  void storesRulesOfSpansUnderTemposPrefix() throws IOException {
    String group =
        """
        name: spans
        rules:
            - record: spans:rate
              expr: '{ status = error } | rate() by (resource.service.name)'
        """;
    try (Platform platform = start("{}\n")) {
      Client web = new Client(platform.address(ListenerName.WEB));
      Client.Reply stored = post(web, "/tempo/config/v1/rules/a", group);
      assertThat(stored.status()).as(stored.text()).isEqualTo(202);
      assertThat(web.get("/tempo/config/v1/rules/a/spans").text()).isEqualTo(group);
      assertThat(web.get("/prometheus/api/v1/rules?language=traceql").text())
          .contains("spans:rate");
    }
  }

  @Test
  void remembersVersionsAndRestoresThem() throws IOException {
    try (Platform platform = start("{}\n")) {
      Client web = new Client(platform.address(ListenerName.WEB));
      post(web, "/prometheus/config/v1/rules/a", GROUP, "X-Grafana-User", "ada");
      post(web, "/prometheus/config/v1/rules/a", GROUP.replace("5m", "10m"));
      delete(web, "/prometheus/config/v1/rules/a/api");
      String versions = web.get("/api/platform/rules/versions?namespace=a").text();
      assertThat(versions)
          .contains("\"version\":3,\"change\":\"delete\"")
          .contains("\"version\":2,\"change\":\"set\"")
          .contains(
              "\"version\":1,\"change\":\"set\",\"author\":\"ada by admin token from 127.0.0.1\"");
      assertThat(
              web.send(
                      "POST",
                      "/api/platform/rules/restore?namespace=a&group=api&version=1",
                      new byte[0])
                  .status())
          .isEqualTo(204);
      assertThat(web.get("/prometheus/config/v1/rules/a/api").text()).isEqualTo(GROUP);
      assertThat(web.get("/api/platform/rules/versions?limit=1").text())
          .contains("\"version\":4,\"change\":\"restore\"");
      assertThat(
              web.send(
                      "POST",
                      "/api/platform/rules/restore?namespace=a&group=api&version=3",
                      new byte[0])
                  .status())
          .isEqualTo(404);
    }
  }

  @Test
  void readsRuleFilesOfAllLanguagesAndTenants() throws IOException {
    Files.writeString(
        folder.resolve("logs.yml"),
        "groups: [{name: l, rules: [{record: lines, expr: 'sum(rate({app=\"a\"}[1m]))'}]}]\n");
    Files.writeString(
        folder.resolve("spans.yml"),
        "groups: [{name: s, rules: [{record: spans, expr: '{} | rate()'}]}]\n");
    Files.writeString(
        folder.resolve("acme.yml"), "groups: [{name: t, rules: [{record: one, expr: '1'}]}]\n");
    try (Platform platform =
        start(
            """
            files:
              rules: [{path: acme.yml, tenant: acme}]
              loki_rules: [logs.yml]
              trace_rules: [spans.yml]
            """)) {
      Client web = new Client(platform.address(ListenerName.WEB));
      String groups = web.get("/api/platform/rules/groups").text();
      assertThat(groups)
          .contains("\"name\":\"l\",\"origin\":\"file\",\"language\":\"logql\"")
          .contains("\"name\":\"s\",\"origin\":\"file\",\"language\":\"traceql\"")
          .doesNotContain("\"name\":\"t\"");
      assertThat(web.get("/api/platform/rules/groups", "X-Scope-OrgID", "acme").text())
          .contains("\"name\":\"t\"");
      assertThat(web.get("/api/platform/rules/missed").text()).isEqualTo("{\"missed\":[]}");
    }
  }
}
