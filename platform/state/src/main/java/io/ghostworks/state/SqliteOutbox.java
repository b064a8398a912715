package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

final class SqliteOutbox implements Outbox {

  private static final String REPLACE =
      """
      UPDATE outbox SET condition = 'REPLACED', updated_at = ?
      WHERE tenant = ? AND group_key = ? AND integration = ? AND condition = 'PENDING'
      """;
  private static final String ADD =
      """
      INSERT INTO outbox
        (tenant, group_key, integration, payload, condition, attempts, error, created_at, updated_at)
      VALUES (?, ?, ?, ?, 'PENDING', 0, '', ?, ?)
      """;
  private static final String END =
      """
      UPDATE outbox SET condition = ?, attempts = ?, error = ?, updated_at = ?
      WHERE id = ?
      """;
  private static final String TRIM =
      """
      DELETE FROM outbox WHERE condition <> 'PENDING' AND id NOT IN (
        SELECT id FROM (
          SELECT id, row_number() OVER (PARTITION BY tenant ORDER BY id DESC) AS rank FROM outbox)
        WHERE rank <= ?)
      """;

  private final Handle handle;

  SqliteOutbox(Handle handle) {
    this.handle = handle;
  }

  @Override
  public List<Row> pending() {
    return handle
        .select("SELECT * FROM outbox WHERE condition = 'PENDING' ORDER BY id")
        .map((row, context) -> read(row))
        .list();
  }

  @Override
  public List<Row> recent(TenantId tenant, int rowsMax) {
    return handle
        .select(
            "SELECT * FROM outbox WHERE tenant = ? ORDER BY id DESC LIMIT ?",
            tenant.value(),
            rowsMax)
        .map((row, context) -> read(row))
        .list();
  }

  @Override
  public long add(
      TenantId tenant, String groupKey, String integration, byte[] payload, long createdAtNanos) {
    handle.execute(REPLACE, createdAtNanos, tenant.value(), groupKey, integration);
    handle.execute(
        ADD, tenant.value(), groupKey, integration, payload, createdAtNanos, createdAtNanos);
    return handle.select("SELECT last_insert_rowid()").mapTo(Long.class).one();
  }

  @Override
  public void retry(long id, int attempts, String error, long atNanos) {
    handle.execute(
        "UPDATE outbox SET attempts = ?, error = ?, updated_at = ? WHERE id = ? AND condition = 'PENDING'",
        attempts,
        error,
        atNanos,
        id);
  }

  @Override
  public void end(long id, Condition condition, int attempts, String error, long atNanos) {
    handle.execute(END, condition.name(), attempts, error, atNanos, id);
  }

  @Override
  public void trim(int rowsMax) {
    handle.execute(TRIM, rowsMax);
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("id"),
        new TenantId(row.getString("tenant")),
        row.getString("group_key"),
        row.getString("integration"),
        row.getBytes("payload"),
        Condition.valueOf(row.getString("condition")),
        row.getInt("attempts"),
        row.getString("error"),
        row.getLong("created_at"),
        row.getLong("updated_at"));
  }
}
