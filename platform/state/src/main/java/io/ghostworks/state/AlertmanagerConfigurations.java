package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * The configurations that tenants have set for their notifications, with their earlier versions.
 */
public interface AlertmanagerConfigurations {

  /** What holds; empty if none was set, or it was deleted. */
  Optional<Row> current(TenantId tenant);

  /** All versions that are kept, newest first; a deletion is one too. */
  List<Row> versions(TenantId tenant);

  /** The tenants that have versions. */
  List<TenantId> tenants();

  /**
   * Adds a version and forgets those beyond the newest {@code versionsMax}.
   *
   * @return its number, from 1
   */
  long put(
      TenantId tenant,
      String configuration,
      String templates,
      long createdAtNanos,
      int versionsMax);

  /** Adds a version that says that there is none any more, if there is one. */
  void delete(TenantId tenant, long createdAtNanos);

  /**
   * One version.
   *
   * @param version from 1
   * @param configuration an {@code alertmanager.yml}; "" where deleted
   * @param templates as JSON, text by name; "" where deleted
   * @param createdAtNanos since the epoch
   * @param deleted whether nothing holds from then on
   */
  record Row(
      long version, String configuration, String templates, long createdAtNanos, boolean deleted) {}
}
