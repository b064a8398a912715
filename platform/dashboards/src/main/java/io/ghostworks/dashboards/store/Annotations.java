package io.ghostworks.dashboards.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghostworks.dashboards.document.TreeJson;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.state.State;
import io.ghostworks.state.StoredAnnotations;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tenant's notes on the time line. Thread-safe: each change is one transaction. */
public final class Annotations {

  private static final int KEPT_MAX = 100_000;
  private static final int TEXT_CHARS_MAX = 64 * 1024;
  private static final int DATA_CHARS_MAX = 64 * 1024;
  private static final int TAGS_MAX = 100;
  private static final int TAG_CHARS_MAX = 500;

  private final State state;
  private final Clock clock;

  public Annotations(State state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /**
   * A note.
   *
   * @param data JSON; null if there is none
   */
  public record Note(
      long id,
      String dashboardUid,
      long panelId,
      long timeMs,
      long timeEndMs,
      String text,
      List<String> tags,
      @Nullable JsonNode data,
      String login,
      long createdMs,
      long updatedMs) {
    public Note {
      tags = List.copyOf(tags);
    }
  }

  /**
   * What a client says of a note; null where it says nothing.
   *
   * @param timeMs since the epoch; now, if there is none
   * @param timeEndMs the same as the time, if there is none
   */
  public record Given(
      @Nullable Long timeMs,
      @Nullable Long timeEndMs,
      @Nullable String text,
      @Nullable List<String> tags,
      @Nullable JsonNode data) {}

  /**
   * Which notes.
   *
   * @param dashboardUid "" for all
   * @param panelId 0 for all
   * @param anyTag whether one of the tags is enough
   */
  public record Query(
      long fromMs,
      long toMs,
      String dashboardUid,
      long panelId,
      List<String> tags,
      boolean anyTag,
      int limit) {
    public Query {
      tags = List.copyOf(tags);
    }
  }

  /** The newest first. */
  public List<Note> find(TenantId tenant, Query query) {
    Set<String> tags = new LinkedHashSet<>(query.tags);
    StoredAnnotations.Selection selection =
        new StoredAnnotations.Selection(
            query.fromMs,
            query.toMs,
            query.dashboardUid,
            query.panelId,
            tags.size(),
            json(tags),
            query.anyTag,
            query.limit);
    return state.transaction(tables -> tables.annotations().find(tenant, selection)).stream()
        .map(Annotations::note)
        .toList();
  }

  public Note get(TenantId tenant, long id) {
    return state
        .transaction(tables -> tables.annotations().find(tenant, id))
        .map(Annotations::note)
        .orElseThrow(Annotations::unknown);
  }

  private static RefusedException unknown() {
    return new RefusedException(404, "not-found", "Annotation not found");
  }

  /** Stores a note; its id. */
  public long add(TenantId tenant, String dashboardUid, long panelId, Given given, String login) {
    long now = clock.epochMs();
    String text = given.text == null ? "" : given.text;
    check(text, tags(given), given.data);
    if (text.isEmpty()) {
      throw RefusedException.bad("Failed to save annotation: text field should not be empty");
    }
    long time = given.timeMs == null || given.timeMs == 0 ? now : given.timeMs;
    long end = given.timeEndMs == null || given.timeEndMs == 0 ? time : given.timeEndMs;
    StoredAnnotations.Row row =
        new StoredAnnotations.Row(
            0,
            tenant,
            dashboardUid,
            panelId,
            Math.min(time, end),
            Math.max(time, end),
            text,
            json(tags(given)),
            given.data == null ? "" : TreeJson.write(given.data),
            login,
            now,
            now);
    return state.transaction(tables -> tables.annotations().insert(row, KEPT_MAX));
  }

  /** Changes what is given of a note. */
  public void patch(TenantId tenant, long id, Given given) {
    state.write(tables -> {
      StoredAnnotations.Row row =
          tables.annotations().find(tenant, id).orElseThrow(Annotations::unknown);
      String text = given.text == null || given.text.isEmpty() ? row.text() : given.text;
      check(text, tags(given), given.data);
      long time = given.timeMs == null || given.timeMs == 0 ? row.timeMs() : given.timeMs;
      long end =
          given.timeEndMs == null || given.timeEndMs == 0 ? row.timeEndMs() : given.timeEndMs;
      tables
          .annotations()
          .update(
              new StoredAnnotations.Row(
                  id,
                  tenant,
                  row.dashboardUid(),
                  row.panelId(),
                  Math.min(time, end),
                  Math.max(time, end),
                  text,
                  given.tags == null ? row.tags() : json(tags(given)),
                  given.data == null ? row.data() : TreeJson.write(given.data),
                  row.login(),
                  row.createdMs(),
                  clock.epochMs()));
    });
  }

  public void delete(TenantId tenant, long id) {
    if (!state.transaction(tables -> tables.annotations().delete(tenant, id))) {
      throw unknown();
    }
  }

  /** Deletes those of a panel. */
  public void deleteOfPanel(TenantId tenant, String dashboardUid, long panelId) {
    var _ =
        state.transaction(
            tables -> tables.annotations().deleteOfPanel(tenant, dashboardUid, panelId));
  }

  /** How many notes have each of the tags that contain a text. */
  public Map<String, Integer> tags(TenantId tenant, String part, int limit) {
    return state.transaction(tables -> tables.annotations().tags(tenant, part, limit));
  }

  private static Set<String> tags(Given given) {
    return new LinkedHashSet<>(Optional.ofNullable(given.tags).orElse(List.of()));
  }

  private static String json(Set<String> tags) {
    return TreeJson.write(TreeJson.tree(tags));
  }

  private static void check(String text, Set<String> tags, @Nullable JsonNode data) {
    if (text.length() > TEXT_CHARS_MAX) {
      throw RefusedException.bad(
          "Failed to save annotation: the text may have %d characters".formatted(TEXT_CHARS_MAX));
    }
    if (tags.size() > TAGS_MAX || tags.stream().anyMatch(tag -> tag.length() > TAG_CHARS_MAX)) {
      throw RefusedException.bad(
          "Failed to save annotation: it may have %d tags of %d characters each"
              .formatted(TAGS_MAX, TAG_CHARS_MAX));
    }
    if (data != null && TreeJson.write(data).length() > DATA_CHARS_MAX) {
      throw RefusedException.bad(
          "Failed to save annotation: data may have %d characters".formatted(DATA_CHARS_MAX));
    }
  }

  private static Note note(StoredAnnotations.Row row) {
    return new Note(
        row.id(),
        row.dashboardUid(),
        row.panelId(),
        row.timeMs(),
        row.timeEndMs(),
        row.text(),
        Shelf.tags(row.tags()),
        data(row.data()),
        row.login(),
        row.createdMs(),
        row.updatedMs());
  }

  private static @Nullable JsonNode data(String json) {
    try {
      return json.isEmpty() ? null : TreeJson.read(json);
    } catch (io.ghostworks.dashboards.document.DocumentException e) {
      throw new IllegalStateException("the stored data of an annotation cannot be read", e);
    }
  }
}
