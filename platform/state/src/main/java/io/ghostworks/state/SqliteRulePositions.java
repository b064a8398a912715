package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

final class SqliteRulePositions implements RulePositions {

  private static final String FORGET =
      """
      DELETE FROM rule_gap WHERE tenant = ? AND id <= (
        SELECT id FROM rule_gap WHERE tenant = ? ORDER BY id DESC LIMIT 1 OFFSET ?)
      """;

  private final Handle handle;

  SqliteRulePositions(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Map<String, Long> ofTenant(TenantId tenant) {
    return handle
        .select("SELECT rule_group, slot FROM rule_position WHERE tenant = ?", tenant.value())
        .map((row, context) -> Map.entry(row.getString("rule_group"), row.getLong("slot")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public void put(TenantId tenant, String group, long slotNanos) {
    handle.execute(
        "INSERT OR REPLACE INTO rule_position (tenant, rule_group, slot) VALUES (?, ?, ?)",
        tenant.value(),
        group,
        slotNanos);
  }

  @Override
  public void remove(TenantId tenant, String group) {
    handle.execute(
        "DELETE FROM rule_position WHERE tenant = ? AND rule_group = ?", tenant.value(), group);
  }

  @Override
  public List<TenantId> tenants() {
    return handle
        .select("SELECT DISTINCT tenant FROM rule_position")
        .mapTo(String.class)
        .map(TenantId::new)
        .list();
  }

  @Override
  public void addGap(TenantId tenant, Gap gap, int most) {
    handle.execute(
        "INSERT INTO rule_gap (tenant, rule_group, first_slot, last_slot, iterations, noticed_at)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        tenant.value(),
        gap.group(),
        gap.firstSlotNanos(),
        gap.lastSlotNanos(),
        gap.iterations(),
        gap.noticedAtNanos());
    handle.execute(FORGET, tenant.value(), tenant.value(), most);
  }

  @Override
  public List<Gap> gaps(TenantId tenant) {
    return handle
        .select("SELECT * FROM rule_gap WHERE tenant = ? ORDER BY id DESC", tenant.value())
        .map((row, context) ->
            new Gap(
                row.getString("rule_group"),
                row.getLong("first_slot"),
                row.getLong("last_slot"),
                row.getLong("iterations"),
                row.getLong("noticed_at")))
        .list();
  }
}
