package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

final class SqliteRuleAlerts implements RuleAlerts {

  private static final String PUT =
      """
      INSERT OR REPLACE INTO rule_alert (tenant, rule_group, rule, labels, annotations, condition,
        value_bits, active_at, fired_at, resolved_at, last_sent_at, valid_until, keep_firing_since)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Handle handle;

  SqliteRuleAlerts(Handle handle) {
    this.handle = handle;
  }

  @Override
  public List<Row> ofGroup(TenantId tenant, String group) {
    return handle
        .select(
            "SELECT * FROM rule_alert WHERE tenant = ? AND rule_group = ?", tenant.value(), group)
        .map((row, context) -> read(row))
        .list();
  }

  @Override
  public void put(TenantId tenant, Row row) {
    handle.execute(
        PUT,
        tenant.value(),
        row.group(),
        row.rule(),
        PackedLabels.pack(row.labels()),
        PackedLabels.pack(row.annotations()),
        row.condition(),
        Double.doubleToRawLongBits(row.value()),
        row.activeAtNanos(),
        row.firedAtNanos(),
        row.resolvedAtNanos(),
        row.lastSentAtNanos(),
        row.validUntilNanos(),
        row.keepFiringSinceNanos());
  }

  @Override
  public void remove(TenantId tenant, String group, String rule, Labels labels) {
    handle.execute(
        "DELETE FROM rule_alert WHERE tenant = ? AND rule_group = ? AND rule = ? AND labels = ?",
        tenant.value(),
        group,
        rule,
        PackedLabels.pack(labels));
  }

  @Override
  public void removeGroup(TenantId tenant, String group) {
    handle.execute(
        "DELETE FROM rule_alert WHERE tenant = ? AND rule_group = ?", tenant.value(), group);
  }

  @Override
  public List<TenantId> tenants() {
    return handle
        .select("SELECT DISTINCT tenant FROM rule_alert")
        .mapTo(String.class)
        .map(TenantId::new)
        .list();
  }

  @Override
  public List<String> groups(TenantId tenant) {
    return handle
        .select("SELECT DISTINCT rule_group FROM rule_alert WHERE tenant = ?", tenant.value())
        .mapTo(String.class)
        .list();
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getString("rule_group"),
        row.getString("rule"),
        PackedLabels.unpack(row.getBytes("labels")),
        PackedLabels.unpack(row.getBytes("annotations")),
        row.getString("condition"),
        Double.longBitsToDouble(row.getLong("value_bits")),
        row.getLong("active_at"),
        row.getLong("fired_at"),
        row.getLong("resolved_at"),
        row.getLong("last_sent_at"),
        row.getLong("valid_until"),
        row.getLong("keep_firing_since"));
  }
}
