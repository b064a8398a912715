package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.util.List;

/** The folders of dashboards that people make. */
public interface StoredFolders {

  /** All of a tenant, by id. */
  List<Row> ofTenant(TenantId tenant);

  /**
   * Stores a new folder.
   *
   * @return its id
   */
  long insert(Row row);

  /** Stores another state of a folder. */
  void update(Row row);

  void delete(long id);

  /**
   * A folder.
   *
   * @param id meaningless where it is being inserted
   * @param parentUid "" at the root
   */
  record Row(
      long id,
      TenantId tenant,
      String uid,
      String parentUid,
      String title,
      String description,
      int version,
      StoredDashboards.Change created,
      StoredDashboards.Change updated) {}
}
