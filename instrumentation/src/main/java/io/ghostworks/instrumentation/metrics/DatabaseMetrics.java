package io.ghostworks.instrumentation.metrics;

import io.opentelemetry.context.Context;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/**
 * The metrics of an application's database: connections, waits for one, statements and slow
 * statements.
 *
 * <p>The operation of a statement is its SQL keyword, one of a fixed set. Durations are in seconds.
 * Thread-safe.
 */
public final class DatabaseMetrics {
  private static final double[] QUERY_BUCKETS_SECONDS = {
    .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5
  };
  private static final double[] WAIT_BUCKETS_SECONDS = {
    .0001, .0005, .001, .005, .01, .05, .1, .5, 1, 5, 30
  };

  /**
   * What every application does: shown as 0 until it is slow or fails, so that the first time is
   * seen as an increase.
   */
  private static final List<String> COMMON_OPERATIONS =
      List.of("SELECT", "INSERT", "UPDATE", "DELETE");

  private final Gauge connectionsActive;
  private final Gauge connectionsMax;
  private final Gauge waiting;
  private final Histogram poolWait;
  private final Counter poolErrors;
  private final Histogram queryDuration;
  private final Counter slowQueries;
  private final Counter queryErrors;

  public DatabaseMetrics(PrometheusRegistry registry) {
    this.connectionsActive =
        gauge(registry, "database_connections_active", "Active database connections");
    this.connectionsMax =
        gauge(registry, "database_connections_max", "Largest number of database connections");
    this.waiting =
        gauge(registry, "database_pool_waiting", "Threads that wait for a database connection now");
    this.poolWait =
        Histogram.builder()
            .name("database_pool_wait_seconds")
            .help("Time from asking the pool for a connection to having it")
            .classicOnly()
            .classicUpperBounds(WAIT_BUCKETS_SECONDS)
            .register(registry);
    this.poolErrors =
        Counter.builder()
            .name("database_pool_errors_total")
            .help("Requests for a connection that ended without one")
            .register(registry);
    this.queryDuration =
        Histogram.builder()
            .name("database_query_duration_seconds")
            .help("Duration of database statements by operation")
            .labelNames("operation")
            .classicOnly()
            .classicUpperBounds(QUERY_BUCKETS_SECONDS)
            .register(registry);
    this.slowQueries =
        Counter.builder()
            .name("database_slow_queries_total")
            .help("Database statements that took longer than the threshold")
            .labelNames("operation")
            .register(registry);
    this.queryErrors =
        Counter.builder()
            .name("database_query_errors_total")
            .help("Database statements that failed")
            .labelNames("operation")
            .register(registry);
    for (String operation : COMMON_OPERATIONS) {
      slowQueries.initLabelValues(operation);
      queryErrors.initLabelValues(operation);
    }
  }

  public void connectionsMax(int connections) {
    connectionsMax.set(connections);
  }

  public void waitStarted() {
    waiting.inc();
  }

  /** The wait for a connection is over; {@code obtained} tells whether with one. */
  public void waitEnded(Context context, double seconds, boolean obtained) {
    waiting.dec();
    Exemplars.observe(poolWait, seconds, context);
    if (obtained) {
      connectionsActive.inc();
    } else {
      poolErrors.inc();
    }
  }

  public void connectionClosed() {
    connectionsActive.dec();
  }

  public void queried(
      Context context, String operation, double seconds, boolean slow, boolean failed) {
    Exemplars.observe(queryDuration.labelValues(operation), seconds, context);
    if (slow) {
      slowQueries.labelValues(operation).inc();
    }
    if (failed) {
      queryErrors.labelValues(operation).inc();
    }
  }

  private static Gauge gauge(PrometheusRegistry registry, String name, String help) {
    return Gauge.builder().name(name).help(help).register(registry);
  }
}
