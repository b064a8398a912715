package io.ghostworks.saas.worker;

import io.ghostworks.instrumentation.metrics.BusinessCounter;
import io.ghostworks.instrumentation.metrics.BusinessMetrics;
import io.ghostworks.saas.domain.Job;
import io.ghostworks.saas.domain.JobQueue;
import io.ghostworks.saas.domain.Tier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues the invoice of a tenant's next period and plans the one after it. A tenant that has left,
 * or has changed its plan since, gets none: the other plan has a renewal of its own. The invoice's
 * id comes from the job's, so that a job that runs twice invoices once.
 */
final class Renewal implements JobHandler {
  private static final Logger log = LoggerFactory.getLogger(Renewal.class);
  private static final String ISSUE =
      "insert into invoice (id, tenant_id, amount_cents, issued_at) select ?, t.id, t.price_cents, ? from tenant t"
          + " where t.id = ? and t.tier = ? and t.status = 'active'"
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

  @Override
  public void handle(String jobId, Job job) throws SQLException {
    String tenantId = job.argument("tenantId");
    Tier tier = Tier.of(job.argument("tier"));
    Duration period = Duration.parse(job.argument("period"));
    if (!issue("inv-" + jobId, tenantId, tier)) {
      log.atInfo().addKeyValue("tier", tier.label()).log("Plan not renewed: it has ended");
      return;
    }
    issued.increment(tenantId);
    queue.add(Job.RENEW_PLAN, job.arguments(), clock.instant().plus(period));
    queue.add(Job.SEND_EMAIL, Map.of("to", tenantId, "template", "invoice"));
    log.atInfo().addKeyValue("tier", tier.label()).log("Invoice issued");
  }

  private boolean issue(String invoiceId, String tenantId, Tier tier) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(ISSUE)) {
      insert.setString(1, invoiceId);
      insert.setTimestamp(2, Timestamp.from(clock.instant()));
      insert.setString(3, tenantId);
      insert.setString(4, tier.label());
      insert.setString(5, invoiceId);
      return insert.executeUpdate() > 0;
    }
  }
}
