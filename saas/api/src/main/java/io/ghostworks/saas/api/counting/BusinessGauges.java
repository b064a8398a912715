package io.ghostworks.saas.api.counting;

import io.ghostworks.instrumentation.metrics.BusinessMetrics;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Business gauges, read from the tables at every scrape. */
@Component
final class BusinessGauges {
  /** Users count as active for this long after their last request. */
  private static final Duration ACTIVE = Duration.ofMinutes(5);

  /** A feature counts as adopted by a tenant that used it within this time. */
  private static final Duration ADOPTED = Duration.ofDays(1);

  private final JdbcClient database;
  private final Clock clock;

  BusinessGauges(BusinessMetrics metrics, JdbcClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
    List<String> tenant = List.of("tenant_id");
    metrics.gauge("active_users_current", "Currently active users", tenant, this::activeUsers);
    metrics.gauge(
        "artifacts_current",
        "Artifacts that a tenant keeps",
        tenant,
        () ->
            perLabel(
                "select t.id, count(a.id) from tenant t left join artifact a on a.tenant_id = t.id and a.deleted_at is null"
                    + " where t.status = 'active' group by t.id"));
    metrics.gauge(
        "artifacts_stored_bytes",
        "Bytes of the artifacts that a tenant keeps",
        tenant,
        () ->
            perLabel(
                "select t.id, coalesce(sum(a.size_bytes), 0) from tenant t left join artifact a on a.tenant_id = t.id"
                    + " and a.deleted_at is null where t.status = 'active' group by t.id"));
    metrics.gauge(
        "tenants_current",
        "Tenants that are not cancelled, by tier",
        List.of("tier"),
        () -> perLabel("select tier, count(*) from tenant where status = 'active' group by tier"));
    metrics.gauge(
        "monthly_recurring_revenue_usd",
        "Prices of a month of all tenants, by tier",
        List.of("tier"),
        () ->
            perLabel(
                "select tier, sum(price_cents) / 100.0 from tenant where status = 'active' group by tier"));
    metrics.gauge(
        "invoices_open_usd",
        "Amount of invoices that are not paid, by tenant",
        tenant,
        () ->
            perLabel(
                "select tenant_id, sum(amount_cents) / 100.0 from invoice where paid_at is null group by tenant_id"));
    metrics.gauge(
        "feature_tenants_current",
        "Tenants that used a feature within a day",
        List.of("feature"),
        this::adoption);
  }

  private Map<List<String>, Double> activeUsers() {
    return perLabel(
        "select t.id, count(distinct s.user_id) from tenant t left join login_session s on s.tenant_id = t.id"
            + " and s.last_seen_at > ? where t.status = 'active' group by t.id",
        Timestamp.from(clock.instant().minus(ACTIVE)));
  }

  private Map<List<String>, Double> adoption() {
    return perLabel(
        "select u.feature, count(distinct u.tenant_id) from usage_event u join tenant t on t.id = u.tenant_id"
            + " where u.created_at > ? and t.status = 'active' group by u.feature",
        Timestamp.from(clock.instant().minus(ADOPTED)));
  }

  private Map<List<String>, Double> perLabel(String sql, Object... parameters) {
    Map<List<String>, Double> values = new LinkedHashMap<>();
    database
        .sql(sql)
        .params(parameters)
        .query(row -> {
          values.put(List.of(row.getString(1)), row.getDouble(2));
        });
    return values;
  }
}
