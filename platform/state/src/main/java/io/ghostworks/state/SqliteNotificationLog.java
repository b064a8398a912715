package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqliteNotificationLog implements NotificationLog {

  private static final String FIND =
      "SELECT * FROM notification_log WHERE tenant = ? AND group_key = ? AND integration = ?";
  private static final String PUT =
      """
      INSERT OR REPLACE INTO notification_log
        (tenant, group_key, integration, firing, resolved, sent_at, expires_at, receiver_data)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
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
        PackedHashes.pack(entry.firing()),
        PackedHashes.pack(entry.resolved()),
        entry.sentAtNanos(),
        entry.expiresAtNanos(),
        PackedLabels.pack(Labels.of(entry.receiverData())));
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
    byte[] data = row.getBytes("receiver_data");
    return new Entry(
        row.getString("group_key"),
        row.getString("integration"),
        PackedHashes.unpack(row.getBytes("firing")),
        PackedHashes.unpack(row.getBytes("resolved")),
        row.getLong("sent_at"),
        row.getLong("expires_at"),
        data.length == 0 ? Map.of() : PackedLabels.unpack(data).toMap());
  }
}
