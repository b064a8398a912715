package io.ghostworks.saas.api.usage;

import io.ghostworks.saas.api.counting.CommittedCounter;
import io.ghostworks.saas.api.counting.TenantCounters;
import io.ghostworks.saas.domain.Ids;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Records an event for each use of a feature, in the transaction of that use. Thread-safe. */
@Component
public final class UsageEvents {
  private static final int ROWS_MAX = 100;

  private final JdbcClient database;
  private final Clock clock;
  private final CommittedCounter used;
  private final Ids ids = new Ids();

  UsageEvents(JdbcClient database, Clock clock, TenantCounters counters) {
    this.database = database;
    this.clock = clock;
    this.used =
        counters.counter(
            "features_used_total", "Uses of a feature by a tenant", "feature", Feature.labels());
  }

  /** How often a feature was used, and by how many users. */
  public record FeatureUse(String feature, long uses, long users) {}

  /** A feature was used. */
  public void record(String tenantId, String userId, Feature feature) {
    database
        .sql(
            "insert into usage_event (id, tenant_id, user_id, feature, created_at) values (?, ?, ?, ?, ?)")
        .params(ids.next("use"), tenantId, userId, feature.label(), Timestamp.from(clock.instant()))
        .update();
    used.increment(tenantId, feature.label());
  }

  /** How often, and by how many users, a tenant used each feature. */
  public List<FeatureUse> countsOf(String tenantId) {
    return database
        .sql(
            "select feature, count(*) as uses, count(distinct user_id) as users from usage_event where tenant_id = ?"
                + " group by feature order by feature limit "
                + ROWS_MAX)
        .params(tenantId)
        .query((row, index) -> new FeatureUse(row.getString(1), row.getLong(2), row.getLong(3)))
        .list();
  }
}
