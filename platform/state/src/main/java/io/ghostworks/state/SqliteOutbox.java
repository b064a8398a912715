package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

final class SqliteOutbox implements Outbox {

  private static final String ROW =
      """
      SELECT id, group_key, integration, receiver, group_labels, reason, firing, resolved,
        idempotency_key, condition, attempts, error, created_at, updated_at, carrier
      FROM outbox
      """;
  private static final String PENDING =
      """
      SELECT id, group_key, integration, firing + resolved AS alerts, told_hash, attempts, error
      FROM outbox WHERE tenant = ? AND condition = 'PENDING' ORDER BY id
      """;
  private static final String REPLACE =
      """
      UPDATE outbox SET condition = 'REPLACED', updated_at = ?,
        payload = CASE WHEN length(payload) > 65536 THEN x'' ELSE payload END,
        error = 'replaced by a newer notification of its group'
          || CASE error WHEN '' THEN '' ELSE '; the last try said: ' || error END
      WHERE tenant = ? AND group_key = ? AND integration = ? AND condition = 'PENDING'
      """;
  private static final String ADD =
      """
      INSERT INTO outbox
        (tenant, group_key, integration, receiver, group_labels, reason, firing, resolved,
         told_hash, idempotency_key, payload, condition, attempts, error, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'PENDING', 0, '', ?, ?)
      """;
  private static final String RETRY =
      """
      UPDATE outbox SET attempts = attempts + 1, error = ?, updated_at = ?
      WHERE id = ? AND condition = 'PENDING'
      """;
  private static final String END =
      """
      UPDATE outbox SET condition = ?, attempts = attempts + 1, error = ?, updated_at = ?, carrier = ?
      WHERE id = ?
      """;
  private static final String DROP =
      """
      UPDATE outbox SET condition = ?, error = ?, updated_at = ?,
        payload = CASE WHEN length(payload) > 65536 THEN x'' ELSE payload END
      WHERE id = ? AND condition = 'PENDING'
      """;
  private static final String ATTEMPT =
      """
      INSERT OR REPLACE INTO notification_attempt
        (notification, number, at, duration, error, status, exchanges)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String TRIM_ROWS =
      """
      DELETE FROM outbox WHERE tenant = ? AND condition <> 'PENDING' AND (updated_at < ? OR id <=
        (SELECT id FROM outbox WHERE tenant = ? AND condition <> 'PENDING'
         ORDER BY id DESC LIMIT 1 OFFSET ?))
      """;
  private static final String TRIM_ATTEMPTS =
      "DELETE FROM notification_attempt WHERE notification NOT IN (SELECT id FROM outbox)";

  private final Handle handle;

  SqliteOutbox(Handle handle) {
    this.handle = handle;
  }

  @Override
  public List<Waiting> pending(TenantId tenant) {
    return handle
        .select(PENDING, tenant.value())
        .map((row, context) ->
            new Waiting(
                row.getLong("id"),
                row.getString("group_key"),
                row.getString("integration"),
                row.getInt("alerts"),
                row.getLong("told_hash"),
                row.getInt("attempts"),
                row.getString("error")))
        .list();
  }

  @Override
  public Map<Long, byte[]> payloads(Collection<Long> ids) {
    Map<Long, byte[]> payloads = new HashMap<>();
    for (long id : ids) {
      handle
          .select("SELECT payload FROM outbox WHERE id = ?", id)
          .map((row, context) -> row.getBytes(1))
          .findFirst()
          .ifPresent(payload -> payloads.put(id, payload));
    }
    return payloads;
  }

  @Override
  public long add(TenantId tenant, Added added) {
    handle.execute(
        REPLACE, added.createdAtNanos(), tenant.value(), added.groupKey(), added.integration());
    handle.execute(
        ADD,
        tenant.value(),
        added.groupKey(),
        added.integration(),
        added.receiver(),
        PackedLabels.pack(added.groupLabels()),
        added.reason(),
        added.firing(),
        added.resolved(),
        added.toldHash(),
        added.idempotencyKey(),
        added.payload(),
        added.createdAtNanos(),
        added.createdAtNanos());
    return handle.select("SELECT last_insert_rowid()").mapTo(Long.class).one();
  }

  @Override
  public void retry(Sent sent, Attempt attempt) {
    PreparedBatch batch = handle.prepareBatch(RETRY);
    sent.ids().forEach(id -> batch.add(attempt.error(), attempt.atNanos(), id));
    batch.execute();
    record(sent.carrier(), attempt);
  }

  @Override
  public void end(Sent sent, Condition condition, Attempt attempt, byte @Nullable [] payload) {
    PreparedBatch batch = handle.prepareBatch(END);
    for (long id : sent.ids()) {
      long carrier = sent.ids().size() == 1 ? 0 : sent.carrier();
      batch.add(condition.name(), attempt.error(), attempt.atNanos(), carrier, id);
    }
    batch.execute();
    if (payload != null) {
      handle.execute("UPDATE outbox SET payload = ? WHERE id = ?", payload, sent.carrier());
    }
    record(sent.carrier(), attempt);
  }

  private void record(long id, Attempt attempt) {
    handle.execute(
        ATTEMPT,
        id,
        attempt.number(),
        attempt.atNanos(),
        attempt.durationNanos(),
        attempt.error(),
        attempt.status(),
        attempt.exchanges());
    if (attempt.number() > ATTEMPTS_MAX) {
      handle.execute(
          "DELETE FROM notification_attempt WHERE notification = ? AND number <= ?",
          id,
          attempt.number() - ATTEMPTS_MAX);
    }
  }

  @Override
  public void drop(long id, Condition condition, String why, long atNanos) {
    handle.execute(DROP, condition.name(), why, atNanos, id);
  }

  @Override
  public List<Row> newest(TenantId tenant, Selection selection, int rowsMax) {
    String conditions =
        selection.conditions().isEmpty()
            ? ""
            : " AND condition IN (%s)"
                .formatted(
                    String.join(
                        ", ", selection.conditions().stream().map(c -> "'" + c + "'").toList()));
    return handle
        .select(
            ROW
                + "WHERE tenant = ? AND id < ? AND (? = '' OR receiver = ?) AND (? = '' OR"
                + " group_key = ?) AND created_at >= ? AND created_at < ?"
                + conditions
                + " ORDER BY id DESC LIMIT ?",
            tenant.value(),
            selection.beforeId(),
            selection.receiver(),
            selection.receiver(),
            selection.groupKey(),
            selection.groupKey(),
            selection.fromNanos(),
            selection.toNanos(),
            rowsMax)
        .map((row, context) -> read(row))
        .list();
  }

  @Override
  public Optional<Row> find(TenantId tenant, long id) {
    return handle
        .select(ROW + "WHERE tenant = ? AND id = ?", tenant.value(), id)
        .map((row, context) -> read(row))
        .findFirst();
  }

  @Override
  public List<Attempt> attempts(long id) {
    return handle
        .select("SELECT * FROM notification_attempt WHERE notification = ? ORDER BY number", id)
        .map((row, context) ->
            new Attempt(
                row.getInt("number"),
                row.getLong("at"),
                row.getLong("duration"),
                row.getString("error"),
                row.getInt("status"),
                row.getBytes("exchanges")))
        .list();
  }

  @Override
  public void trim(TenantId tenant, int rowsMax, long endedBeforeNanos) {
    int gone = handle.execute(TRIM_ROWS, tenant.value(), endedBeforeNanos, tenant.value(), rowsMax);
    if (gone > 0) {
      handle.execute(TRIM_ATTEMPTS);
    }
  }

  private static Row read(ResultSet row) throws SQLException {
    byte[] groupLabels = row.getBytes("group_labels");
    return new Row(
        row.getLong("id"),
        row.getString("group_key"),
        row.getString("integration"),
        row.getString("receiver"),
        groupLabels.length == 0 ? Labels.EMPTY : PackedLabels.unpack(groupLabels),
        row.getString("reason"),
        row.getInt("firing"),
        row.getInt("resolved"),
        row.getString("idempotency_key"),
        Condition.valueOf(row.getString("condition")),
        row.getInt("attempts"),
        row.getString("error"),
        row.getLong("created_at"),
        row.getLong("updated_at"),
        row.getLong("carrier"));
  }
}
