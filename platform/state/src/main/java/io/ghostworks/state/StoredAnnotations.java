package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Notes on the time line that people and programs store. */
public interface StoredAnnotations {

  /** Those that a selection takes, by their end, the newest first. */
  List<Row> find(TenantId tenant, Selection selection);

  Optional<Row> find(TenantId tenant, long id);

  /**
   * Stores a new one, and forgets the oldest beyond a number.
   *
   * @return its id
   */
  long insert(Row row, int annotationsMax);

  /** Stores another state of one. */
  void update(Row row);

  /** Deletes one; whether it was there. */
  boolean delete(TenantId tenant, long id);

  /** Deletes those of a panel; how many there were. */
  int deleteOfPanel(TenantId tenant, String dashboardUid, long panelId);

  /** The tags that contain a text, in any case, with how many have them; by tag. */
  Map<String, Integer> tags(TenantId tenant, String part, int limit);

  /**
   * A note.
   *
   * @param id meaningless where it is being inserted
   * @param dashboardUid "" for all dashboards
   * @param panelId 0 for all panels
   * @param timeMs since the epoch
   * @param timeEndMs since the epoch, not before {@code timeMs}
   * @param tags a JSON array of strings
   * @param data JSON, or ""
   */
  record Row(
      long id,
      TenantId tenant,
      String dashboardUid,
      long panelId,
      long timeMs,
      long timeEndMs,
      String text,
      String tags,
      String data,
      String login,
      long createdMs,
      long updatedMs) {}

  /**
   * Which notes; those that end after {@code fromMs} and begin before {@code toMs}.
   *
   * @param dashboardUid "" for all
   * @param panelId 0 for all
   * @param tags how many different tags are wanted; 0 for all notes
   * @param tagsJson the wanted tags as a JSON array
   * @param anyTag whether one of the tags is enough
   */
  record Selection(
      long fromMs,
      long toMs,
      String dashboardUid,
      long panelId,
      int tags,
      String tagsJson,
      boolean anyTag,
      int limit) {}
}
