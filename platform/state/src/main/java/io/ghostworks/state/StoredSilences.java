package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import java.util.List;

/** Silences: pending, active, and those that ended not long ago. */
public interface StoredSilences {

  /** All silences of a tenant, by their ids. */
  List<Row> all(TenantId tenant);

  /** The tenants that have silences. */
  List<TenantId> tenants();

  /** Stores a silence; one with the same tenant and id is replaced. */
  void put(TenantId tenant, Row row);

  /** Forgets the silences of a tenant that expired at a time or before. */
  void removeExpired(TenantId tenant, long nowNanos);

  /**
   * One silence. Times are nanoseconds since the epoch.
   *
   * @param matchers as JSON, a list of lists of name, operator and value
   * @param schedule the times within start and end at which it recurs, or "" where it holds
   *     throughout
   * @param expiresAtNanos when it is forgotten
   */
  record Row(
      String id,
      String matchers,
      long startsAtNanos,
      long endsAtNanos,
      long updatedAtNanos,
      String createdBy,
      String comment,
      Labels annotations,
      String schedule,
      long expiresAtNanos) {}
}
