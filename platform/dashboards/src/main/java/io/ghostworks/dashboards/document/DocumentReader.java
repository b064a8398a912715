package io.ghostworks.dashboards.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.dashboards.document.DashboardDocument.Around;
import io.ghostworks.dashboards.document.DashboardDocument.Form;

/**
 * Reads a dashboard in any of the forms in which people keep them: itself; in the wrapper of the
 * HTTP API ({@code dashboard}) or of grafana.com ({@code json}); as a resource of {@code
 * dashboard.grafana.app} or of Grizzly ({@code kind: Dashboard}, {@code spec}). A resource up to v1
 * has the classic form below {@code spec}; one from v2 on is kept as it is.
 */
public final class DocumentReader {

  private static final String GROUP = "dashboard.grafana.app/";
  private static final String NEWEST = GROUP + "v2beta1";
  private static final int WRAPPERS_MAX = 4;

  private DocumentReader() {}

  /** The dashboard of a text. */
  public static DashboardDocument read(String text) throws DocumentException {
    return read(text, TreeJson.read(text));
  }

  /**
   * The dashboard of a text that was read already.
   *
   * @param tree of the text
   */
  public static DashboardDocument read(String text, JsonNode tree) throws DocumentException {
    JsonNode at = tree;
    Around around = Around.NOTHING;
    for (int i = 0; i < WRAPPERS_MAX; i++) {
      if (!(at instanceof ObjectNode json)) {
        throw new DocumentException("must be a dashboard: a JSON object with a title");
      }
      if (isResource(json)) {
        around = aroundResource(json, around);
        if (isNewest(json)) {
          return new DashboardDocument(Form.RESOURCE, text, json, around);
        }
        at = classicSpec(json);
        continue;
      }
      String wrapped = wrapped(json);
      if (wrapped.isEmpty()) {
        return new DashboardDocument(
            isBareSpec(json) ? Form.RESOURCE : Form.CLASSIC,
            text,
            isBareSpec(json) ? resource(json) : json,
            around);
      }
      around = aroundWrapped(json, around);
      at = json.get(wrapped);
    }
    throw new DocumentException("a dashboard may not be wrapped so often");
  }

  private static boolean isResource(ObjectNode json) {
    String kind = json.path("kind").asText("");
    return json.path("spec").isObject()
        && (kind.startsWith("Dashboard") || json.path("apiVersion").asText("").startsWith(GROUP));
  }

  private static boolean isNewest(ObjectNode json) {
    return json.path("apiVersion").asText("").startsWith(GROUP + "v2")
        || isBareSpec(json.get("spec"));
  }

  private static boolean isBareSpec(JsonNode spec) {
    return spec.path("elements").isObject() && spec.path("layout").isObject();
  }

  private static ObjectNode resource(ObjectNode spec) {
    ObjectNode resource = TreeJson.object();
    var _ = resource.put("apiVersion", NEWEST).put("kind", "Dashboard");
    var _ = resource.putObject("metadata");
    var _ = resource.set("spec", spec);
    return resource;
  }

  private static JsonNode classicSpec(ObjectNode resource) {
    ObjectNode spec = ((ObjectNode) resource.get("spec")).deepCopy();
    String name = DashboardDocument.text(resource.path("metadata").path("name"));
    if (!name.isEmpty() && DashboardDocument.text(spec.path("uid")).isEmpty()) {
      var _ = spec.put("uid", name);
    }
    return spec;
  }

  private static Around aroundResource(ObjectNode json, Around before) {
    JsonNode metadata = json.path("metadata");
    String folder = DashboardDocument.text(metadata.path("annotations").path("grafana.app/folder"));
    if (folder.isEmpty()) {
      folder = DashboardDocument.text(metadata.path("folder")); // as Grizzly writes it
    }
    return folder.isEmpty() ? before : new Around(folder, before.folderTitle());
  }

  private static String wrapped(ObjectNode json) {
    boolean own = json.has("panels") || json.has("rows");
    if (!own && json.path("dashboard").isObject()) {
      return "dashboard";
    }
    return !own && json.path("json").isObject() ? "json" : "";
  }

  private static Around aroundWrapped(ObjectNode json, Around before) {
    JsonNode meta = json.path("meta");
    String uid = DashboardDocument.text(json.path("folderUid"));
    uid = uid.isEmpty() ? DashboardDocument.text(meta.path("folderUid")) : uid;
    String title = DashboardDocument.text(meta.path("folderTitle"));
    return new Around(
        uid.isEmpty() ? before.folderUid() : uid, title.isEmpty() ? before.folderTitle() : title);
  }
}
