package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqliteAlertmanagerConfigurations implements AlertmanagerConfigurations {

  private static final String PUT =
      """
      INSERT INTO alertmanager_configuration
        (tenant, version, configuration, templates, created_at, deleted)
      VALUES (?, ?, ?, ?, ?, ?)
      """;

  private final Handle handle;

  SqliteAlertmanagerConfigurations(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<Row> current(TenantId tenant) {
    return versions(tenant).stream().findFirst().filter(row -> !row.deleted());
  }

  @Override
  public List<Row> versions(TenantId tenant) {
    return handle
        .select(
            "SELECT * FROM alertmanager_configuration WHERE tenant = ? ORDER BY version DESC",
            tenant.value())
        .map((row, context) -> read(row))
        .list();
  }

  @Override
  public List<TenantId> tenants() {
    return handle
        .select("SELECT DISTINCT tenant FROM alertmanager_configuration")
        .map((row, context) -> new TenantId(row.getString(1)))
        .list();
  }

  @Override
  public long put(
      TenantId tenant,
      String configuration,
      String templates,
      long createdAtNanos,
      int versionsMax) {
    return add(tenant, configuration, templates, createdAtNanos, false, versionsMax);
  }

  @Override
  public void delete(TenantId tenant, long createdAtNanos) {
    if (current(tenant).isPresent()) {
      var _ = add(tenant, "", "", createdAtNanos, true, Integer.MAX_VALUE);
    }
  }

  private long add(
      TenantId tenant,
      String configuration,
      String templates,
      long createdAtNanos,
      boolean deleted,
      int versionsMax) {
    long version = newest(tenant) + 1;
    handle.execute(PUT, tenant.value(), version, configuration, templates, createdAtNanos, deleted);
    handle.execute(
        "DELETE FROM alertmanager_configuration WHERE tenant = ? AND version <= ?",
        tenant.value(),
        version - versionsMax);
    return version;
  }

  private long newest(TenantId tenant) {
    return handle
        .select(
            "SELECT MAX(version) FROM alertmanager_configuration WHERE tenant = ?", tenant.value())
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("version"),
        row.getString("configuration"),
        row.getString("templates"),
        row.getLong("created_at"),
        row.getBoolean("deleted"));
  }
}
