package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import java.util.List;

/** The instances of alerting rules, so that a restart neither resolves nor fires anything anew. */
public interface RuleAlerts {

  /** The instances of a group's rules, in no particular order. */
  List<Row> ofGroup(TenantId tenant, String group);

  /** Stores an instance; one with the same tenant, group, rule and labels is replaced. */
  void put(TenantId tenant, Row row);

  /** Forgets an instance. */
  void remove(TenantId tenant, String group, String rule, Labels labels);

  /** Forgets all instances of a group. */
  void removeGroup(TenantId tenant, String group);

  /** The tenants that have instances. */
  List<TenantId> tenants();

  /** The groups that have instances. */
  List<String> groups(TenantId tenant);

  /**
   * One instance. Times are nanoseconds since the epoch, 0 where something did not happen.
   *
   * @param group the group's key: file, a semicolon, name
   * @param rule what tells the rule from others of its group
   * @param condition {@code pending}, {@code firing} or {@code inactive} (resolved, still
   *     remembered)
   */
  record Row(
      String group,
      String rule,
      Labels labels,
      Labels annotations,
      String condition,
      double value,
      long activeAtNanos,
      long firedAtNanos,
      long resolvedAtNanos,
      long lastSentAtNanos,
      long validUntilNanos,
      long keepFiringSinceNanos) {}
}
