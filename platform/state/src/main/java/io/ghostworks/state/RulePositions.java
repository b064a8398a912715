package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.util.List;
import java.util.Map;

/**
 * Up to which slot groups of rules were evaluated, and which slots were missed while the program
 * did not run. Slots are nanoseconds since the epoch.
 */
public interface RulePositions {

  /** The last slots of a tenant's groups, by group. */
  Map<String, Long> ofTenant(TenantId tenant);

  /** Stores a group's last slot in the place of the one before. */
  void put(TenantId tenant, String group, long slotNanos);

  void remove(TenantId tenant, String group);

  /** The tenants that have positions. */
  List<TenantId> tenants();

  /** Notes missed slots; the oldest ones of the tenant beyond {@code most} are forgotten. */
  void addGap(TenantId tenant, Gap gap, int most);

  /** A tenant's missed slots, the newest first. */
  List<Gap> gaps(TenantId tenant);

  /**
   * Slots of a group that passed while the program did not run.
   *
   * @param firstSlotNanos the first of them
   * @param lastSlotNanos the last of them
   * @param iterations how many
   * @param noticedAtNanos when the program had started again
   */
  record Gap(
      String group,
      long firstSlotNanos,
      long lastSlotNanos,
      long iterations,
      long noticedAtNanos) {}
}
