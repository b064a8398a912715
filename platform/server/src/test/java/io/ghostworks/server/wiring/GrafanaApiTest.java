package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grafana's HTTP API as its clients use it: shapes of answers, statuses, words of refusals. */
class GrafanaApiTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private static Path data;
  @TempDir private static Path files;
  private static Platform platform;

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(files.resolve("boards"));
    Files.writeString(
        files.resolve("boards/fixed.json"),
        "{\"title\":\"Fixed\",\"uid\":\"fixed\",\"tags\":[\"file\"],\"panels\":[{}]}");
    Files.writeString(
        files.resolve("providers.yaml"),
        """
        apiVersion: 1
        providers:
          - {name: all, folder: Shipped, folderUid: shipped, type: file, options: {path: boards}}
        """);
    Path config = files.resolve("ghostworks.yml");
    Files.writeString(
        config, "files:\n  dashboards:\n    - %s\n".formatted(files.resolve("providers.yaml")));
    platform =
        Platform.start(
            new ServeOptions(
                Optional.of(config),
                data,
                0,
                "127.0.0.1",
                Optional.empty(),
                Optional.empty(),
                true));
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void savesReadsAndDeletesAsTerraformDoes() {
    JsonNode folder = done(post("/api/folders", "{'title':'Team','uid':'team'}"));
    assertThat(keys(folder))
        .contains("id", "uid", "title", "url", "hasAcl", "canSave", "version", "createdBy");
    JsonNode saved =
        done(
            post(
                "/api/dashboards/db",
                "{'dashboard':{'id':null,'title':'My board','uid':'mine','tags':['a'],'odd':1.50},"
                    + "'folderUid':'team','message':'first','overwrite':false}"));
    assertThat(keys(saved))
        .containsExactlyInAnyOrder("id", "uid", "url", "status", "version", "slug", "folderUid");
    assertThat(saved.get("status").asText()).isEqualTo("success");
    assertThat(saved.get("url").asText()).isEqualTo("/d/mine/my-board");
    JsonNode read = done(get("/api/dashboards/uid/mine"));
    assertThat(keys(read)).containsExactlyInAnyOrder("meta", "dashboard");
    assertThat(read.at("/meta/folderUid").asText()).isEqualTo("team");
    assertThat(read.at("/meta/canSave").booleanValue()).isTrue();
    assertThat(read.at("/meta/provisioned").booleanValue()).isFalse();
    assertThat(read.get("dashboard").toString())
        .isEqualTo(
            "{\"id\":%d,\"title\":\"My board\",\"uid\":\"mine\",\"tags\":[\"a\"],\"odd\":1.5,\"version\":1}"
                .formatted(saved.get("id").longValue()));
    assertThat(get("/api/dashboards/uid/mine").text()).contains("\"odd\":1.50");
    assertThat(get("/api/platform/dashboards/mine/original").text())
        .isEqualTo(
            "{\"id\":null,\"title\":\"My board\",\"uid\":\"mine\",\"tags\":[\"a\"],\"odd\":1.50}");
    refused(
        post("/api/dashboards/db", "{'dashboard':{'title':'My board','uid':'mine'}}"),
        412,
        "version-mismatch",
        "The dashboard has been changed by someone else");
    refused(
        post("/api/dashboards/db", "{'dashboard':{'title':'My board'},'folderUid':'team'}"),
        412,
        "name-exists",
        "A dashboard with the same name in the folder already exists");
    done(
        post(
            "/api/dashboards/db",
            "{'dashboard':{'title':'Other"
                + " title','uid':'mine'},'folderUid':'team','overwrite':true}"));
    JsonNode versions = done(get("/api/dashboards/uid/mine/versions"));
    assertThat(versions.get("versions")).hasSize(2);
    assertThat(versions.at("/versions/1/message").asText()).isEqualTo("first");
    assertThat(done(get("/api/dashboards/uid/mine/versions/1")).at("/data/title").asText())
        .isEqualTo("My board");
    JsonNode diff = done(get("/api/platform/dashboards/mine/diff?from=1&to=2"));
    assertThat(diff.get("changes").toString()).contains("/title").contains("My board");
    assertThat(
            done(post("/api/dashboards/uid/mine/restore", "{'version':1}")).get("version").asInt())
        .isEqualTo(3);
    Client.Reply html =
        post(
            "/api/dashboards/calculate-diff",
            "{'base':{'dashboardUid':'mine','version':1},'new':{'dashboardUid':'mine','version':2},"
                + "'diffType':'basic'}");
    assertThat(html.header("content-type")).startsWith("text/html");
    assertThat(html.text()).contains("&quot;Other title&quot;");
    assertThat(done(get("/api/folders/team/counts")).get("dashboard").asInt()).isEqualTo(1);
    JsonNode deleted = done(send("DELETE", "/api/dashboards/uid/mine", ""));
    assertThat(deleted.get("message").asText()).isEqualTo("Dashboard My board deleted");
    refused(get("/api/dashboards/uid/mine"), 404, "not-found", "Dashboard not found");
    assertThat(done(send("DELETE", "/api/folders/team", "")).get("title").asText())
        .isEqualTo("Team");
    refused(get("/api/folders/team"), 404, "not-found", "folder not found");
  }

  @Test
  void whatFilesBringCannotBeChanged() {
    JsonNode fixed = done(get("/api/dashboards/uid/fixed"));
    assertThat(fixed.at("/meta/provisioned").booleanValue()).isTrue();
    assertThat(fixed.at("/meta/canSave").booleanValue()).isFalse();
    assertThat(fixed.at("/meta/folderUid").asText()).isEqualTo("shipped");
    assertThat(fixed.at("/meta/provisionedExternalId").asText()).endsWith("fixed.json");
    refused(
        post("/api/dashboards/db", "{'dashboard':{'title':'X','uid':'fixed'},'overwrite':true}"),
        400,
        "",
        "Cannot save provisioned dashboard");
    refused(
        send("DELETE", "/api/dashboards/uid/fixed", ""),
        400,
        "",
        "provisioned dashboard cannot be deleted");
    refused(
        send("DELETE", "/api/folders/shipped", ""),
        400,
        "",
        "provisioned dashboard cannot be deleted");
    assertThat(done(get("/api/search?folderUIDs=shipped&tag=file")).at("/0/uid").asText())
        .isEqualTo("fixed");
    assertThat(done(get("/api/search?type=dash-folder")).findValuesAsText("uid"))
        .contains("shipped");
  }

  @Test
  void importsFilesOfAnyForm() {
    JsonNode shared =
        done(
            post(
                "/api/dashboards/import",
                "{'dashboard':{'title':'Shared','uid':'shared','id':77,'__inputs':[{'name':'DS_P',"
                    + "'type':'datasource','pluginId':'prometheus'}],'panels':[{'datasource':'${DS_P}'}]},"
                    + "'inputs':[],'overwrite':true}"));
    assertThat(keys(shared)).contains("uid", "imported", "importedUrl", "importedUri", "slug");
    JsonNode read = done(get("/api/dashboards/uid/shared")).get("dashboard");
    assertThat(read.at("/panels/0/datasource").asText()).isEqualTo("prometheus");
    assertThat(get("/api/platform/dashboards/shared/original").text()).contains("__inputs");
    String map =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: m, annotations: {grafana_folder: From maps}}
        data:
          one.json: '{"uid":"map-one","panels":[]}'
          two.json: '{"uid":"a b","title":"Two"}'
        """;
    Client.Reply imported = send("POST", "/api/platform/dashboards/import?name=maps.yaml", map);
    JsonNode all = done(imported).get("dashboards");
    assertThat(all.at("/0/title").asText()).isEqualTo("one");
    assertThat(all.at("/1/status").asText()).isEqualTo("refused");
    assertThat(all.at("/1/message").asText()).isEqualTo("uid contains illegal characters");
    assertThat(done(get("/api/dashboards/uid/map-one")).at("/meta/folderTitle").asText())
        .isEqualTo("From maps");
    JsonNode inspected =
        done(
            send(
                "POST",
                "/api/platform/dashboards/inspect?name=x.json",
                "{\"uid\":\"fixed\",\"panels\":[],\"__inputs\":[{\"name\":\"V\",\"type\":\"constant\",\"value\":\"7\"}]}"));
    assertThat(inspected.at("/dashboards/0/provisioned").booleanValue()).isTrue();
    assertThat(inspected.at("/dashboards/0/inputs/0/value").asText()).isEqualTo("7");
    String resource =
        "{\"dashboard\":{\"apiVersion\":\"dashboard.grafana.app/v2beta1\",\"kind\":\"Dashboard\","
            + "\"metadata\":{\"name\":\"two\"},\"spec\":{\"title\":\"V2\",\"elements\":{},\"layout\":{}}}}";
    done(send("POST", "/api/dashboards/db", resource));
    JsonNode second = done(get("/api/dashboards/uid/two"));
    assertThat(second.at("/meta/apiVersion").asText()).isEqualTo("dashboard.grafana.app/v2beta1");
    assertThat(second.at("/dashboard/spec/title").asText()).isEqualTo("V2");
  }

  @Test
  void keepsAnnotationsOfPeopleAndPrograms() {
    JsonNode added =
        done(
            post(
                "/api/annotations",
                "{'time':1700000000000,'timeEnd':1700000060000,'tags':['deploy'],'text':'v2'}"));
    long id = added.get("id").longValue();
    assertThat(added.get("message").asText()).isEqualTo("Annotation added");
    done(
        post(
            "/api/annotations/graphite",
            "{'what':'Event','tags':'deploy blue','when':1700000030,'data':'more'}"));
    JsonNode found = done(get("/api/annotations?from=1700000000000&to=1700000100000&tags=deploy"));
    assertThat(found).hasSize(2);
    assertThat(keys(found.get(0)))
        .contains("id", "time", "timeEnd", "text", "tags", "dashboardId", "panelId", "login");
    assertThat(found.at("/1/text").asText()).isEqualTo("Event\nmore");
    assertThat(
            done(send("PATCH", "/api/annotations/" + id, "{\"text\":\"v3\"}"))
                .get("message")
                .asText())
        .isEqualTo("Annotation patched");
    assertThat(done(get("/api/annotations/" + id)).at("/tags/0").asText()).isEqualTo("deploy");
    done(send("PUT", "/api/annotations/" + id, "{\"text\":\"v4\",\"time\":1700000000001}"));
    assertThat(done(get("/api/annotations/" + id)).get("tags")).isEmpty();
    assertThat(done(get("/api/annotations/tags?tag=blu")).at("/result/tags/0/tag").asText())
        .isEqualTo("blue");
    done(send("DELETE", "/api/annotations/" + id, ""));
    assertThat(get("/api/annotations/" + id).status()).isEqualTo(404);
    assertThat(send("DELETE", "/api/annotations/-5", "").status()).isEqualTo(400);
    assertThat(done(get("/api/annotations?tags=deployment"))).isEmpty();
  }

  @Test
  void namesTheApisOfThisProcessAsDataSources() {
    JsonNode sources = done(get("/api/datasources"));
    assertThat(sources.findValuesAsText("uid"))
        .containsExactly("prometheus", "loki", "tempo", "jaeger", "alertmanager");
    assertThat(done(get("/api/datasources/name/Loki")).get("id").asInt()).isEqualTo(2);
    assertThat(done(get("/api/datasources/uid/tempo/health")).get("status").asText())
        .isEqualTo("OK");
    JsonNode proxied = done(get("/api/datasources/proxy/uid/prometheus/api/v1/query?query=1%2B1"));
    assertThat(proxied.at("/data/result/1").asText()).isEqualTo("2");
    assertThat(
            done(get("/api/datasources/uid/loki/resources/loki/api/v1/labels"))
                .get("status")
                .asText())
        .isEqualTo("success");
    assertThat(get("/api/datasources/uid/loki/resources/labels").status()).isEqualTo(200);
    assertThat(get("/api/datasources/proxy/uid/prometheus/-/quit").status()).isEqualTo(404);
    assertThat(post("/api/datasources", "{'name':'x'}").status()).isEqualTo(403);
    assertThat(done(get("/api/frontend/settings")).at("/datasources/Prometheus/uid").asText())
        .isEqualTo("prometheus");
    assertThat(done(get("/api/org")).get("name").asText()).isEqualTo("default");
    refused(get("/api/playlists"), 404, "not-supported", "/api/playlists is not supported here");
    assertThat(done(get("/api/health")).get("database").asText()).isEqualTo("ok");
  }

  @Test
  void refusesHostileRequestsInGrafanasForm() {
    List<Client.Reply> replies = new ArrayList<>();
    replies.add(send("POST", "/api/dashboards/db", "[".repeat(100_000)));
    replies.add(send("POST", "/api/dashboards/db", "{\"dashboard\":" + "{\"a\":".repeat(10_000)));
    replies.add(send("POST", "/api/dashboards/db", "{}"));
    replies.add(send("POST", "/api/dashboards/db", ""));
    replies.add(
        new Client(platform.address(ListenerName.WEB))
            .send("POST", "/api/dashboards/db", new byte[] {'{', '"', (byte) 0xff, '"', '}'}));
    for (Client.Reply reply : replies) {
      assertThat(reply.status()).as(reply.text()).isEqualTo(400);
      assertThat(json(reply).get("message").asText()).startsWith("bad request data");
    }
    Client.Reply large =
        new Client(platform.address(ListenerName.WEB))
            .send("POST", "/api/dashboards/db", new byte[50 << 20]);
    assertThat(large.status()).isEqualTo(413);
    assertThat(json(large).has("message")).isTrue();
    String pad = "x".repeat(9 << 20);
    assertThat(
            send("POST", "/api/dashboards/db", "{\"dashboard\":{\"title\":\"%s\"}}".formatted(pad))
                .status())
        .isEqualTo(400);
    for (String uid : List.of("..%2f..%2fetc", "a%00b", "%2e%2e", "x'%20OR%201=1--")) {
      assertThat(get("/api/dashboards/uid/" + uid).status()).as(uid).isIn(400, 404);
      assertThat(get("/api/platform/dashboards/" + uid + "/original").status())
          .as(uid)
          .isIn(400, 404);
    }
  }

  @Test
  void tellsWhenServicesBeganToRunAnotherVersion() {
    long now = System.currentTimeMillis() / 60_000 * 60_000;
    StringBuilder lines = new StringBuilder();
    for (int minute = 60; minute >= 0; minute--) {
      long time = now - minute * 60_000L;
      String line = "target_info{job=\"%s\",instance=\"%s\",service_version=\"%s\"} 1 %d\n";
      lines.append(line.formatted("steady", "a", "7", time));
      lines.append(line.formatted("shop", "a", minute > 30 ? "1.0" : "2.0", time));
      lines.append(line.formatted("shop", "b", minute > 28 ? "1.0" : "2.0", time));
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    Client.Reply taken =
        new Client(platform.address(ListenerName.WEB))
            .post(
                "/prometheus/api/v1/import/prometheus",
                "text/plain",
                body,
                "X-Scope-OrgID",
                "versions");
    assertThat(taken.status()).as(taken.text()).isIn(200, 204);
    String range = "from=%d&to=%d".formatted(now - 3_600_000, now);
    JsonNode changes = done(getOf("versions", "/api/platform/changes?" + range));
    assertThat(changes.get("changes")).as(changes.toString()).hasSize(1);
    JsonNode change = changes.at("/changes/0");
    assertThat(change.get("service").asText()).isEqualTo("shop");
    assertThat(change.get("from").asText()).isEqualTo("1.0");
    assertThat(change.get("to").asText()).isEqualTo("2.0");
    assertThat(Instant.parse(change.get("time").asText()).toEpochMilli())
        .isEqualTo(now - 1_800_000);
    JsonNode annotations =
        done(getOf("versions", "/api/annotations?tags=deployment&tags=shop&" + range));
    assertThat(annotations.at("/0/text").asText()).isEqualTo("shop: 1.0 → 2.0");
    assertThat(annotations.at("/0/id").longValue()).isNegative();
    assertThat(done(get("/api/platform/changes?" + range)).get("changes")).isEmpty();
    assertThat(get("/api/platform/changes?from=x").status()).isEqualTo(400);
    assertThat(get("/api/platform/changes?from=5&to=4").status()).isEqualTo(400);
  }

  private static Client.Reply getOf(String tenant, String target) {
    return new Client(platform.address(ListenerName.WEB)).get(target, "X-Scope-OrgID", tenant);
  }

  @Test
  void answersQueriesAsDataFrames() {
    JsonNode answer =
        done(
            post(
                "/api/ds/query",
                "{'from':'1700000000000','to':'1700000060000','queries':[{'refId':'A',"
                    + "'datasource':{'type':'prometheus','uid':'prometheus'},'expr':'vector(0)/0',"
                    + "'range':true,'intervalMs':30000},{'refId':'B','datasource':{'uid':'prometheus'},"
                    + "'expr':'vector(2)','instant':true},{'refId':'L','datasource':{'type':'loki'},"
                    + "'expr':'{a=`b`}'},{'refId':'H','hide':true}]}"));
    JsonNode a = answer.at("/results/A/frames/0");
    assertThat(a.at("/schema/fields/0/typeInfo/frame").asText()).isEqualTo("time.Time");
    assertThat(a.at("/data/values/0").toString())
        .isEqualTo("[1699999980000,1700000010000,1700000040000]");
    assertThat(a.at("/data/values/1").toString()).isEqualTo("[null,null,null]");
    assertThat(a.at("/data/entities/1/NaN").toString()).isEqualTo("[0,1,2]");
    assertThat(answer.at("/results/B/frames/0/data/values/1").toString()).isEqualTo("[2]");
    assertThat(answer.at("/results/L/status").asInt()).isEqualTo(200);
    assertThat(answer.at("/results").has("H")).isFalse();
    Client.Reply wrong =
        post(
            "/api/ds/query",
            "{'queries':[{'refId':'A','datasource':{'uid':'prometheus'},'expr':'sum(('},"
                + "{'refId':'T','datasource':{'uid':'tempo'},'query':'{}'}]}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(json(wrong).at("/results/A/error").asText()).contains("parse error");
    assertThat(json(wrong).at("/results/T/error").asText()).contains("/tempo/");
    assertThat(post("/api/ds/query", "{'from':'x','queries':[{}]}").status()).isEqualTo(400);
    assertThat(post("/api/ds/query", "{}").status()).isEqualTo(400);
  }

  @Test
  void looksAtQueriesOfPanels() {
    JsonNode results =
        done(post(
                "/api/platform/dashboards/lint",
                "{'queries':[{'id':'A','expr':'no_such_metric_total / no_such_metric_total'},"
                    + "{'expr':'{a=','language':'logql'},{'expr':'{}','language':'traceql'},"
                    + "{'expr':'sum(('}]}"))
            .get("results");
    assertThat(results.at("/0/id").asText()).isEqualTo("A");
    assertThat(results.at("/0/findings").findValuesAsText("check")).contains("absent-series");
    assertThat(results.at("/1/findings/0/check").asText()).isEqualTo("syntax");
    assertThat(results.at("/2/findings")).isEmpty();
    assertThat(results.at("/3/findings/0/check").asText()).isEqualTo("syntax");
    assertThat(post("/api/platform/dashboards/lint", "{'queries':7}").status()).isEqualTo(400);
  }

  private static Set<String> keys(JsonNode node) {
    Set<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static void refused(Client.Reply reply, int status, String word, String message) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(json(reply).path("status").asText()).isEqualTo(word);
    assertThat(json(reply).get("message").asText()).startsWith(message);
  }

  private static JsonNode done(Client.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return json(reply);
  }

  private static Client.Reply get(String target) {
    return new Client(platform.address(ListenerName.WEB)).get(target);
  }

  private static Client.Reply post(String target, String json) {
    return send("POST", target, json.replace('\'', '"'));
  }

  private static Client.Reply send(String method, String target, String body) {
    return new Client(platform.address(ListenerName.WEB))
        .send(
            method,
            target,
            body.getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/json");
  }

  private static JsonNode json(Client.Reply reply) {
    try {
      return MAPPER.readTree(reply.body());
    } catch (IOException e) {
      throw new AssertionError(reply.text(), e);
    }
  }
}
