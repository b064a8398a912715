package io.ghostworks.dashboards;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.dashboards.document.DashboardDocument;
import java.util.List;

/**
 * A dashboard of a file.
 *
 * @param place where it belongs, and who may change it
 * @param origin the file it comes from, as given
 * @param changedMs when the file was changed, since the epoch
 * @param hash of its text
 * @param document as it is written
 * @param json complete: with uid, panel ids and places; not to be changed
 */
public record Dashboard(
    String uid,
    String title,
    Place place,
    String origin,
    long changedMs,
    String hash,
    DashboardDocument document,
    ObjectNode json) {

  /**
   * Where dashboards of files belong.
   *
   * @param folderTitle "" for the general folder
   * @param folderUid "" where it follows from the title
   * @param editable whether people may store another state, which counts until the file changes
   */
  public record Place(String folderTitle, String folderUid, boolean editable) {
    /** The general folder, read-only. */
    public static final Place GENERAL = new Place("", "", false);

    Place inFolder(String title) {
      return new Place(title, "", editable);
    }
  }

  /** The uid of its folder; "" for the general one. */
  public String folderUid() {
    return place.folderTitle.isEmpty()
        ? ""
        : place.folderUid.isEmpty() ? Dashboards.folderUid(place.folderTitle) : place.folderUid;
  }

  /** The labels by which it is found. */
  public List<String> tags() {
    return document.tags();
  }
}
