package io.ghostworks.saas.api.billing;

import io.ghostworks.instrumentation.logging.AuditLog;
import io.ghostworks.instrumentation.logging.AuditLog.Outcome;
import io.ghostworks.instrumentation.metrics.BusinessMetrics;
import io.ghostworks.instrumentation.trace.BusinessSpans;
import io.ghostworks.saas.api.access.Caller;
import io.ghostworks.saas.api.counting.CommittedCounter;
import io.ghostworks.saas.api.problem.ApiProblem;
import io.ghostworks.saas.api.usage.UsageEvents;
import io.ghostworks.saas.domain.Ids;
import io.ghostworks.saas.domain.Job;
import io.ghostworks.saas.domain.JobQueue;
import io.ghostworks.saas.domain.Tier;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Invoices and their payment. The first invoice of a plan is issued here, the next ones by the
 * worker. Amounts are in cents of a US dollar. Thread-safe.
 */
@Component
public final class Billing {
  private static final int ROWS_MAX = 50;

  private final JdbcClient database;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final JobQueue queue;
  private final UsageEvents usage;
  private final BusinessSpans spans;
  private final AuditLog audit;
  private final Duration period;
  private final CommittedCounter issued;
  private final CommittedCounter paid;
  private final CommittedCounter revenue;
  private final Ids ids = new Ids();

  Billing(
      JdbcClient database,
      TransactionTemplate transaction,
      Clock clock,
      JobQueue queue,
      UsageEvents usage,
      BusinessSpans spans,
      AuditLog audit,
      BusinessMetrics metrics,
      @Value("${saas.billing-period:30d}") Duration period) {
    this.database = database;
    this.transaction = transaction;
    this.clock = clock;
    this.queue = queue;
    this.usage = usage;
    this.spans = spans;
    this.audit = audit;
    this.period = period;
    this.issued =
        new CommittedCounter(metrics.tenantCounter("invoices_issued_total", "Invoices issued"));
    this.paid = new CommittedCounter(metrics.tenantCounter("invoices_paid_total", "Invoices paid"));
    this.revenue =
        new CommittedCounter(
            metrics.tenantCounter("revenue_usd_total", "Payments received, in US dollars"));
  }

  /** An invoice; without a payment it is open. */
  record Invoice(String id, long amountCents, Instant issuedAt, @Nullable Instant paidAt) {}

  /**
   * A tenant has begun a plan, which ends the one before it: a plan that costs something is
   * invoiced now and every period. In the caller's transaction.
   *
   * @param planId the id that stands in the tenant's row
   */
  public void begin(String tenantId, String planId, Tier tier) {
    if (tier.priceCents() == 0) {
      return;
    }
    Instant now = clock.instant();
    database
        .sql("insert into invoice (id, tenant_id, amount_cents, issued_at) values (?, ?, ?, ?)")
        .params("inv-" + planId + "-0", tenantId, tier.priceCents(), Timestamp.from(now))
        .update();
    queue.add(
        Job.RENEW_PLAN,
        planId + "-1",
        Map.of("tenantId", tenantId, "planId", planId, "number", "1", "period", period.toString()),
        now.plus(period));
    issued.increment(tenantId);
    paid.startingAtZero(tenantId);
    revenue.startingAtZero(tenantId);
  }

  List<Invoice> open(Caller caller) {
    return database
        .sql(
            "select id, amount_cents, issued_at, paid_at from invoice where tenant_id = ? and paid_at is null"
                + " order by issued_at limit "
                + ROWS_MAX)
        .params(caller.tenantId())
        .query((row, index) ->
            new Invoice(row.getString(1), row.getLong(2), row.getTimestamp(3).toInstant(), null))
        .list();
  }

  void pay(Caller caller, String invoiceId) {
    spans.run(
        "invoice.pay",
        span -> {
          span.setAttribute("invoice.id", invoiceId);
          transaction.executeWithoutResult(status -> payInTransaction(caller, invoiceId));
        });
    audit.record("invoice.pay", "invoice/" + invoiceId, Outcome.SUCCESS, Map.of());
  }

  private void payInTransaction(Caller caller, String invoiceId) {
    Timestamp now = Timestamp.from(clock.instant());
    Long amount =
        database
            .sql("select amount_cents from invoice where id = ? and tenant_id = ?")
            .params(invoiceId, caller.tenantId())
            .query(Long.class)
            .optional()
            .orElseThrow(() -> ApiProblem.notFound("invoice", invoiceId));
    int changed =
        database
            .sql(
                "update invoice set paid_at = ? where id = ? and tenant_id = ? and paid_at is null")
            .params(now, invoiceId, caller.tenantId())
            .update();
    if (changed == 0) {
      throw ApiProblem.conflict("already_paid", "invoice " + invoiceId + " is paid already");
    }
    database
        .sql(
            "insert into payment (id, invoice_id, tenant_id, amount_cents, created_at) values (?, ?, ?, ?, ?)")
        .params(ids.next("pay"), invoiceId, caller.tenantId(), amount, now)
        .update();
    usage.record(caller.tenantId(), caller.userId(), "invoice.pay");
    paid.increment(caller.tenantId());
    revenue.add(amount / 100.0, caller.tenantId());
  }
}
