package io.ghostworks.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.instrumentation.context.RequestState;
import io.ghostworks.instrumentation.context.TelemetryContext;
import io.ghostworks.instrumentation.http.ServerRequest;
import io.ghostworks.instrumentation.logging.AuditLog;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The library as an application uses it, with exporters in memory. */
@SuppressWarnings("try") // scopes are held, not used
class TelemetryTest {
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final InMemoryLogRecordExporter logs = InMemoryLogRecordExporter.create();
  private final InMemoryLogRecordExporter audit = InMemoryLogRecordExporter.create();
  private final Telemetry telemetry =
      Telemetry.open(
          TelemetrySettings.of("shop").withResourceAttributes(Map.of("service.version", "1.2")),
          new Exporters(
              List.of(SimpleSpanProcessor.create(spans)),
              List.of(SimpleLogRecordProcessor.create(logs)),
              List.of(SimpleLogRecordProcessor.create(audit))));

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void aRequestBecomesGoldenSignalsWithExactlyTheNamedLabels() {
    serve(
        Map.of(), 201, null, () -> assertThat(page(null)).contains("http_requests_in_flight 1.0"));
    assertThat(page(null))
        .contains(
            "http_requests_total{endpoint=\"/api/artifacts/{id}\",method=\"POST\",status_code=\"201\"} 1.0")
        .contains(
            "http_request_duration_seconds_bucket{endpoint=\"/api/artifacts/{id}\",method=\"POST\",status_code=\"201\",le=\"0.5\"} 1")
        .contains("http_requests_by_tenant_total{tenant_id=\"acme\"} 1.0")
        .contains("http_requests_in_flight 0.0")
        .contains("process_cpu_seconds_total");
  }

  @Test
  void openMetricsCarriesTheTraceAsExemplar() {
    serve(Map.of("traceparent", TRACEPARENT), 200, null, () -> {});
    assertThat(page("application/openmetrics-text;version=1.0.0"))
        .containsPattern(
            "http_request_duration_seconds_bucket\\{.*} 1 # \\{span_id=\"[0-9a-f]{16}\",trace_id=\"0af7651916cd43dd8448eb211c80319c\"}")
        .endsWith("# EOF\n");
    assertThat(page(null)).doesNotContain("trace_id");
  }

  @Test
  void everySpanAndEveryLogLineOfARequestSaysForWhomItIs() {
    serve(
        Map.of(
            "X-Request-ID",
            "req-7",
            "traceparent",
            TRACEPARENT,
            "baggage",
            "tenant.id=forged,other=kept"),
        200,
        null,
        () ->
            telemetry
                .spans()
                .run(
                    "artifact.create",
                    span -> {
                      span.setAttribute("artifact.tags_count", 2);
                      LoggerFactory.getLogger("app")
                          .atInfo()
                          .addKeyValue("tags", 2)
                          .log("Creating artifact");
                    }));
    assertThat(spans.getFinishedSpanItems())
        .extracting(SpanData::getName)
        .containsExactly("artifact.create", "POST /api/artifacts/{id}");
    for (SpanData span : spans.getFinishedSpanItems()) {
      assertThat(text(span, "tenant.id")).isEqualTo("acme");
      assertThat(text(span, "user.id")).isEqualTo("u-1");
      assertThat(text(span, "correlation.id")).isEqualTo("req-7");
      assertThat(span.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }
    LogRecordData record = logs.getFinishedLogRecordItems().get(0);
    assertThat(record.getAttributes().get(AttributeKey.stringKey("tenant.id"))).isEqualTo("acme");
    assertThat(record.getAttributes().get(AttributeKey.stringKey("correlation.id")))
        .isEqualTo("req-7");
    assertThat(record.getAttributes().get(AttributeKey.longKey("tags"))).isEqualTo(2);
    assertThat(record.getSpanContext().getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
  }

  @Test
  void aRootTraceCarriesItsSamplingThreshold() {
    serve(Map.of(), 200, null, () -> {});
    assertThat(spans.getFinishedSpanItems().get(0).getSpanContext().getTraceState().get("ot"))
        .isEqualTo("th:0");
  }

  @Test
  void aFailedRequestIsCountedByTypeOfError() {
    serve(Map.of(), 500, new IllegalStateException("broken"), () -> {});
    serve(Map.of(), 404, null, () -> {});
    serve(
        Map.of(),
        409,
        null,
        () -> {
          RequestState state = RequestState.findIn(Context.current());
          assertThat(state).isNotNull();
          state.errorType("quota_exceeded");
        });
    assertThat(page(null))
        .contains("http_errors_total{error_type=\"IllegalStateException\"} 1.0")
        .contains("http_errors_total{error_type=\"http_404\"} 1.0")
        .contains("http_errors_total{error_type=\"quota_exceeded\"} 1.0");
    assertThat(spans.getFinishedSpanItems().get(0).getStatus()).isEqualTo(StatusData.error());
    assertThat(spans.getFinishedSpanItems().get(1).getStatus()).isEqualTo(StatusData.unset());
  }

  @Test
  void unknownMethodsAndRoutesDoNotBecomeLabels() {
    ServerRequest request = telemetry.http().start("PROPFIND", "http", "/x/1234", name -> null);
    request.end(null, 404, null);
    assertThat(page(null))
        .contains(
            "http_requests_total{endpoint=\"_unmatched\",method=\"_OTHER\",status_code=\"404\"} 1.0");
  }

  @Test
  void statementsAreSpansWithoutTheirValues() throws SQLException {
    DataSource data = database();
    serve(
        Map.of(),
        200,
        null,
        () -> {
          try (Connection connection = data.getConnection();
              PreparedStatement insert =
                  connection.prepareStatement("insert into artifact values (?, 'secret')")) {
            assertThat(page(null)).contains("database_connections_active 1.0");
            insert.setString(1, "alsosecret");
            insert.executeUpdate();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
    SpanData statement = spans.getFinishedSpanItems().get(0);
    assertThat(statement.getName()).isEqualTo("INSERT artifact");
    assertThat(text(statement, "db.system.name")).isEqualTo("h2database");
    assertThat(text(statement, "db.query.text")).isEqualTo("insert into artifact values (?, ?)");
    assertThat(text(statement, "tenant.id")).isEqualTo("acme");
    assertThat(statement.toString()).doesNotContain("secret");
    assertThat(page(null))
        .contains("database_connections_active 0.0")
        .contains("database_connections_max 10.0")
        .contains("database_query_duration_seconds_count{operation=\"INSERT\"} 1")
        .contains("database_pool_wait_seconds_count 2");
  }

  @Test
  void statementsOutsideATraceMakeNoSpans() throws SQLException {
    database();
    assertThat(spans.getFinishedSpanItems()).isEmpty();
    assertThat(page(null))
        .contains("database_query_duration_seconds_count{operation=\"CREATE\"} 1");
  }

  @Test
  void aSlowStatementIsCountedAndLoggedWithoutItsValues() throws SQLException {
    try (Telemetry strict =
        Telemetry.open(
            TelemetrySettings.of("strict").withSlowQuery(Duration.ofNanos(1)),
            new Exporters(List.of(), List.of(SimpleLogRecordProcessor.create(logs)), List.of()))) {
      JdbcDataSource h2 = new JdbcDataSource();
      h2.setURL("jdbc:h2:mem:slow");
      try (Connection connection = strict.observe(h2, h2.getURL(), 10).getConnection();
          var statement = connection.createStatement()) {
        statement.execute("select 'secret'");
      }
      assertThat(new String(strict.metricsPage().render(null).body(), StandardCharsets.UTF_8))
          .contains("database_slow_queries_total{operation=\"SELECT\"} 1.0");
      LogRecordData record = logs.getFinishedLogRecordItems().get(0);
      assertThat(record.getSeverity()).isEqualTo(Severity.WARN);
      assertThat(record.getAttributes().get(AttributeKey.stringKey("query"))).isEqualTo("select ?");
    }
  }

  @Test
  void aPoolThatGivesNoConnectionIsCounted() {
    JdbcDataSource unreachable = new JdbcDataSource();
    unreachable.setURL("jdbc:h2:tcp://127.0.0.1:1/none");
    DataSource data = telemetry.observe(unreachable, unreachable.getURL(), 10);
    assertThatThrownBy(data::getConnection).isInstanceOf(SQLException.class);
    assertThat(page(null))
        .contains("database_pool_errors_total 1.0")
        .contains("database_pool_waiting 0.0")
        .contains("database_connections_active 0.0");
  }

  @Test
  void whatIsSureToComeIsCountedFromZero() {
    telemetry.http().expectAnswer("POST", "/api/payments", 502);
    telemetry.jobs().metrics().expectEnqueued(List.of("email.send"));
    telemetry.jobs().metrics().expectProcessed(List.of("email.send"));
    assertThat(page(null))
        .contains(
            "http_requests_total{endpoint=\"/api/payments\",method=\"POST\",status_code=\"502\"} 0.0")
        .contains("jobs_enqueued_total{job_name=\"email.send\"} 0.0")
        .contains("jobs_processed_total{job_name=\"email.send\",outcome=\"failure\"} 0.0");
  }

  @Test
  void aFailingStatementIsAnErrorSpanWithItsState() throws SQLException {
    DataSource data = database();
    serve(
        Map.of(),
        200,
        null,
        () ->
            assertThatThrownBy(
                    () -> {
                      try (Connection connection = data.getConnection();
                          var statement = connection.createStatement()) {
                        statement.execute("select * from missing where a = 'secret'");
                      }
                    })
                .isInstanceOf(SQLException.class));
    SpanData statement = spans.getFinishedSpanItems().get(0);
    assertThat(text(statement, "db.response.status_code")).isEqualTo("42S02");
    assertThat(statement.getStatus().getStatusCode())
        .isEqualTo(io.opentelemetry.api.trace.StatusCode.ERROR);
    assertThat(statement.toString()).doesNotContain("secret");
    assertThat(page(null)).contains("database_query_errors_total{operation=\"SELECT\"} 1.0");
  }

  @Test
  void aJobRunsInTheTraceAndForTheTenantThatEnqueuedIt() throws Exception {
    AtomicReference<Map<String, String>> stored = new AtomicReference<>();
    serve(
        Map.of("X-Request-ID", "req-9"),
        202,
        null,
        () -> telemetry.jobs().enqueue("email.send", stored::set));
    telemetry
        .jobs()
        .run(
            "email.send",
            stored.get(),
            Instant.now().minusSeconds(2),
            () -> {
              assertThat(TelemetryContext.tenantId(Context.current())).isEqualTo("acme");
              LoggerFactory.getLogger("app").info("Sending mail");
            });
    List<SpanData> finished = spans.getFinishedSpanItems();
    assertThat(finished)
        .extracting(SpanData::getName)
        .containsExactly("publish email.send", "POST /api/artifacts/{id}", "process email.send");
    SpanData consumer = finished.get(2);
    assertThat(consumer.getTraceId()).isEqualTo(finished.get(1).getTraceId());
    assertThat(consumer.getParentSpanId()).isEqualTo(finished.get(0).getSpanId());
    assertThat(text(consumer, "correlation.id")).isEqualTo("req-9");
    assertThat(page(null))
        .contains("jobs_enqueued_total{job_name=\"email.send\"} 1.0")
        .contains("jobs_processed_total{job_name=\"email.send\",outcome=\"success\"} 1.0")
        .contains("job_wait_seconds_bucket{job_name=\"email.send\",le=\"1.0\"} 0");
  }

  @Test
  void aFailingJobIsCountedAndThrown() {
    assertThatThrownBy(() ->
            telemetry
                .jobs()
                .run(
                    "email.send",
                    Map.of(),
                    Instant.now(),
                    () -> {
                      throw new java.io.IOException("no route");
                    }))
        .hasMessage("no route");
    assertThat(page(null))
        .contains("jobs_processed_total{job_name=\"email.send\",outcome=\"failure\"} 1.0");
  }

  @Test
  void theAuditLogIsAStreamOfItsOwn() {
    serve(
        Map.of(),
        200,
        null,
        () ->
            telemetry
                .audit()
                .record(
                    "plan.change", "tenant/acme", AuditLog.Outcome.SUCCESS, Map.of("to", "team")));
    assertThat(logs.getFinishedLogRecordItems()).isEmpty();
    LogRecordData record = audit.getFinishedLogRecordItems().get(0);
    assertThat(record.getResource().getAttribute(AttributeKey.stringKey("log_type")))
        .isEqualTo("audit");
    assertThat(record.getResource().getAttribute(AttributeKey.stringKey("service.name")))
        .isEqualTo("shop");
    assertThat(record.getAttributes().asMap())
        .containsEntry(AttributeKey.stringKey("action"), "plan.change")
        .containsEntry(AttributeKey.stringKey("to"), "team")
        .containsEntry(AttributeKey.stringKey("tenant.id"), "acme")
        .containsEntry(AttributeKey.stringKey("user.id"), "u-1");
  }

  private DataSource database() throws SQLException {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1");
    DataSource data = telemetry.observe(h2, h2.getURL(), 10);
    try (Connection connection = data.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create table artifact (id varchar(40), name varchar(40))");
    }
    return data;
  }

  /** One request of user u-1 of tenant acme. */
  private void serve(Map<String, String> headers, int status, Throwable failure, Runnable handler) {
    Map<String, String> lowerCase = new HashMap<>();
    headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(java.util.Locale.ROOT), value));
    ServerRequest request =
        telemetry
            .http()
            .start(
                "POST",
                "http",
                "/api/artifacts/17",
                name -> lowerCase.get(name.toLowerCase(java.util.Locale.ROOT)));
    try (Scope ignored =
        TelemetryContext.withIdentity(request.context(), "acme", "u-1").makeCurrent()) {
      handler.run();
    }
    request.end("/api/artifacts/{id}", status, failure);
  }

  private static String text(SpanData span, String key) {
    return span.getAttributes().get(AttributeKey.stringKey(key));
  }

  private String page(String accept) {
    return new String(telemetry.metricsPage().render(accept).body(), StandardCharsets.UTF_8);
  }
}
