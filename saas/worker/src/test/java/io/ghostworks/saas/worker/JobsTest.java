package io.ghostworks.saas.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.ghostworks.instrumentation.Exporters;
import io.ghostworks.instrumentation.Telemetry;
import io.ghostworks.instrumentation.TelemetrySettings;
import io.ghostworks.instrumentation.context.TelemetryContext;
import io.ghostworks.instrumentation.metrics.JobMetrics.QueueState;
import io.ghostworks.saas.domain.Database;
import io.ghostworks.saas.domain.Job;
import io.ghostworks.saas.domain.JobQueue;
import io.ghostworks.saas.domain.JobSerializer;
import io.ghostworks.saas.domain.QueueStates;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worker's jobs on a database in memory, run by hand at a time of the test's. */
class JobsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final Telemetry telemetry =
      Telemetry.open(
          TelemetrySettings.of("worker"),
          new Exporters(List.of(SimpleSpanProcessor.create(spans)), List.of(), List.of()));
  private final SettableClock time = new SettableClock();
  private final Clock clock = new TestClock(time);
  private final JdbcConnectionPool pool =
      JdbcConnectionPool.create(
          "jdbc:h2:mem:" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1", "sa", "");
  private final DataSource database = telemetry.observe(pool, "jdbc:h2:mem:", 10);
  private final JobQueue queue = new JobQueue(database, telemetry.jobs(), clock);
  private Renewal renewal;
  private ManualScheduler scheduler;

  @BeforeEach
  void open() throws SQLException {
    time.set(START);
    Database.createSchema(database);
    execute(
        "insert into tenant values ('acme', 'Acme', 'team', 4900, 'p-1', 'active', now(), null)");
    execute("insert into app_user values ('u-1', 'acme', 'a@b', 'A', '', '', '', now(), now())");
    execute("insert into artifact values ('art-1', 'acme', 'u-1', 'One', 1, now(), null, null)");
    renewal = new Renewal(database, queue, telemetry.business(), clock);
    Jobs jobs =
        new Jobs(
            telemetry,
            Map.of(
                Job.PROCESS_ARTIFACT, new ArtifactProcessing(database, telemetry.spans(), clock),
                Job.SEND_EMAIL, new Mailing(telemetry.spans()),
                Job.RENEW_PLAN, renewal),
            renewal::expect);
    TestHelper.ManualSchedulerBuilder builder =
        TestHelper.createManualScheduler(database, jobs.tasks()).clock(time);
    builder.serializer(new JobSerializer());
    scheduler = builder.build();
  }

  @AfterEach
  void close() {
    telemetry.close();
    pool.dispose();
  }

  @Test
  void aJobRunsInTheTraceAndForTheTenantThatAskedForIt() throws SQLException {
    telemetry
        .spans()
        .run(
            "artifact.create",
            span -> {
              try (Scope _ =
                  TelemetryContext.withIdentity(Context.current(), "acme", "u-1").makeCurrent()) {
                queue.add(Job.PROCESS_ARTIFACT, Map.of("artifactId", "art-1"));
              }
            });
    scheduler.runAnyDueExecutions();
    assertThat(number("select count(*) from artifact where processed_at is not null")).isEqualTo(1);
    SpanData processed =
        spans.getFinishedSpanItems().stream()
            .filter(span -> span.getName().equals("process artifact.process"))
            .findFirst()
            .orElseThrow();
    SpanData asked =
        spans.getFinishedSpanItems().stream()
            .filter(span -> span.getName().equals("artifact.create"))
            .findFirst()
            .orElseThrow();
    assertThat(processed.getTraceId()).isEqualTo(asked.getTraceId());
    assertThat(processed.getAttributes().get(AttributeKey.stringKey("tenant.id")))
        .isEqualTo("acme");
    assertThat(metrics()).contains("invoices_issued_total{tenant_id=\"acme\"} 0.0");
  }

  @Test
  void theQueueShowsItsDepthAndTheAgeOfItsOldestJob() {
    queue.add(Job.SEND_EMAIL, Map.of("template", "share"), START.minusSeconds(40));
    queue.add(Job.SEND_EMAIL, Map.of("template", "share"));
    queue.add(Job.SEND_EMAIL, Map.of("template", "later"), START.plusSeconds(60));
    assertThat(new QueueStates(database, clock).get())
        .containsEntry("email.send", new QueueState(2, 40))
        .containsEntry("artifact.process", new QueueState(0, 0));
    scheduler.runAnyDueExecutions();
    assertThat(new QueueStates(database, clock).get())
        .containsEntry("email.send", new QueueState(0, 0));
  }

  @Test
  void aPlanIsInvoicedOnceAPeriodUntilItEnds() throws SQLException {
    Duration period = Duration.ofDays(30);
    queue.add(
        Job.RENEW_PLAN,
        Map.of("tenantId", "acme", "planId", "p-1", "number", "1", "period", period.toString()),
        START.plus(period));
    scheduler.runAnyDueExecutions();
    assertThat(number("select count(*) from invoice")).isZero();
    time.set(START.plus(period));
    scheduler.runAnyDueExecutions();
    assertThat(number("select count(*) from invoice where amount_cents = 4900")).isEqualTo(1);
    time.set(START.plus(period.multipliedBy(2)));
    scheduler.runAnyDueExecutions();
    assertThat(number("select count(*) from invoice")).isEqualTo(2);
    execute("update tenant set plan_id = 'p-2', price_cents = 49900");
    time.set(START.plus(period.multipliedBy(3)));
    scheduler.runAnyDueExecutions();
    assertThat(number("select count(*) from invoice")).isEqualTo(2);
    assertThat(number("select count(*) from scheduled_tasks where task_name = 'plan.renew'"))
        .isZero();
    assertThat(metrics()).contains("invoices_issued_total{tenant_id=\"acme\"} 2.0");
  }

  @Test
  void aJobThatRunsTwiceInvoicesOnce() throws SQLException {
    Renewal renewal = new Renewal(database, queue, otherMetrics(), clock);
    Job job =
        new Job(
            Map.of("tenantId", "acme", "planId", "p-1", "number", "1", "period", "P30D"), Map.of());
    renewal.handle("p-1-1", job);
    renewal.handle("p-1-1", job);
    assertThat(number("select count(*) from invoice")).isEqualTo(1);
    assertThat(number("select count(*) from scheduled_tasks where task_name = 'plan.renew'"))
        .isEqualTo(1);
  }

  @Test
  void aJobThatFailsIsTriedAgainLater() throws SQLException {
    queue.add(Job.PROCESS_ARTIFACT, Map.of("no", "artifact"));
    scheduler.runAnyDueExecutions();
    assertThat(number("select consecutive_failures from scheduled_tasks")).isEqualTo(1);
    assertThat(metrics())
        .contains("jobs_processed_total{job_name=\"artifact.process\",outcome=\"failure\"} 1.0");
  }

  @Test
  void countersOfWhatIsSureToComeBeginAtZero() throws SQLException {
    renewal.expectTenants();
    telemetry.jobs().metrics().expectProcessed(Job.names());
    assertThat(metrics())
        .contains("invoices_issued_total{tenant_id=\"acme\"} 0.0")
        .contains("jobs_processed_total{job_name=\"plan.renew\",outcome=\"failure\"} 0.0")
        .contains("job_duration_seconds_count{job_name=\"email.send\"} 0");
  }

  private String metrics() {
    return new String(telemetry.metricsPage().render(null).body(), StandardCharsets.UTF_8);
  }

  private static io.ghostworks.instrumentation.metrics.BusinessMetrics otherMetrics() {
    return Telemetry.open(
            TelemetrySettings.of("other"), new Exporters(List.of(), List.of(), List.of()))
        .business();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** The scheduler's clock as Java's. */
  private static final class TestClock extends Clock {
    private final SettableClock time;

    TestClock(SettableClock time) {
      this.time = time;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return time.now();
    }
  }
}
