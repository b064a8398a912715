package io.ghostworks.saas.api.access;

import io.ghostworks.instrumentation.logging.AuditLog;
import io.ghostworks.instrumentation.logging.AuditLog.Outcome;
import io.ghostworks.saas.api.counting.CommittedCounter;
import io.ghostworks.saas.api.counting.TenantCounters;
import io.ghostworks.saas.api.problem.ApiProblem;
import io.ghostworks.saas.api.usage.Feature;
import io.ghostworks.saas.api.usage.UsageEvents;
import io.ghostworks.saas.api.users.Passwords;
import io.ghostworks.saas.domain.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Login sessions. The database holds a hash of the token, never the token. A session says when its
 * user was last seen, exact to {@link #SEEN_EVERY}. Thread-safe.
 */
@Component
public class Sessions {
  private static final Duration SEEN_EVERY = Duration.ofSeconds(10);
  private static final Duration LIFETIME = Duration.ofHours(12);

  private final JdbcClient database;
  private final Clock clock;
  private final Passwords passwords;
  private final UsageEvents usage;
  private final AuditLog audit;
  private final CommittedCounter logins;
  private final Ids ids = new Ids();

  Sessions(
      JdbcClient database,
      Clock clock,
      Passwords passwords,
      UsageEvents usage,
      AuditLog audit,
      TenantCounters counters) {
    this.database = database;
    this.clock = clock;
    this.passwords = passwords;
    this.usage = usage;
    this.audit = audit;
    this.logins = counters.counter("user_logins_total", "Logins of users");
  }

  /** A new session; the token is shown only here. */
  public record Opened(String token, String tenantId, String userId) {}

  private record Account(String id, String tenantId, String salt, String hash, boolean active) {}

  /** Opens a session for the user with this mail address and password. */
  @Transactional
  public Opened open(String email, String password) {
    Account account =
        database
            .sql(
                "select u.id, u.tenant_id, u.password_salt, u.password_hash,"
                    + " (u.activated_at is not null and t.status = 'active') as usable"
                    + " from app_user u join tenant t on t.id = u.tenant_id where u.email = ?")
            .params(email)
            .query((row, index) ->
                new Account(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5)))
            .optional()
            .orElse(null);
    if (account == null || !passwords.matches(password, account.salt(), account.hash())) {
      audit.record("session.open", "user", Outcome.DENIED, Map.of());
      throw ApiProblem.unauthenticated("mail address or password is wrong");
    }
    if (!account.active()) {
      audit.record("session.open", "user/" + account.id(), Outcome.DENIED, Map.of());
      throw ApiProblem.conflict(
          "not_activated", "the user is not activated, or the tenant is cancelled");
    }
    String token = ids.secret();
    Timestamp now = Timestamp.from(clock.instant());
    database
        .sql(
            "insert into login_session (token_hash, user_id, tenant_id, created_at, last_seen_at) values (?, ?, ?, ?, ?)")
        .params(hash(token), account.id(), account.tenantId(), now, now)
        .update();
    usage.record(account.tenantId(), account.id(), Feature.SESSION_OPEN);
    logins.increment(account.tenantId());
    audit.record(
        "session.open",
        "user/" + account.id(),
        Outcome.SUCCESS,
        Map.of("tenant", account.tenantId()));
    return new Opened(token, account.tenantId(), account.id());
  }

  /** Who holds the token of an open session; the user counts as seen now. */
  public Optional<Caller> find(String token) {
    Instant now = clock.instant();
    String hash = hash(token);
    Optional<Caller> caller =
        database
            .sql(
                "select s.tenant_id, s.user_id from login_session s join tenant t on t.id = s.tenant_id"
                    + " where s.token_hash = ? and s.ended_at is null and s.created_at > ? and t.status = 'active'")
            .params(hash, Timestamp.from(now.minus(LIFETIME)))
            .query((row, index) -> new Caller(row.getString(1), row.getString(2)))
            .optional();
    if (caller.isPresent()) {
      database
          .sql(
              "update login_session set last_seen_at = ? where token_hash = ? and last_seen_at < ?")
          .params(Timestamp.from(now), hash, Timestamp.from(now.minus(SEEN_EVERY)))
          .update();
    }
    return caller;
  }

  /** Ends all sessions of a user. */
  public void end(Caller caller) {
    database
        .sql("update login_session set ended_at = ? where user_id = ? and ended_at is null")
        .params(Timestamp.from(clock.instant()), caller.userId())
        .update();
    audit.record("session.end", "user/" + caller.userId(), Outcome.SUCCESS, Map.of());
  }

  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
