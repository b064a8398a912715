package io.ghostworks.saas.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.ghostworks.saas.api.Api;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The api and the worker on a PostgreSQL that runs for this test, each told so by its setting. */
class PostgresTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static EmbeddedPostgres postgres;
  private static ConfigurableApplicationContext api;
  private static Worker worker;

  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().build();

  @BeforeAll
  static void start() throws Exception {
    postgres = startPostgres();
    String url = postgres.getJdbcUrl("postgres", "postgres");
    api =
        SpringApplication.run(
            Api.class,
            "--server.port=0",
            "--spring.datasource.url=" + url,
            "--spring.datasource.username=postgres",
            "--spring.datasource.password=",
            "--ghostworks.telemetry.otlp-endpoint=",
            "--saas.password-iterations=10",
            "--saas.reveal-activation-code=true");
    worker = Worker.start(new WorkerSettings(0, url, "postgres", "", "", 1.0, 2));
  }

  @AfterAll
  static void stop() throws IOException {
    if (worker != null) {
      worker.close();
    }
    if (api != null) {
      api.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  /** PostgreSQL refuses root: there the library starts it under {@code unshare -U}. */
  private static EmbeddedPostgres startPostgres() {
    try {
      return EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).start();
    } catch (IOException | RuntimeException e) {
      return abort(
          "PostgreSQL's binaries do not start here (they are for Linux on x86-64, and for root they"
              + " need user namespaces): "
              + e);
    }
  }

  @Test
  void everyFeatureWorksAndTheWorkerTakesItsJobs() throws Exception {
    Map<String, Object> signUp = Map.of("name", "Acme", "tier", "team");
    String tenant = text(send("POST", "/api/tenants", null, signUp, 201), "id");
    JsonNode user =
        send(
            "POST",
            "/api/users",
            null,
            Map.of("tenantId", tenant, "email", "ada@acme.test", "name", "Ada", "password", "pw"),
            201);
    send(
        "POST",
        "/api/users/" + text(user, "userId") + "/activation",
        null,
        Map.of("code", text(user, "activationCode")),
        204);
    Map<String, Object> login = Map.of("email", "ada@acme.test", "password", "pw");
    String token = text(send("POST", "/api/sessions", null, login, 201), "token");
    Map<String, Object> artifact =
        Map.of("name", "Contract 50%", "sizeBytes", 1200, "tags", List.of("legal"));
    String id = text(send("POST", "/api/artifacts", token, artifact, 201), "id");
    assertThat(send("GET", "/api/artifacts?q=50%25&tag=legal", token, null, 200)).hasSize(1);
    assertThat(send("GET", "/api/artifacts?q=nothing", token, null, 200)).isEmpty();
    send("POST", "/api/artifacts/" + id + "/shares", token, Map.of("with", "x@y.test"), 201);
    String invoice = text(send("GET", "/api/invoices", token, null, 200).path(0), "id");
    send("POST", "/api/invoices/" + invoice + "/payments", token, null, 201);
    send("POST", "/api/invoices/" + invoice + "/payments", token, null, 409);
    Map<String, Object> upgrade = Map.of("tier", "enterprise");
    send("PUT", "/api/tenants/" + tenant + "/plan", token, upgrade, 200);
    assertThat(send("GET", "/api/usage", token, null, 200)).isNotEmpty();
    awaitProcessed(id, token);
    pageAgrees(tenant);
    send("DELETE", "/api/artifacts/" + id, token, null, 204);
    send("DELETE", "/api/tenants/" + tenant, token, null, 204);
    send("GET", "/api/me", token, null, 401);
  }

  /** The gauges are read from the tables when the page is asked for. */
  private void pageAgrees(String tenant) throws Exception {
    assertThat(send("GET", "/metrics", null, null, 200).asString())
        .contains("active_users_current{tenant_id=\"" + tenant + "\"} 1.0")
        .contains("artifacts_stored_bytes{tenant_id=\"" + tenant + "\"} 1200.0")
        .contains("monthly_recurring_revenue_usd{tier=\"enterprise\"} 499.0")
        .contains("revenue_usd_total{tenant_id=\"" + tenant + "\"} 49.0")
        .contains("invoices_open_usd{tenant_id=\"" + tenant + "\"} 499.0")
        .contains("feature_tenants_current{feature=\"artifact.share\"} 1.0")
        .contains("queue_depth{queue=\"plan.renew\"} 0.0")
        .doesNotContain("telemetry_gauge_failures_total{");
  }

  private void awaitProcessed(String artifact, String token) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!send("GET", "/api/artifacts/" + artifact, token, null, 200)
        .path("processed")
        .asBoolean()) {
      assertThat(Instant.now()).as("the worker has not taken the job").isBefore(end);
    }
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString();
  }

  private JsonNode send(String method, String path, String token, Map<String, ?> body, int status)
      throws IOException, InterruptedException {
    int port =
        api.getBean(Environment.class).getRequiredProperty("local.server.port", Integer.class);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(json.writeValueAsString(body)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    assertThat(response.statusCode())
        .as(method + " " + path + ": " + response.body())
        .isEqualTo(status);
    boolean isJson = response.headers().firstValue("Content-Type").orElse("").contains("json");
    return isJson
        ? json.readTree(response.body())
        : json.getNodeFactory().stringNode(response.body());
  }
}
