package io.ghostworks.dashboards.store;

import io.ghostworks.state.StoredDashboards;

/**
 * A folder of dashboards.
 *
 * @param parentUid "" at the root
 * @param provisioned whether dashboards of files are in it
 */
public record Folder(
    long id,
    String uid,
    String title,
    String parentUid,
    String description,
    int version,
    StoredDashboards.Change created,
    StoredDashboards.Change updated,
    boolean provisioned) {

  /** The uid by which Grafana's API names the root. */
  public static final String GENERAL_UID = "general";

  /** The root, as a folder. */
  public static final Folder GENERAL =
      new Folder(
          0,
          GENERAL_UID,
          "General",
          "",
          "",
          0,
          new StoredDashboards.Change(0, ""),
          new StoredDashboards.Change(0, ""),
          false);

  /** What a client calls a folder; "" for the root. */
  public static String normalUid(String uid) {
    return uid.equals(GENERAL_UID) ? "" : uid;
  }
}
