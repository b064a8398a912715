package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqliteNotificationLog implements NotificationLog {

  private static final String FIND =
      "SELECT * FROM notification_log WHERE tenant = ? AND group_key = ? AND integration = ?";
  private static final String PUT =
      """
      INSERT OR REPLACE INTO notification_log
        (tenant, group_key, integration, firing, resolved, sent_at, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private final Handle handle;

  SqliteNotificationLog(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<Entry> find(TenantId tenant, String groupKey, String integration) {
    return handle
        .select(FIND, tenant.value(), groupKey, integration)
        .map((row, context) -> read(row))
        .findFirst();
  }

  @Override
  public void put(TenantId tenant, Entry entry) {
    handle.execute(
        PUT,
        tenant.value(),
        entry.groupKey(),
        entry.integration(),
        bytes(entry.firing()),
        bytes(entry.resolved()),
        entry.sentAtNanos(),
        entry.expiresAtNanos());
  }

  @Override
  public void removeExpired(long nowNanos) {
    handle.execute("DELETE FROM notification_log WHERE expires_at < ?", nowNanos);
  }

  @Override
  public List<Entry> all(TenantId tenant) {
    return handle
        .select("SELECT * FROM notification_log WHERE tenant = ?", tenant.value())
        .map((row, context) -> read(row))
        .list();
  }

  private static Entry read(ResultSet row) throws SQLException {
    return new Entry(
        row.getString("group_key"),
        row.getString("integration"),
        longs(row.getBytes("firing")),
        longs(row.getBytes("resolved")),
        row.getLong("sent_at"),
        row.getLong("expires_at"));
  }

  private static byte[] bytes(long[] values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * Long.BYTES);
    out.asLongBuffer().put(values);
    return out.array();
  }

  private static long[] longs(byte[] bytes) {
    long[] values = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(values);
    return values;
  }
}
