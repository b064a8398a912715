package io.ghostworks.dashboards.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A dashboard as somebody wrote it.
 *
 * @param original the text as it came, the wrapper around the dashboard included
 * @param json the dashboard itself, or with {@link Form#RESOURCE} the resource; not to be changed
 * @param around what the wrapper says
 */
public record DashboardDocument(Form form, String original, ObjectNode json, Around around) {

  private static final Set<String> SIGNS =
      Set.of("title", "panels", "rows", "templating", "schemaVersion", "time", "annotations");
  private static final int TAGS_MAX = 100;

  /** How the dashboard is written. */
  public enum Form {
    /** Panels in one list, or in rows. */
    CLASSIC,
    /** {@code dashboard.grafana.app/v2…}: elements and a layout below {@code spec}. */
    RESOURCE
  }

  /**
   * What a wrapper says.
   *
   * @param folderUid "" if it says nothing
   * @param folderTitle "" if it says nothing
   */
  public record Around(String folderUid, String folderTitle) {
    static final Around NOTHING = new Around("", "");
  }

  /** Whether there is anything that only dashboards have. */
  public boolean looksLikeOne() {
    return form == Form.RESOURCE || SIGNS.stream().anyMatch(json::has);
  }

  /** Without spaces around; "" if there is none. */
  public String title() {
    return text(spec().path("title")).strip();
  }

  /** "" if there is none. */
  public String uid() {
    return text(form == Form.RESOURCE ? json.path("metadata").path("name") : json.path("uid"));
  }

  public String description() {
    return text(spec().path("description"));
  }

  /** The number of a former place; 0 if there is none. */
  public long id() {
    return form == Form.RESOURCE ? 0 : json.path("id").asLong(0);
  }

  /** The version that it was made of; 0 if it does not say. */
  public int version() {
    return form == Form.RESOURCE
        ? json.path("metadata").path("generation").asInt(0)
        : json.path("version").asInt(0);
  }

  /** {@code dashboard.grafana.app/v2…}; "" in the classic form. */
  public String apiVersion() {
    return form == Form.RESOURCE ? text(json.path("apiVersion")) : "";
  }

  /** By which it is found; each once, in its order. */
  public List<String> tags() {
    List<String> tags = new ArrayList<>();
    for (JsonNode tag : spec().path("tags")) {
      if (tag.isTextual() && !tags.contains(tag.textValue()) && tags.size() < TAGS_MAX) {
        tags.add(tag.textValue());
      }
    }
    return tags;
  }

  private JsonNode spec() {
    return form == Form.RESOURCE ? json.path("spec") : json;
  }

  /** What is asked of a person on import: {@code __inputs}. */
  public List<ObjectNode> inputs() {
    List<ObjectNode> inputs = new ArrayList<>();
    if (json.get("__inputs") instanceof ArrayNode all) {
      for (JsonNode each : all) {
        if (each instanceof ObjectNode input) {
          inputs.add(input);
        }
      }
    }
    return inputs;
  }

  /** The same with another title. */
  public DashboardDocument titled(String title) {
    ObjectNode copy = json.deepCopy();
    if (form == Form.RESOURCE) {
      var _ = copy.withObject("/spec").put("title", title);
    } else {
      var _ = copy.put("title", title);
    }
    return new DashboardDocument(form, original, copy, around);
  }

  /** The same with another tree. */
  public DashboardDocument with(ObjectNode tree) {
    return new DashboardDocument(form, original, tree, around);
  }

  /** As it is served: with the identity that its place gives it. The caller's own copy. */
  public ObjectNode identified(long id, String uid, int version) {
    ObjectNode copy = json.deepCopy();
    if (form == Form.RESOURCE) {
      var _ =
          (copy.get("metadata") instanceof ObjectNode metadata
                  ? metadata
                  : copy.putObject("metadata"))
              .put("name", uid)
              .put("generation", version);
    } else {
      var _ = copy.put("id", id).put("uid", uid).put("version", version);
    }
    return copy;
  }

  static String text(JsonNode node) {
    return node.isValueNode() && !node.isNull() ? node.asText("") : "";
  }
}
