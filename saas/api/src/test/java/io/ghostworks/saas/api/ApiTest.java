package io.ghostworks.saas.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API over HTTP on a database in memory. One test drives everything, since panels show
 * everything.
 */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.datasource.url=jdbc:h2:mem:api;DB_CLOSE_DELAY=-1",
      "ghostworks.telemetry.otlp-endpoint=",
      "saas.password-iterations=10",
      "saas.reveal-activation-code=true",
      "saas.faults.enabled=true",
      "saas.payments.drop-every=1h"
    })
class ApiTest {
  private static final Path DASHBOARD =
      Path.of("..", "demo", "config", "dashboards", "business-metrics.json");
  private static final String EACH_TENANT = " from tenant t where t.status = 'active'";

  private static final String PAYMENT_DROPPED =
      "http_requests_total{endpoint=\"/api/invoices/{invoiceId}/payments\",method=\"POST\",status_code=\"502\"}";

  /** A counter of a tenant before its first event, up to the tenant's id. */
  private static final String NOTHING_PAID =
      "features_used_total{feature=\"invoice.pay\",tenant_id=\"";

  /**
   * What each target of the business dashboard must show, by title and legend, asked of the
   * database.
   */
  private static final Map<String, String> EXPECTED = new LinkedHashMap<>();

  static {
    EXPECTED.put(
        "Active users",
        "select '', count(distinct s.user_id) from login_session s join tenant t on t.id = s.tenant_id where t.status = 'active'");
    EXPECTED.put("Tenants", "select '', count(*) from tenant where status = 'active'");
    EXPECTED.put(
        "Monthly recurring revenue",
        "select '', sum(price_cents) / 100.0 from tenant where status = 'active'");
    EXPECTED.put(
        "Artifacts kept",
        "select '', count(*) from artifact a join tenant t on t.id = a.tenant_id where a.deleted_at is null and t.status = 'active'");
    EXPECTED.put("Registrations and activations/registered", "select '', count(*) from app_user");
    EXPECTED.put(
        "Registrations and activations/activated", "select '', count(activated_at) from app_user");
    EXPECTED.put(
        "Activation rate", "select '', count(activated_at) * 1.0 / count(*) from app_user");
    EXPECTED.put("Logins per minute/logins", "select '', count(*) / 5.0 from login_session");
    EXPECTED.put(
        "Active users by tenant/{{tenant_id}}",
        "select t.id, (select count(distinct s.user_id) from login_session s where s.tenant_id = t.id)"
            + EACH_TENANT);
    EXPECTED.put(
        "Artifacts created per minute by tenant/{{tenant_id}}",
        "select t.id, (select count(*) from artifact a where a.tenant_id = t.id) / 5.0 from tenant t");
    EXPECTED.put(
        "Artifact usage per minute/{{feature}}",
        "select feature, count(*) / 5.0 from usage_event where feature like 'artifact.%' group by feature");
    EXPECTED.put("Shares/shared", "select '', count(*) from artifact_share");
    EXPECTED.put(
        "Artifacts kept by tenant/{{tenant_id}}",
        "select t.id, (select count(*) from artifact a where a.tenant_id = t.id and a.deleted_at is null)"
            + EACH_TENANT);
    EXPECTED.put(
        "Storage by tenant/{{tenant_id}}",
        "select t.id, (select coalesce(sum(size_bytes), 0) from artifact a where a.tenant_id = t.id and a.deleted_at is null)"
            + EACH_TENANT);
    EXPECTED.put(
        "Tenants by tier/{{tier}}",
        "select tier, count(*) from tenant where status = 'active' group by tier");
    EXPECTED.put("Sign-ups and cancellations/signed up", "select '', count(*) from tenant");
    EXPECTED.put(
        "Sign-ups and cancellations/cancelled", "select '', count(cancelled_at) from tenant");
    EXPECTED.put("Churn", "select '', count(cancelled_at) * 1.0 / count(*) from tenant");
    EXPECTED.put(
        "Plan changes/{{kind}}",
        "select k.kind, (select count(*) from plan_change c where c.kind = k.kind)"
            + " from (values ('upgrade'), ('downgrade')) k (kind)");
    EXPECTED.put(
        "Recurring revenue by tier/{{tier}}",
        "select tier, sum(price_cents) / 100.0 from tenant where status = 'active' group by tier");
    EXPECTED.put("Payments received/received", "select '', sum(amount_cents) / 100.0 from payment");
    EXPECTED.put(
        "Open invoices", "select '', sum(amount_cents) / 100.0 from invoice where paid_at is null");
    EXPECTED.put("Invoices issued and paid/issued", "select '', count(*) from invoice");
    EXPECTED.put("Invoices issued and paid/paid", "select '', count(paid_at) from invoice");
    EXPECTED.put(
        "Revenue by tenant",
        "select t.id, coalesce((select sum(p.amount_cents) from payment p where p.tenant_id = t.id), 0) / 100.0"
            + " from tenant t");
    EXPECTED.put(
        "Feature use per minute/{{feature}}",
        "select feature, count(*) / 5.0 from usage_event group by feature");
    EXPECTED.put(
        "Feature adoption/{{feature}}",
        "select u.feature, count(distinct u.tenant_id) * 1.0 / (select count(*) from tenant where status = 'active')"
            + " from usage_event u join tenant t on t.id = u.tenant_id where t.status = 'active' group by u.feature");
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().build();

  @LocalServerPort private int port;
  @Autowired private JdbcClient database;

  @Test
  void everyBusinessPanelAgreesWithTheDatabase() throws Exception {
    drive();
    PanelArithmetic arithmetic =
        new PanelArithmetic(send("GET", "/metrics", null, null, 200).asString());
    List<Executable> checks = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    for (JsonNode panel : json.readTree(DASHBOARD.toFile()).path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String legend = target.path("legendFormat").asString("");
        String key = panel.path("title").asString() + (legend.isEmpty() ? "" : "/" + legend);
        seen.add(key);
        checks.add(() -> agrees(key, arithmetic.evaluate(target.path("expr").asString())));
      }
    }
    assertAll(checks);
    assertThat(seen).containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
  }

  private void agrees(String key, Map<String, Double> shown) {
    assertThat(EXPECTED).as("a statement for every target").containsKey(key);
    Map<String, Double> expected = new TreeMap<>();
    database
        .sql(EXPECTED.get(key))
        .query(row -> {
          expected.put(row.getString(1), row.getDouble(2));
        });
    assertThat(shown.keySet()).as(key).isEqualTo(expected.keySet());
    expected.forEach((label, value) ->
        assertThat(shown.get(label)).as(key + " " + label).isCloseTo(value, Offset.offset(1e-6)));
  }

  private void drive() throws Exception {
    String acme = tenant("Acme Ltd.", "team");
    String borealis = tenant("Borealis", "enterprise");
    String cobalt = tenant("Cobalt", "free");
    String leaving = tenant("???", "team");
    assertThat(acme).startsWith("acme-ltd-");
    assertThat(leaving).startsWith("tenant-");
    String ada = user(acme, "ada@acme.test");
    String ben = user(borealis, "ben@borealis.test");
    String cat = user(cobalt, "cat@cobalt.test");
    send("POST", "/api/users", null, registration(acme, "stray@acme.test"), 201);
    String lea = user(leaving, "lea@leaving.test");

    String first =
        send("POST", "/api/artifacts", ada, artifact("Contract", 1200), 201).path("id").asString();
    String second =
        send("POST", "/api/artifacts", ada, artifact("Design", 800), 201).path("id").asString();
    send("POST", "/api/artifacts", ben, artifact("Plan", 5000), 201);
    assertThat(send("GET", "/api/artifacts?q=cont&tag=legal", ada, null, 200)).hasSize(1);
    assertThat(send("GET", "/api/artifacts?q=%25", ada, null, 200)).isEmpty();
    send("GET", "/api/artifacts/" + first, ada, null, 200);
    send("POST", "/api/artifacts/" + first + "/shares", ada, Map.of("with", "x@y.test"), 201);
    send("DELETE", "/api/artifacts/" + second, ada, null, 204);
    refuse(ada, ben, acme, first, second);

    JsonNode invoices = send("GET", "/api/invoices", ben, null, 200);
    String invoice = invoices.path(0).path("id").asString();
    String metrics = send("GET", "/metrics", null, null, 200).asString();
    assertThat(metrics).contains(PAYMENT_DROPPED + " 0.0").contains(NOTHING_PAID + borealis);
    assertThat(
            send("POST", "/api/invoices/" + invoice + "/payments", ben, null, 502)
                .path("detail")
                .asString())
        .contains("the invoice stays open");
    assertThat(send("GET", "/metrics", null, null, 200).asString())
        .contains(PAYMENT_DROPPED + " 1.0");
    send("POST", "/api/invoices/" + invoice + "/payments", ben, null, 201);
    send("POST", "/api/invoices/" + invoice + "/payments", ben, null, 409);
    send("PUT", "/api/tenants/" + cobalt + "/plan", cat, Map.of("tier", "team"), 200);
    send("PUT", "/api/tenants/" + borealis + "/plan", ben, Map.of("tier", "team"), 200);
    send("PUT", "/api/tenants/" + borealis + "/plan", ben, Map.of("tier", "team"), 409);
    send("DELETE", "/api/tenants/" + leaving, lea, null, 204);
    send("GET", "/api/me", lea, null, 401);
    assertThat(send("GET", "/api/usage", ada, null, 200)).isNotEmpty();
  }

  /** What must be refused, and must not be counted. */
  private void refuse(String ada, String ben, String acme, String first, String deleted)
      throws Exception {
    send("GET", "/api/artifacts/" + first, ben, null, 404);
    send("GET", "/api/tenants/" + acme, ben, null, 404);
    send("GET", "/api/artifacts/" + deleted, ada, null, 404);
    send("POST", "/api/artifacts", ada, artifact("", 1), 400);
    send("POST", "/api/artifacts", ada, artifact("x", -1), 400);
    send("POST", "/api/artifacts/" + first + "/shares", ada, Map.of("with", "nobody"), 400);
    refuseUnreadable(ada);
    send("POST", "/api/users", null, registration(acme, "ada@acme.test"), 409);
    send("POST", "/api/users", null, registration("nowhere", "new@acme.test"), 404);
    send("POST", "/api/sessions", null, Map.of("email", "ada@acme.test", "password", "wrong"), 401);
    send(
        "POST",
        "/api/sessions",
        null,
        Map.of("email", "stray@acme.test", "password", "secret"),
        409);
    send("POST", "/api/tenants", null, Map.of("name", "X", "tier", "gold"), 400);
    send("GET", "/api/me", "forged", null, 401);
    send("PUT", "/internal/faults/nothing", null, Map.of("on", true), 404);
    assertThat(
            send("PUT", "/internal/faults/errors", null, Map.of("on", false), 200)
                .path("on")
                .asBoolean())
        .isFalse();
  }

  /** Bodies and parameters that no form of the application would send. */
  private void refuseUnreadable(String ada) throws Exception {
    assertThat(detail("POST", "/api/artifacts", ada, Map.of("name", "x", "sizeBytes", "many")))
        .isEqualTo("sizeBytes is missing or of the wrong type");
    assertThat(detail("POST", "/api/artifacts", ada, Map.of("name", "x")))
        .isEqualTo("sizeBytes is missing or of the wrong type");
    assertThat(detail("POST", "/api/artifacts", ada, Map.of("name", List.of(), "sizeBytes", 1)))
        .isEqualTo("name is missing or of the wrong type");
    assertThat(detail("POST", "/api/artifacts", ada, artifact("a\u0000b", 1)))
        .isEqualTo("name must have no control characters, got U+0000");
    assertThat(detail("POST", "/api/artifacts", ada, artifact("x".repeat(201), 1)))
        .isEqualTo("name must have at most 200 characters, got 201");
    assertThat(detail("POST", "/api/artifacts", ada, null)).startsWith("the body must be");
    assertThat(detail("GET", "/api/artifacts?q=%00", ada, null))
        .isEqualTo("q must have no control characters, got U+0000");
    assertThat(detail("GET", "/api/artifacts?q=%ff%fe", ada, null))
        .isEqualTo("the parameters in the address must be percent-encoded UTF-8");
    assertThat(detail("GET", "/api/artifacts?tag=" + "x".repeat(51), ada, null))
        .isEqualTo("tag must have at most 50 characters, got 51");
    assertThat(detail("POST", "/api/tenants", null, Map.of("name", "X")))
        .isEqualTo("tier is required");
    send("PATCH", "/api/artifacts", ada, Map.of(), 405);
    send("GET", "/api/nothing", ada, null, 404);
  }

  private String detail(String method, String path, String token, Map<String, ?> body)
      throws Exception {
    return send(method, path, token, body, 400).path("detail").asString();
  }

  private String tenant(String name, String tier) throws Exception {
    return send("POST", "/api/tenants", null, Map.of("name", name, "tier", tier), 201)
        .path("id")
        .asString();
  }

  /** Registers, activates and logs in; gives the token. */
  private String user(String tenant, String email) throws Exception {
    JsonNode user = send("POST", "/api/users", null, registration(tenant, email), 201);
    Map<String, Object> code = Map.of("code", user.path("activationCode").asString());
    send("POST", "/api/users/" + user.path("userId").asString() + "/activation", null, code, 204);
    send("POST", "/api/users/" + user.path("userId").asString() + "/activation", null, code, 409);
    return send("POST", "/api/sessions", null, Map.of("email", email, "password", "secret"), 201)
        .path("token")
        .asString();
  }

  private static Map<String, Object> registration(String tenant, String email) {
    return Map.of("tenantId", tenant, "email", email, "name", "Somebody", "password", "secret");
  }

  private static Map<String, Object> artifact(String name, long size) {
    return Map.of("name", name, "sizeBytes", size, "tags", List.of("legal", "draft", "legal"));
  }

  private JsonNode send(String method, String path, String token, Map<String, ?> body, int status)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(json.writeValueAsString(body)))
            .header("Content-Type", "application/json");
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
