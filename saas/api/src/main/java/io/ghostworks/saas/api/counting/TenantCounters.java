package io.ghostworks.saas.api.counting;

import io.ghostworks.instrumentation.metrics.BusinessMetrics;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes the counters that each tenant has. A tenant's counters are there as 0 from its sign-up on,
 * those of tenants in the database from the start of the process on: a counter that began with its
 * first event would hide that event from {@code rate} and {@code increase}. Thread-safe.
 */
@Component
public final class TenantCounters implements SmartInitializingSingleton {
  private final BusinessMetrics metrics;
  private final JdbcClient database;
  private final List<Consumer<String>> beginnings = new CopyOnWriteArrayList<>();

  TenantCounters(BusinessMetrics metrics, JdbcClient database) {
    this.metrics = metrics;
    this.database = database;
  }

  /** A counter by tenant. */
  public CommittedCounter counter(String name, String help) {
    CommittedCounter counter = new CommittedCounter(metrics.tenantCounter(name, help));
    beginnings.add(tenantId -> counter.startingAtZero(tenantId));
    return counter;
  }

  /** A counter by tenant and a second label, all values of which are known. */
  public CommittedCounter counter(String name, String help, String label, List<String> values) {
    CommittedCounter counter = new CommittedCounter(metrics.tenantCounter(name, help, label));
    beginnings.add(tenantId -> values.forEach(value -> counter.startingAtZero(tenantId, value)));
    return counter;
  }

  /** A tenant has signed up. */
  public void begin(String tenantId) {
    beginnings.forEach(beginning -> beginning.accept(tenantId));
  }

  /** The tenants that signed up before this process started; every counter is made by now. */
  @Override
  public void afterSingletonsInstantiated() {
    database
        .sql("select id from tenant where status = 'active' order by created_at")
        .query(String.class)
        .list()
        .forEach(this::begin);
  }
}
