package io.ghostworks.saas.api.users;

import io.ghostworks.instrumentation.logging.AuditLog;
import io.ghostworks.instrumentation.logging.AuditLog.Outcome;
import io.ghostworks.instrumentation.trace.BusinessSpans;
import io.ghostworks.saas.api.counting.CommittedCounter;
import io.ghostworks.saas.api.counting.TenantCounters;
import io.ghostworks.saas.api.problem.ApiProblem;
import io.ghostworks.saas.domain.Ids;
import io.ghostworks.saas.domain.Job;
import io.ghostworks.saas.domain.JobQueue;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Users: registered first, then activated with the code that is mailed to them. Thread-safe. */
@Component
final class Users {
  private final JdbcClient database;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Passwords passwords;
  private final JobQueue queue;
  private final BusinessSpans spans;
  private final AuditLog audit;
  private final CommittedCounter registered;
  private final CommittedCounter activated;
  private final Ids ids = new Ids();

  Users(
      JdbcClient database,
      TransactionTemplate transaction,
      Clock clock,
      Passwords passwords,
      JobQueue queue,
      BusinessSpans spans,
      AuditLog audit,
      TenantCounters counters) {
    this.database = database;
    this.transaction = transaction;
    this.clock = clock;
    this.passwords = passwords;
    this.queue = queue;
    this.spans = spans;
    this.audit = audit;
    this.registered = counters.counter("users_registered_total", "Users that registered");
    this.activated = counters.counter("users_activated_total", "Users that were activated");
  }

  /** A user that is not active yet. */
  record Registered(String userId, String activationCode) {}

  Registered register(String tenantId, String email, String name, String password) {
    String salt = ids.secret();
    String hash = spans.call("password.hash", span -> passwords.hash(password, salt));
    Registered user = new Registered(ids.next("usr"), ids.secret());
    transaction.executeWithoutResult(status -> {
      int tenants =
          database
              .sql("select count(*) from tenant where id = ? and status = 'active'")
              .params(tenantId)
              .query(Integer.class)
              .single();
      if (tenants == 0) {
        throw ApiProblem.notFound("tenant", tenantId);
      }
      insert(user, tenantId, email, name, salt, hash);
      queue.add(Job.SEND_EMAIL, Map.of("userId", user.userId(), "template", "activation"));
      registered.increment(tenantId);
    });
    audit.record(
        "user.register", "user/" + user.userId(), Outcome.SUCCESS, Map.of("tenant", tenantId));
    return user;
  }

  private void insert(
      Registered user, String tenantId, String email, String name, String salt, String hash) {
    try {
      database
          .sql(
              "insert into app_user (id, tenant_id, email, name, password_salt, password_hash, activation_code, created_at)"
                  + " values (?, ?, ?, ?, ?, ?, ?, ?)")
          .params(
              user.userId(),
              tenantId,
              email,
              name,
              salt,
              hash,
              user.activationCode(),
              Timestamp.from(clock.instant()))
          .update();
    } catch (DuplicateKeyException e) {
      throw ApiProblem.conflict("email_taken", "there is a user with this mail address");
    }
  }

  void activate(String userId, String code) {
    transaction.executeWithoutResult(status -> {
      String tenantId =
          database
              .sql("select tenant_id from app_user where id = ?")
              .params(userId)
              .query(String.class)
              .optional()
              .orElseThrow(() -> ApiProblem.notFound("user", userId));
      int changed =
          database
              .sql(
                  "update app_user set activated_at = ? where id = ? and activation_code = ? and activated_at is null")
              .params(Timestamp.from(clock.instant()), userId, code)
              .update();
      if (changed == 0) {
        throw ApiProblem.conflict(
            "activation_refused", "the code is wrong, or the user is active already");
      }
      activated.increment(tenantId);
    });
    audit.record("user.activate", "user/" + userId, Outcome.SUCCESS, Map.of());
  }
}
