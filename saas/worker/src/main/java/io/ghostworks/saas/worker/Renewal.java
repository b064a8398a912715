package io.ghostworks.saas.worker;

import io.ghostworks.instrumentation.metrics.BusinessCounter;
import io.ghostworks.instrumentation.metrics.BusinessMetrics;
import io.ghostworks.saas.domain.Job;
import io.ghostworks.saas.domain.JobQueue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues the next invoice of a plan and plans the one after it, until the tenant leaves or begins
 * another plan. Invoice and next job have ids that follow from the plan and the invoice's number: a
 * job that runs again, because the worker was ended in the middle, does what is missing and no
 * more.
 */
final class Renewal implements JobHandler {
  private static final Logger log = LoggerFactory.getLogger(Renewal.class);
  private static final String IS_CURRENT =
      "select count(*) from tenant where id = ? and plan_id = ? and status = 'active'";
  private static final String ISSUE =
      "insert into invoice (id, tenant_id, amount_cents, issued_at) select ?, t.id, t.price_cents, ? from tenant t"
          + " where t.id = ? and t.plan_id = ? and t.status = 'active'"
          + " and not exists (select 1 from invoice i where i.id = ?)";

  private final DataSource dataSource;
  private final JobQueue queue;
  private final BusinessCounter issued;
  private final Clock clock;

  Renewal(DataSource dataSource, JobQueue queue, BusinessMetrics metrics, Clock clock) {
    this.dataSource = dataSource;
    this.queue = queue;
    this.issued = metrics.tenantCounter("invoices_issued_total", "Invoices issued");
    this.clock = clock;
  }

  /** Counts the invoices of all tenants that are there from 0. */
  void expectTenants() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select id from tenant where status = 'active' order by created_at");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        expect(rows.getString(1));
      }
    }
  }

  /** Counts the invoices of a tenant from 0, so that the first one is seen as an increase. */
  void expect(String tenantId) {
    issued.add(0, tenantId);
  }

  @Override
  public void handle(String jobId, Job job) throws SQLException {
    String tenantId = job.argument("tenantId");
    String planId = job.argument("planId");
    if (!isCurrent(tenantId, planId)) {
      log.atInfo().addKeyValue("plan_id", planId).log("Plan not renewed: it has ended");
      return;
    }
    int number = Integer.parseInt(job.argument("number"));
    if (issue("inv-" + planId + "-" + number, tenantId, planId)) {
      issued.increment(tenantId);
      queue.add(Job.SEND_EMAIL, Map.of("to", tenantId, "template", "invoice"));
      log.atInfo()
          .addKeyValue("plan_id", planId)
          .addKeyValue("number", number)
          .log("Invoice issued");
    }
    Map<String, String> next = new HashMap<>(job.arguments());
    next.put("number", Integer.toString(number + 1));
    Duration period = Duration.parse(job.argument("period"));
    queue.add(Job.RENEW_PLAN, planId + "-" + (number + 1), next, clock.instant().plus(period));
  }

  private boolean isCurrent(String tenantId, String planId) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement query = connection.prepareStatement(IS_CURRENT)) {
      query.setString(1, tenantId);
      query.setString(2, planId);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getInt(1) > 0;
      }
    }
  }

  private boolean issue(String invoiceId, String tenantId, String planId) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(ISSUE)) {
      insert.setString(1, invoiceId);
      insert.setTimestamp(2, Timestamp.from(clock.instant()));
      insert.setString(3, tenantId);
      insert.setString(4, planId);
      insert.setString(5, invoiceId);
      return insert.executeUpdate() > 0;
    }
  }
}
