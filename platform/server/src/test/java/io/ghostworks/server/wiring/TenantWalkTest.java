package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.JaegerBytes;
import io.ghostworks.server.testing.Telemetry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks every route of every listener: who is let in, and what a tenant sees of another. */
class TenantWalkTest {

  private static final String MARKER = "zebra";
  private static final List<ListenerName> HTTP =
      List.of(
          ListenerName.WEB,
          ListenerName.OTLP_HTTP,
          ListenerName.PROMETHEUS,
          ListenerName.LOKI,
          ListenerName.TEMPO,
          ListenerName.JAEGER,
          ListenerName.ZIPKIN,
          ListenerName.JAEGER_THRIFT_HTTP,
          ListenerName.JAEGER_SAMPLING,
          ListenerName.ALERTMANAGER);

  @TempDir private static Path data;
  private static Platform platform;

  /** A route as a client meets it. */
  private record Place(ListenerName listener, Route route) {
    String path() {
      return route
          .path()
          .replace("{name}", "colour")
          .replace("{*tag}", "span.colour/values")
          .replace("{traceId}", Telemetry.TRACE_ID)
          .replace("{uid}", "prometheus")
          .replace("{id}", "4711")
          .replace(
              "{*rest}",
              route.path().startsWith("/api/datasources/")
                  ? "api/v1/label/colour/values"
                  : "explore");
    }

    /** Whether its answer goes on as long as the client stays. */
    boolean isEndless() {
      return route.path().endsWith("/notifications/live");
    }

    Client.Reply send(String... headers) {
      Set<String> methods = route.methods();
      String method = methods.contains("GET") ? "GET" : methods.iterator().next();
      return client(listener).send(method, path(), new byte[0], headers);
    }

    @Override
    public String toString() {
      return listener.word() + " " + route.methods() + " " + route.path();
    }
  }

  @BeforeAll
  static void start() {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void noRouteShowsATenantAnythingOfAnother() {
    writeByEveryRoute("team-a");
    writeDashboards("team-a");
    Set<String> shown = new TreeSet<>();
    List<Place> reading = new ArrayList<>(places(Permission.READ));
    reading.addAll(places(Permission.READ_TENANTS));
    for (Place place : reading) {
      if (place.isEndless()) {
        continue;
      }
      String target = place.path() + "?" + parameters(place);
      Client.Reply own = client(place.listener()).get(target, "X-Scope-OrgID", "team-a");
      Client.Reply other = client(place.listener()).get(target, "X-Scope-OrgID", "team-b");
      Client.Reply operator = client(place.listener()).get(target);
      assertThat(own.status()).as("%s: %s", place, own.text()).isLessThan(500);
      assertThat(other.text()).as(place.toString()).doesNotContain(MARKER);
      assertThat(operator.text()).as(place.toString()).doesNotContain(MARKER);
      if (own.text().contains(MARKER)) {
        shown.add(place.listener().word() + " " + place.route().path());
      }
    }
    assertThat(shown)
        .contains(
            "alertmanager /api/v2/alerts",
            "alertmanager /api/v2/alerts/groups",
            "prometheus /api/v1/query",
            "prometheus /api/v1/query_range",
            "prometheus /api/v1/series",
            "prometheus /api/v1/label/{name}/values",
            "prometheus /api/v1/metadata",
            "prometheus /api/v1/query_exemplars",
            "loki /loki/api/v1/query_range",
            "loki /loki/api/v1/label/{name}/values",
            "loki /loki/api/v1/series",
            "tempo /api/traces/{traceId}",
            "tempo /api/search",
            "tempo /api/search/tags",
            "tempo /api/v2/search/tag/{*tag}",
            "web /prometheus/api/v1/query",
            "web /loki/api/v1/query_range",
            "web /tempo/api/traces/{traceId}",
            "web /api/annotations",
            "web /api/annotations/tags",
            "web /api/dashboards/tags",
            "web /api/datasources/proxy/uid/{uid}/{*rest}",
            "web /api/folders",
            "web /api/search",
            "web /api/dashboards/uid/{uid}",
            "web /api/platform/services");
  }

  private static void writeDashboards(String tenant) {
    for (String[] each :
        List.of(
            new String[] {"/api/folders", "{'title':'zebra','uid':'stripes'}"},
            new String[] {
              "/api/dashboards/db",
              "{'dashboard':{'title':'zebra','uid':'prometheus','tags':['zebra']},'folderUid':'stripes'}"
            },
            new String[] {"/api/annotations", "{'text':'zebra','tags':['zebra']}"},
            new String[] {"/api/user/stars/dashboard/uid/prometheus", "{}"})) {
      Client.Reply reply =
          client(ListenerName.WEB)
              .post(
                  each[0],
                  "application/json",
                  each[1].replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                  "X-Scope-OrgID",
                  tenant);
      assertThat(reply.status()).as("%s: %s", each[0], reply.text()).isEqualTo(200);
    }
  }

  private static void writeByEveryRoute(String tenant) {
    Telemetry telemetry = new Telemetry(MARKER, System.currentTimeMillis());
    for (Place place : places(Permission.INGEST)) {
      String path = place.route().path();
      Client client = client(place.listener());
      if (path.endsWith("/api/v2/alerts")) {
        Client.Reply taken =
            client.post(path, "application/json", telemetry.alerts(), "X-Scope-OrgID", tenant);
        assertThat(taken.status()).as("%s: %s", place, taken.text()).isEqualTo(200);
        continue;
      }
      if (place.route().methods().contains("GET") || path.endsWith("{*rest}")) {
        continue; // What senders of Elasticsearch ask beforehand writes nothing.
      }
      if (path.endsWith("/keep") || path.contains("/archive/") || path.endsWith("/ArchiveTrace")) {
        continue; // Keeps what is stored already.
      }
      Client.Reply reply =
          switch (path.substring(path.lastIndexOf('/'))) {
            case "/_bulk" ->
                client.post(
                    place.path(),
                    "application/x-ndjson",
                    telemetry.elasticBulk(),
                    "X-Scope-OrgID",
                    tenant);
            case "/jsonline" ->
                client.post(
                    path, "application/x-ndjson", telemetry.jsonLines(), "X-Scope-OrgID", tenant);
            case "/traces" ->
                path.endsWith("/api/traces")
                    ? client.post(
                        path,
                        "application/x-thrift",
                        new JaegerBytes(MARKER, 77, System.currentTimeMillis() * 1_000)
                            .thriftBatch(),
                        "X-Scope-OrgID",
                        tenant)
                    : client.post(
                        path, "application/json", telemetry.traces(), "X-Scope-OrgID", tenant);
            case "/spans" ->
                client.post(
                    path,
                    "application/json",
                    telemetry.zipkin(path.contains("/v1/") ? 1 : 2),
                    "X-Scope-OrgID",
                    tenant);
            case "/metrics" ->
                client.post(path, "application/json", telemetry.metrics(), "X-Scope-OrgID", tenant);
            case "/logs" ->
                client.post(path, "application/json", telemetry.logs(), "X-Scope-OrgID", tenant);
            case "/push" ->
                client.post(
                    path,
                    "application/json",
                    path.contains("/prom/") ? telemetry.firstLokiPush() : telemetry.lokiPush(),
                    "X-Scope-OrgID",
                    tenant);
            case "/write" ->
                client.post(
                    path,
                    "application/x-protobuf",
                    telemetry.remoteWrite(),
                    "X-Scope-OrgID",
                    tenant,
                    "Content-Encoding",
                    "snappy");
            case "/prometheus" ->
                client.post(
                    path,
                    "text/plain",
                    "imported_total{note=\"%s\"} 1 %d\n"
                        .formatted(MARKER, System.currentTimeMillis())
                        .getBytes(StandardCharsets.UTF_8),
                    "X-Scope-OrgID",
                    tenant);
            default -> throw new AssertionError("this test knows no request for " + place);
          };
      assertThat(reply.status()).as("%s: %s", place, reply.text()).isIn(200, 202, 204);
      assertThat(reply.text()).as(place.toString()).doesNotContain("partialSuccess");
    }
  }

  private static String parameters(Place place) {
    String path = place.path();
    long nowSeconds = System.currentTimeMillis() / 1000;
    String range = "start=%d&end=%d&step=60".formatted(nowSeconds - 600, nowSeconds + 600);
    if (path.contains("/loki/")) {
      return range + "&query=" + encoded("{service_name=~\".+\"}");
    }
    if (path.contains("/v1/")) {
      String all = encoded("{__name__=~\".+\"}");
      return range + "&time=" + (nowSeconds + 1) + "&query=" + all + "&match[]=" + all;
    }
    if (path.contains("/platform/") || path.equals("/api/search")) {
      return place.listener() == ListenerName.TEMPO ? range : "";
    }
    return range;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void nothingButPublicRoutesIsServedWithoutATokenBeyondLoopback() {
    for (Place place : places()) {
      boolean isPublic = place.route().permission() == Permission.PUBLIC;
      for (String[] sign :
          List.of(
              new String[] {"Host", "ghostworks.example"},
              new String[] {"X-Forwarded-For", "192.0.2.1"},
              new String[] {"X-Forwarded-Port", "443"},
              new String[] {"Forwarded", "for=192.0.2.1"},
              new String[] {"Via", "1.1 proxy"},
              new String[] {"X-Real-IP", "192.0.2.1"})) {
        int status = place.send(sign).status();
        if (isPublic) {
          // A page leads elsewhere; reload and quit say that they are off.
          assertThat(status).as("%s with %s", place, sign[0]).isIn(200, 302, 403, 404, 405, 410);
        } else {
          assertThat(status).as("%s with %s", place, sign[0]).isEqualTo(401);
        }
      }
    }
  }

  @Test
  void pagesOfForeignOriginsAreRefusedEverywhere() {
    for (Place place : places()) {
      if (place.route().permission() != Permission.PUBLIC) {
        assertThat(place.send("Origin", "https://evil.example").status())
            .as(place.toString())
            .isEqualTo(403);
      }
    }
  }

  @Test
  void tokensDoOnlyWhatTheyAreFor() throws Exception {
    String ingest = "Bearer " + token("ingest");
    String read = "Bearer " + token("read");
    for (Place place : places()) {
      switch (place.route().permission()) {
        case PUBLIC -> {}
        case INGEST -> {
          refused(place, 403, "Authorization", read);
          refused(place, 403, "Authorization", ingest, "X-Scope-OrgID", "team-a");
          allowed(place, "Authorization", ingest, "Host", "ghostworks.example");
        }
        case READ, READ_TENANTS -> {
          refused(place, 403, "Authorization", ingest);
          refused(place, 403, "Authorization", read, "X-Scope-OrgID", "team-a");
          refused(
              place,
              place.route().permission() == Permission.READ ? 400 : 403,
              "Authorization",
              read,
              "X-Scope-OrgID",
              "default|team-a");
          if (!place.isEndless()) {
            allowed(place, "Authorization", read, "Host", "ghostworks.example");
          }
        }
        case ADMIN -> {
          refused(place, 403, "Authorization", ingest);
          refused(place, 403, "Authorization", read);
        }
      }
      if (place.route().permission() != Permission.PUBLIC) {
        refused(place, 401, "Authorization", "Bearer no-such-token-anywhere");
        refused(place, 401, "Authorization", "Basic YTpi");
        refused(place, 400, "X-Scope-OrgID", "../team-a");
      }
    }
  }

  @Test
  void everyRouteRefusesOtherMethodsAndNamesItsOwn() {
    for (Place place : places()) {
      if (place.route().path().equals("/api/annotations/{id}")) {
        continue; // Takes this method too.
      }
      Client.Reply reply = client(place.listener()).send("PATCH", place.path(), new byte[0]);
      assertThat(reply.status()).as(place.toString()).isEqualTo(405);
      for (String method : place.route().methods()) {
        assertThat(reply.header("allow")).as(place.toString()).contains(method);
      }
    }
  }

  @Test
  void everyListenerIsWalked() {
    for (ListenerName name : ListenerName.values()) {
      if (!HTTP.contains(name)) {
        assertThat(platform.routes().of(name))
            .allMatch(route ->
                route.permission() == Permission.PUBLIC
                    // Their calls need HTTP/2; OtlpGrpcTest and SpanReceiversTest have them.
                    || (name.isGrpc() && route.permission() == Permission.INGEST));
      }
    }
    assertThatCode(() -> HTTP.forEach(platform::address)).doesNotThrowAnyException();
  }

  private static void refused(Place place, int status, String... headers) {
    assertThat(place.send(headers).status())
        .as("%s with %s", place, List.of(headers))
        .isEqualTo(status);
  }

  private static void allowed(Place place, String... headers) {
    assertThat(place.send(headers).status())
        .as("%s with %s", place, List.of(headers))
        .isNotIn(401, 403)
        .isLessThan(500);
  }

  private static String token(String word) throws Exception {
    return Files.readString(data.resolve("tokens").resolve(word)).strip();
  }

  private static List<Place> places(Permission permission) {
    return places().stream().filter(place -> place.route().permission() == permission).toList();
  }

  private static List<Place> places() {
    List<Place> places = new ArrayList<>();
    for (ListenerName listener : HTTP) {
      platform.routes().of(listener).forEach(route -> places.add(new Place(listener, route)));
    }
    return places;
  }

  private static Client client(ListenerName listener) {
    return new Client(platform.address(listener));
  }
}
