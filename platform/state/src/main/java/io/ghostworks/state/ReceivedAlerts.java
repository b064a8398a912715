package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import java.util.List;

/** The alerts that wait to be told to receivers, firing ones and those resolved lately. */
public interface ReceivedAlerts {

  /** All alerts of a tenant, in no particular order. */
  List<Row> all(TenantId tenant);

  /** The tenants that have alerts. */
  List<TenantId> tenants();

  /** Stores an alert; one with the same tenant and labels is replaced. */
  void put(TenantId tenant, Row row);

  /** Forgets an alert. */
  void remove(TenantId tenant, Labels labels);

  /** Forgets an alert, unless it was received anew since. */
  void removeUnchanged(TenantId tenant, Row row);

  /**
   * One alert. Times are nanoseconds since the epoch.
   *
   * @param endsAtNanos when it resolved, or when it will unless it is told again; 0 is unknown
   * @param timeout whether {@code endsAtNanos} was not given by the sender
   * @param generatorUrl where it comes from, or ""
   */
  record Row(
      Labels labels,
      Labels annotations,
      long startsAtNanos,
      long endsAtNanos,
      long updatedAtNanos,
      boolean timeout,
      String generatorUrl) {}
}
