package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

final class SqliteStoredSilences implements StoredSilences {

  private static final String PUT =
      """
      INSERT OR REPLACE INTO silence
        (tenant, id, matchers, starts_at, ends_at, updated_at, created_by, comment, annotations,
         schedule, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Handle handle;

  SqliteStoredSilences(Handle handle) {
    this.handle = handle;
  }

  @Override
  public List<Row> all(TenantId tenant) {
    return handle
        .select("SELECT * FROM silence WHERE tenant = ? ORDER BY id", tenant.value())
        .map((row, context) -> read(row))
        .list();
  }

  @Override
  public List<TenantId> tenants() {
    return handle
        .select("SELECT DISTINCT tenant FROM silence")
        .map((row, context) -> new TenantId(row.getString(1)))
        .list();
  }

  @Override
  public void put(TenantId tenant, Row row) {
    handle.execute(
        PUT,
        tenant.value(),
        row.id(),
        row.matchers(),
        row.startsAtNanos(),
        row.endsAtNanos(),
        row.updatedAtNanos(),
        row.createdBy(),
        row.comment(),
        PackedLabels.pack(row.annotations()),
        row.schedule(),
        row.expiresAtNanos());
  }

  @Override
  public void removeExpired(TenantId tenant, long nowNanos) {
    handle.execute(
        "DELETE FROM silence WHERE tenant = ? AND expires_at <= ?", tenant.value(), nowNanos);
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getString("id"),
        row.getString("matchers"),
        row.getLong("starts_at"),
        row.getLong("ends_at"),
        row.getLong("updated_at"),
        row.getString("created_by"),
        row.getString("comment"),
        PackedLabels.unpack(row.getBytes("annotations")),
        row.getString("schedule"),
        row.getLong("expires_at"));
  }
}
