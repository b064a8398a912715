package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

final class SqliteReceivedAlerts implements ReceivedAlerts {

  private static final String PUT =
      """
      INSERT OR REPLACE INTO received_alert
        (tenant, labels, annotations, starts_at, ends_at, updated_at, timeout, generator_url)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Handle handle;

  SqliteReceivedAlerts(Handle handle) {
    this.handle = handle;
  }

  @Override
  public List<Row> all(TenantId tenant) {
    return handle
        .select("SELECT * FROM received_alert WHERE tenant = ?", tenant.value())
        .map((row, context) -> read(row))
        .list();
  }

  @Override
  public List<TenantId> tenants() {
    return handle
        .select("SELECT DISTINCT tenant FROM received_alert")
        .map((row, context) -> new TenantId(row.getString(1)))
        .list();
  }

  @Override
  public void put(TenantId tenant, Row row) {
    handle.execute(
        PUT,
        tenant.value(),
        PackedLabels.pack(row.labels()),
        PackedLabels.pack(row.annotations()),
        row.startsAtNanos(),
        row.endsAtNanos(),
        row.updatedAtNanos(),
        row.timeout(),
        row.generatorUrl());
  }

  @Override
  public void remove(TenantId tenant, Labels labels) {
    handle.execute(
        "DELETE FROM received_alert WHERE tenant = ? AND labels = ?",
        tenant.value(),
        PackedLabels.pack(labels));
  }

  @Override
  public void removeUnchanged(TenantId tenant, Row row) {
    handle.execute(
        "DELETE FROM received_alert WHERE tenant = ? AND labels = ? AND updated_at = ?",
        tenant.value(),
        PackedLabels.pack(row.labels()),
        row.updatedAtNanos());
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        PackedLabels.unpack(row.getBytes("labels")),
        PackedLabels.unpack(row.getBytes("annotations")),
        row.getLong("starts_at"),
        row.getLong("ends_at"),
        row.getLong("updated_at"),
        row.getBoolean("timeout"),
        row.getString("generator_url"));
  }
}
