package io.ghostworks.saas.api.tenants;

import io.ghostworks.instrumentation.logging.AuditLog;
import io.ghostworks.instrumentation.logging.AuditLog.Outcome;
import io.ghostworks.instrumentation.metrics.BusinessMetrics;
import io.ghostworks.instrumentation.trace.BusinessSpans;
import io.ghostworks.saas.api.access.Caller;
import io.ghostworks.saas.api.billing.Billing;
import io.ghostworks.saas.api.counting.CommittedCounter;
import io.ghostworks.saas.api.counting.TenantCounters;
import io.ghostworks.saas.api.problem.ApiProblem;
import io.ghostworks.saas.api.usage.Feature;
import io.ghostworks.saas.api.usage.UsageEvents;
import io.ghostworks.saas.domain.Ids;
import io.ghostworks.saas.domain.Tier;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tenants: they sign up, change their plan, and may leave. Thread-safe. */
@Component
final class Tenants {
  private static final Logger log = LoggerFactory.getLogger(Tenants.class);
  private static final int SLUG_LENGTH_MAX = 40;

  private final JdbcClient database;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Billing billing;
  private final UsageEvents usage;
  private final BusinessSpans spans;
  private final AuditLog audit;
  private final TenantCounters counters;
  private final CommittedCounter created;
  private final CommittedCounter cancelled;
  private final CommittedCounter planChanges;
  private final Ids ids = new Ids();

  Tenants(
      JdbcClient database,
      TransactionTemplate transaction,
      Clock clock,
      Billing billing,
      UsageEvents usage,
      BusinessSpans spans,
      AuditLog audit,
      BusinessMetrics metrics,
      TenantCounters counters) {
    this.database = database;
    this.transaction = transaction;
    this.clock = clock;
    this.billing = billing;
    this.usage = usage;
    this.spans = spans;
    this.audit = audit;
    this.counters = counters;
    this.created =
        new CommittedCounter(
            metrics.counter(
                "tenants_created_total", "Tenants that signed up, by first tier", "tier"));
    this.cancelled =
        new CommittedCounter(
            metrics.counter("tenants_cancelled_total", "Tenants that left, by last tier", "tier"));
    this.planChanges =
        new CommittedCounter(
            metrics.counter(
                "plan_changes_total", "Changes of plan by kind (upgrade, downgrade)", "kind"));
    for (Tier tier : Tier.values()) {
      created.startingAtZero(tier.label());
      cancelled.startingAtZero(tier.label());
    }
    planChanges.startingAtZero("upgrade");
    planChanges.startingAtZero("downgrade");
  }

  /** A tenant that is not cancelled. */
  record Tenant(String id, String name, String tier, long priceCents) {}

  Tenant create(String name, Tier tier) {
    Tenant tenant = new Tenant(ids.next(slug(name)), name, tier.label(), tier.priceCents());
    String planId = ids.next("plan");
    spans.run(
        "tenant.create",
        span -> {
          span.setAttribute("tenant.tier", tier.label());
          transaction.executeWithoutResult(status -> {
            database
                .sql(
                    "insert into tenant (id, name, tier, price_cents, plan_id, status, created_at)"
                        + " values (?, ?, ?, ?, ?, 'active', ?)")
                .params(
                    tenant.id(),
                    name,
                    tier.label(),
                    tier.priceCents(),
                    planId,
                    Timestamp.from(clock.instant()))
                .update();
            billing.begin(tenant.id(), planId, tier);
            created.increment(tier.label());
          });
          counters.begin(tenant.id());
        });
    log.atInfo().addKeyValue("tier", tier.label()).log("Tenant signed up");
    audit.record(
        "tenant.create", "tenant/" + tenant.id(), Outcome.SUCCESS, Map.of("tier", tier.label()));
    return tenant;
  }

  Tenant get(Caller caller, String tenantId) {
    if (!tenantId.equals(caller.tenantId())) {
      throw ApiProblem.notFound("tenant", tenantId);
    }
    return database
        .sql("select id, name, tier, price_cents from tenant where id = ? and status = 'active'")
        .params(tenantId)
        .query((row, index) ->
            new Tenant(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)))
        .optional()
        .orElseThrow(() -> ApiProblem.notFound("tenant", tenantId));
  }

  Tenant changePlan(Caller caller, String tenantId, Tier to) {
    Tenant before = get(caller, tenantId);
    Tier from = Tier.of(before.tier());
    if (from == to) {
      throw ApiProblem.conflict("same_plan", "the tenant is on plan " + to.label() + " already");
    }
    String kind = to.compareTo(from) > 0 ? "upgrade" : "downgrade";
    spans.run(
        "plan." + kind,
        span ->
            transaction.executeWithoutResult(
                status -> changeInTransaction(caller, from, to, kind)));
    audit.record(
        "plan.change",
        "tenant/" + tenantId,
        Outcome.SUCCESS,
        Map.of("from", from.label(), "to", to.label()));
    return get(caller, tenantId);
  }

  private void changeInTransaction(Caller caller, Tier from, Tier to, String kind) {
    String planId = ids.next("plan");
    int changed =
        database
            .sql(
                "update tenant set tier = ?, price_cents = ?, plan_id = ? where id = ? and tier = ? and status = 'active'")
            .params(to.label(), to.priceCents(), planId, caller.tenantId(), from.label())
            .update();
    if (changed == 0) {
      throw ApiProblem.conflict("plan_changed", "the plan was changed by somebody else");
    }
    recordChange(caller, kind, from.label(), to.label());
    billing.begin(caller.tenantId(), planId, to);
    usage.record(caller.tenantId(), caller.userId(), Feature.PLAN_CHANGE);
    planChanges.increment(kind);
  }

  void cancel(Caller caller, String tenantId) {
    Tenant tenant = get(caller, tenantId);
    transaction.executeWithoutResult(status -> {
      int changed =
          database
              .sql(
                  "update tenant set status = 'cancelled', cancelled_at = ? where id = ? and status = 'active'")
              .params(Timestamp.from(clock.instant()), tenantId)
              .update();
      if (changed > 0) {
        recordChange(caller, "cancellation", tenant.tier(), "none");
        cancelled.increment(tenant.tier());
      }
    });
    log.atInfo().addKeyValue("tier", tenant.tier()).log("Tenant cancelled");
    audit.record(
        "tenant.cancel", "tenant/" + tenantId, Outcome.SUCCESS, Map.of("tier", tenant.tier()));
  }

  List<UsageEvents.FeatureUse> usage(Caller caller) {
    return usage.countsOf(caller.tenantId());
  }

  /** The readable beginning of a tenant's id, which people meet in dashboards. */
  private static String slug(String name) {
    String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String readable =
        slug.substring(0, Math.min(slug.length(), SLUG_LENGTH_MAX)).replaceAll("^-|-$", "");
    return readable.isEmpty() ? "tenant" : readable;
  }

  private void recordChange(Caller caller, String kind, String from, String to) {
    database
        .sql(
            "insert into plan_change (id, tenant_id, kind, from_tier, to_tier, created_at) values (?, ?, ?, ?, ?, ?)")
        .params(ids.next("chg"), caller.tenantId(), kind, from, to, Timestamp.from(clock.instant()))
        .update();
  }
}
