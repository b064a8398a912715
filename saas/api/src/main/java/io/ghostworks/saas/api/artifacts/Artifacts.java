package io.ghostworks.saas.api.artifacts;

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
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The artifacts of a tenant. Everything asked for by one tenant is looked for in that tenant only.
 * Thread-safe.
 */
@Component
final class Artifacts {
  private static final Logger log = LoggerFactory.getLogger(Artifacts.class);
  private static final int ROWS_MAX = 20;

  private final JdbcClient database;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final JobQueue queue;
  private final UsageEvents usage;
  private final BusinessSpans spans;
  private final AuditLog audit;
  private final CommittedCounter created;
  private final CommittedCounter shared;
  private final Ids ids = new Ids();

  Artifacts(
      JdbcClient database,
      TransactionTemplate transaction,
      Clock clock,
      JobQueue queue,
      UsageEvents usage,
      BusinessSpans spans,
      AuditLog audit,
      TenantCounters counters) {
    this.database = database;
    this.transaction = transaction;
    this.clock = clock;
    this.queue = queue;
    this.usage = usage;
    this.spans = spans;
    this.audit = audit;
    this.created = counters.counter("artifacts_created_total", "Total artifacts created");
    this.shared = counters.counter("artifacts_shared_total", "Artifacts shared with somebody");
  }

  /** An artifact; it is processed when the worker has seen it. */
  record Artifact(String id, String name, long sizeBytes, Instant createdAt, boolean processed) {}

  Artifact create(Caller caller, String name, long sizeBytes, List<String> tags) {
    Artifact artifact = new Artifact(ids.next("art"), name, sizeBytes, clock.instant(), false);
    spans.run(
        "artifact.create",
        span -> {
          span.setAttribute("artifact.id", artifact.id());
          span.setAttribute("artifact.tags_count", tags.size());
          transaction.executeWithoutResult(status -> insert(caller, artifact, tags));
        });
    log.atInfo()
        .addKeyValue("artifact_id", artifact.id())
        .addKeyValue("artifact_name", name)
        .addKeyValue("tags_count", tags.size())
        .log("Artifact created");
    return artifact;
  }

  private void insert(Caller caller, Artifact artifact, List<String> tags) {
    requireRoom(caller);
    database
        .sql(
            "insert into artifact (id, tenant_id, owner_id, name, size_bytes, created_at) values (?, ?, ?, ?, ?, ?)")
        .params(
            artifact.id(),
            caller.tenantId(),
            caller.userId(),
            artifact.name(),
            artifact.sizeBytes(),
            Timestamp.from(artifact.createdAt()))
        .update();
    for (String tag : tags) {
      database
          .sql("insert into artifact_tag (artifact_id, tag) values (?, ?)")
          .params(artifact.id(), tag)
          .update();
    }
    queue.add(Job.PROCESS_ARTIFACT, Map.of("artifactId", artifact.id()));
    usage.record(caller.tenantId(), caller.userId(), Feature.ARTIFACT_CREATE);
    created.increment(caller.tenantId());
  }

  private void requireRoom(Caller caller) {
    int max =
        Tier.of(
                database
                    .sql("select tier from tenant where id = ?")
                    .params(caller.tenantId())
                    .query(String.class)
                    .single())
            .artifactsMax();
    int kept =
        database
            .sql("select count(*) from artifact where tenant_id = ? and deleted_at is null")
            .params(caller.tenantId())
            .query(Integer.class)
            .single();
    if (kept >= max) {
      throw ApiProblem.conflict(
          "quota_exceeded", "the plan has room for " + max + " artifacts, all of them are taken");
    }
  }

  /** The newest artifacts whose name contains a text, and that have a tag where one is given. */
  List<Artifact> search(Caller caller, String text, String tag) {
    return spans.call(
        "artifact.search",
        span -> {
          List<Artifact> found = select(caller, text, tag);
          span.setAttribute("artifact.results_count", found.size());
          usage.record(caller.tenantId(), caller.userId(), Feature.ARTIFACT_SEARCH);
          return found;
        });
  }

  private List<Artifact> select(Caller caller, String text, String tag) {
    String byTag =
        tag.isEmpty()
            ? ""
            : " and exists (select 1 from artifact_tag g where g.artifact_id = a.id and g.tag = ?)";
    String sql =
        "select a.id, a.name, a.size_bytes, a.created_at, a.processed_at from artifact a where a.tenant_id = ?"
            + " and a.deleted_at is null and lower(a.name) like ? escape '!'"
            + byTag
            + " order by a.created_at desc limit "
            + ROWS_MAX;
    String like =
        "%"
            + text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_")
            + "%";
    JdbcClient.StatementSpec statement = database.sql(sql).param(caller.tenantId()).param(like);
    return (tag.isEmpty() ? statement : statement.param(tag))
        .query((row, index) -> artifact(row))
        .list();
  }

  Artifact view(Caller caller, String artifactId) {
    Artifact artifact = get(caller, artifactId);
    usage.record(caller.tenantId(), caller.userId(), Feature.ARTIFACT_VIEW);
    return artifact;
  }

  void share(Caller caller, String artifactId, String with) {
    spans.run(
        "artifact.share",
        span -> {
          span.setAttribute("artifact.id", artifactId);
          transaction.executeWithoutResult(status -> {
            get(caller, artifactId);
            database
                .sql(
                    "insert into artifact_share (id, artifact_id, tenant_id, shared_with, created_at) values (?, ?, ?, ?, ?)")
                .params(
                    ids.next("shr"),
                    artifactId,
                    caller.tenantId(),
                    with,
                    Timestamp.from(clock.instant()))
                .update();
            queue.add(Job.SEND_EMAIL, Map.of("to", with, "template", "share"));
            usage.record(caller.tenantId(), caller.userId(), Feature.ARTIFACT_SHARE);
            shared.increment(caller.tenantId());
          });
        });
    audit.record("artifact.share", "artifact/" + artifactId, Outcome.SUCCESS, Map.of());
  }

  void delete(Caller caller, String artifactId) {
    transaction.executeWithoutResult(status -> {
      get(caller, artifactId);
      database
          .sql("update artifact set deleted_at = ? where id = ? and tenant_id = ?")
          .params(Timestamp.from(clock.instant()), artifactId, caller.tenantId())
          .update();
      usage.record(caller.tenantId(), caller.userId(), Feature.ARTIFACT_DELETE);
    });
    audit.record("artifact.delete", "artifact/" + artifactId, Outcome.SUCCESS, Map.of());
  }

  private Artifact get(Caller caller, String artifactId) {
    return database
        .sql(
            "select id, name, size_bytes, created_at, processed_at from artifact where id = ? and tenant_id = ?"
                + " and deleted_at is null")
        .params(artifactId, caller.tenantId())
        .query((row, index) -> artifact(row))
        .optional()
        .orElseThrow(() -> ApiProblem.notFound("artifact", artifactId));
  }

  private static Artifact artifact(ResultSet row) throws SQLException {
    return new Artifact(
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        row.getTimestamp(4).toInstant(),
        row.getTimestamp(5) != null);
  }
}
