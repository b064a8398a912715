package io.ghostworks.saas.worker;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ghostworks.instrumentation.Telemetry;
import io.ghostworks.instrumentation.TelemetrySettings;
import io.ghostworks.saas.domain.Database;
import io.ghostworks.saas.domain.Job;
import io.ghostworks.saas.domain.JobQueue;
import io.ghostworks.saas.domain.JobSerializer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.slf4j.LoggerFactory;

/** The worker process: connected at start, stopped by the signal that ends the process. */
public final class Worker implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final Telemetry telemetry;
  private final HikariDataSource pool;
  private final Scheduler scheduler;
  private final StatusServer server;

  private Worker(
      Telemetry telemetry, HikariDataSource pool, Scheduler scheduler, StatusServer server) {
    this.telemetry = telemetry;
    this.pool = pool;
    this.scheduler = scheduler;
    this.server = server;
  }

  public static void main(String[] arguments)
      throws IOException, SQLException, InterruptedException {
    Worker worker = start(WorkerSettings.fromEnvironment());
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  worker.close();
                  stopped.countDown();
                },
                "worker-stop"));
    stopped.await();
  }

  static Worker start(WorkerSettings settings) throws IOException, SQLException {
    Telemetry telemetry =
        Telemetry.open(
            TelemetrySettings.of("worker")
                .withResourceAttributes(
                    Map.of(
                        "service.version",
                        "0.1.0",
                        "service.namespace",
                        "saas",
                        "deployment.environment.name",
                        "demo"))
                .withOtlpEndpoint(settings.otlp())
                .withSamplingProbability(settings.samplingProbability()));
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.databaseUrl());
    config.setUsername(settings.databaseUser());
    config.setPassword(settings.databasePassword());
    config.setMaximumPoolSize(settings.threads() + 4);
    config.setMinimumIdle(2);
    HikariDataSource pool = new HikariDataSource(config);
    DataSource dataSource = telemetry.observe(pool, settings.databaseUrl(), settings.threads() + 4);
    Database.createSchema(dataSource);
    Scheduler scheduler = scheduler(settings, telemetry, dataSource);
    telemetry.jobs().metrics().threadsMax(settings.threads());
    telemetry.jobs().metrics().expectProcessed(Job.names());
    StatusServer server = StatusServer.open(settings.port(), telemetry.metricsPage());
    scheduler.start();
    LoggerFactory.getLogger(Worker.class)
        .atInfo()
        .addKeyValue("port", settings.port())
        .log("Worker started");
    return new Worker(telemetry, pool, scheduler, server);
  }

  private static Scheduler scheduler(
      WorkerSettings settings, Telemetry telemetry, DataSource dataSource) throws SQLException {
    Clock clock = Clock.systemUTC();
    JobQueue queue = new JobQueue(dataSource, telemetry.jobs(), clock);
    Renewal renewal = new Renewal(dataSource, queue, telemetry.business(), clock);
    renewal.expectTenants();
    Jobs jobs =
        new Jobs(
            telemetry,
            Map.of(
                Job.PROCESS_ARTIFACT, new ArtifactProcessing(dataSource, telemetry.spans(), clock),
                Job.SEND_EMAIL, new Mailing(telemetry.spans()),
                Job.RENEW_PLAN, renewal),
            renewal::expect);
    return Scheduler.create(dataSource, jobs.tasks())
        .serializer(new JobSerializer())
        .threads(settings.threads())
        .pollingInterval(POLL)
        .shutdownMaxWait(STOP)
        .build();
  }

  /**
   * Takes no further job, lets the running ones end for a few seconds, and sends the last
   * telemetry.
   */
  @Override
  public void close() {
    scheduler.stop();
    server.close();
    pool.close();
    telemetry.close();
  }
}
