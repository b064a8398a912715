package io.ghostworks.saas.api.billing;

import io.ghostworks.instrumentation.logging.AuditLog;
import io.ghostworks.instrumentation.logging.AuditLog.Outcome;
import io.ghostworks.instrumentation.trace.BusinessSpans;
import io.ghostworks.saas.api.access.Caller;
import io.ghostworks.saas.api.counting.CommittedCounter;
import io.ghostworks.saas.api.counting.TenantCounters;
import io.ghostworks.saas.api.problem.ApiProblem;
import io.ghostworks.saas.api.usage.Feature;
import io.ghostworks.saas.api.usage.UsageEvents;
import io.ghostworks.saas.domain.Ids;
import io.ghostworks.saas.domain.Job;
import io.ghostworks.saas.domain.JobQueue;
import io.ghostworks.saas.domain.Tier;
import java.sql.ResultSet;
import java.sql.SQLException;
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
  private final PaymentGateway gateway;
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
      PaymentGateway gateway,
      UsageEvents usage,
      BusinessSpans spans,
      AuditLog audit,
      TenantCounters counters,
      @Value("${saas.billing-period:30d}") Duration period) {
    this.database = database;
    this.transaction = transaction;
    this.clock = clock;
    this.queue = queue;
    this.gateway = gateway;
    this.usage = usage;
    this.spans = spans;
    this.audit = audit;
    this.period = period;
    this.issued = counters.counter("invoices_issued_total", "Invoices issued");
    this.paid = counters.counter("invoices_paid_total", "Invoices paid");
    this.revenue = counters.counter("revenue_usd_total", "Payments received, in US dollars");
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
  }

  List<Invoice> open(Caller caller) {
    return database
        .sql(
            "select id, amount_cents, issued_at, paid_at from invoice where tenant_id = ? and paid_at is null"
                + " order by issued_at limit "
                + ROWS_MAX)
        .params(caller.tenantId())
        .query((row, index) -> invoice(row))
        .list();
  }

  /** Charges for an open invoice; where the charge fails the invoice stays open. */
  void pay(Caller caller, String invoiceId) {
    String target = "invoice/" + invoiceId;
    try {
      spans.run(
          "invoice.pay",
          span -> {
            span.setAttribute("invoice.id", invoiceId);
            long amountCents = amountOfOpen(caller, invoiceId);
            gateway.charge(invoiceId, amountCents);
            transaction.executeWithoutResult(
                status -> recordPayment(caller, invoiceId, amountCents));
          });
    } catch (ApiProblem problem) {
      audit.record("invoice.pay", target, Outcome.FAILURE, Map.of("error_type", problem.type()));
      throw problem;
    }
    audit.record("invoice.pay", target, Outcome.SUCCESS, Map.of());
  }

  private long amountOfOpen(Caller caller, String invoiceId) {
    Invoice invoice =
        database
            .sql(
                "select id, amount_cents, issued_at, paid_at from invoice where id = ? and tenant_id = ?")
            .params(invoiceId, caller.tenantId())
            .query((row, index) -> invoice(row))
            .optional()
            .orElseThrow(() -> ApiProblem.notFound("invoice", invoiceId));
    if (invoice.paidAt() != null) {
      throw paidAlready(invoiceId);
    }
    return invoice.amountCents();
  }

  private void recordPayment(Caller caller, String invoiceId, long amountCents) {
    Timestamp now = Timestamp.from(clock.instant());
    int changed =
        database
            .sql(
                "update invoice set paid_at = ? where id = ? and tenant_id = ? and paid_at is null")
            .params(now, invoiceId, caller.tenantId())
            .update();
    if (changed == 0) {
      throw paidAlready(invoiceId);
    }
    database
        .sql(
            "insert into payment (id, invoice_id, tenant_id, amount_cents, created_at) values (?, ?, ?, ?, ?)")
        .params(ids.next("pay"), invoiceId, caller.tenantId(), amountCents, now)
        .update();
    usage.record(caller.tenantId(), caller.userId(), Feature.INVOICE_PAY);
    paid.increment(caller.tenantId());
    revenue.add(amountCents / 100.0, caller.tenantId());
  }

  private static ApiProblem paidAlready(String invoiceId) {
    return ApiProblem.conflict("already_paid", "invoice " + invoiceId + " is paid already");
  }

  private static Invoice invoice(ResultSet row) throws SQLException {
    Timestamp paidAt = row.getTimestamp(4);
    return new Invoice(
        row.getString(1),
        row.getLong(2),
        row.getTimestamp(3).toInstant(),
        paidAt == null ? null : paidAt.toInstant());
  }
}
