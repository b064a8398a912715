package io.ghostworks.server.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.dashboards.document.DashboardDocument;
import io.ghostworks.dashboards.document.DocumentException;
import io.ghostworks.dashboards.document.DocumentReader;
import io.ghostworks.dashboards.document.ImportInputs;
import io.ghostworks.dashboards.document.TreeJson;
import io.ghostworks.dashboards.store.DashboardLibrary;
import io.ghostworks.dashboards.store.Folder;
import io.ghostworks.dashboards.store.Folders;
import io.ghostworks.model.TenantId;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.access.Role;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Authors;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/dashboards}: saving, importing, reading and deleting ({@code pkg/api/dashboard.go} of
 * Grafana), and the stars of {@code /api/user/stars}, which are the tenant's.
 */
final class DashboardRoutes {

  private static final String UID = "/api/dashboards/uid/{uid}";
  private static final String STAR = "/api/user/stars/dashboard/uid/{uid}";
  private static final String NOBODY = "Anonymous";

  private final DashboardLibrary library;
  private final Folders folders;
  private final Requests requests;
  private final Addresses addresses;

  DashboardRoutes(
      DashboardLibrary library, Folders folders, Requests requests, Addresses addresses) {
    this.library = library;
    this.folders = folders;
    this.requests = requests;
    this.addresses = addresses;
  }

  void addTo(Routes.Api api) {
    Route.Work work = Route.Work.QUERY;
    api.post("/api/dashboards/db", Permission.ADMIN, work, Requests.endpoint(this::save))
        .post("/api/dashboards/import", Permission.ADMIN, work, Requests.endpoint(this::importOne))
        .get("/api/dashboards/home", Permission.READ, work, Requests.endpoint(this::home))
        .get("/api/dashboards/tags", Permission.READ, work, Requests.endpoint(this::tags))
        .get(UID, Permission.READ, work, Requests.endpoint(this::get))
        .delete(UID, Permission.ADMIN, work, Requests.endpoint(this::delete))
        .get("/api/user/stars", Permission.READ, work, Requests.endpoint(this::stars))
        .post(STAR, Permission.ADMIN, work, Requests.endpoint(this::star))
        .delete(STAR, Permission.ADMIN, work, Requests.endpoint(this::unstar));
  }

  private record SavedView(
      long id, String uid, String url, String status, int version, String slug, String folderUid) {}

  private Answer save(Exchange exchange) {
    String text = requests.text(exchange);
    ObjectNode body = Requests.object(text);
    String written =
        TreeJson.valueOf(text, "dashboard")
            .orElseThrow(() -> RequestException.bad("bad request data: dashboard is missing"));
    DashboardLibrary.Save save =
        new DashboardLibrary.Save(
            document(written),
            folderUid(exchange.tenant(), body),
            Requests.string(body, "message"),
            Requests.truth(body, "overwrite"),
            Authors.of(exchange));
    return saved(addresses, library.save(exchange.tenant(), save));
  }

  static Answer saved(Addresses addresses, DashboardLibrary.Saved saved) {
    return Views.answer(
        new SavedView(
            saved.id(),
            saved.uid(),
            addresses.dashboard(saved.uid(), saved.slug()),
            "success",
            saved.version(),
            saved.slug(),
            saved.folderUid()));
  }

  private static DashboardDocument document(String written) {
    try {
      return DocumentReader.read(written);
    } catch (DocumentException e) {
      throw Requests.bad(e);
    }
  }

  /** The folder that a request names, by uid or by number. */
  private String folderUid(TenantId tenant, JsonNode body) {
    String uid = Requests.string(body, "folderUid");
    long id = body.path("folderId").asLong(0);
    return uid.isEmpty() && id > 0
        ? folders.getById(tenant, id).folder().uid()
        : Folder.normalUid(uid);
  }

  private record ImportedView(
      String uid,
      String pluginId,
      String title,
      boolean imported,
      String importedUri,
      String importedUrl,
      String slug,
      long dashboardId,
      long folderId,
      String folderUid,
      long importedRevision,
      long revision,
      String description,
      String path,
      boolean removed) {}

  private Answer importOne(Exchange exchange) {
    String text = requests.text(exchange);
    ObjectNode body = Requests.object(text);
    String written =
        TreeJson.valueOf(text, "dashboard")
            .orElseThrow(() -> new RequestException(422, "Dashboard must be set"));
    Map<String, String> given = new HashMap<>();
    for (JsonNode input : body.path("inputs")) {
      given.put(Requests.string(input, "name"), Requests.string(input, "value"));
    }
    DashboardDocument document = filled(document(written), given);
    DashboardLibrary.Saved saved =
        library.save(
            exchange.tenant(),
            new DashboardLibrary.Save(
                withoutPlace(document),
                folderUid(exchange.tenant(), body),
                Requests.string(body, "message"),
                Requests.truth(body, "overwrite"),
                Authors.of(exchange)));
    long revision = document.json().path("revision").asLong(0);
    return Views.answer(
        new ImportedView(
            saved.uid(),
            "",
            saved.title(),
            true,
            "db/" + saved.slug(),
            addresses.dashboard(saved.uid(), saved.slug()),
            saved.slug(),
            saved.id(),
            folderId(exchange.tenant(), saved.folderUid()),
            saved.folderUid(),
            revision,
            revision,
            document.description(),
            "",
            false));
  }

  static DashboardDocument filled(DashboardDocument document, Map<String, String> given) {
    ImportInputs inputs = ImportInputs.of(document, given);
    if (!inputs.missing().isEmpty()) {
      throw RequestException.bad(
          "Dashboard input missing: give a value for " + String.join(", ", inputs.missing()));
    }
    return inputs.fill(document);
  }

  /** The same without the number that it had elsewhere, which says nothing here. */
  static DashboardDocument withoutPlace(DashboardDocument document) {
    if (document.id() == 0) {
      return document;
    }
    ObjectNode json = document.json().deepCopy();
    json.remove("id");
    return document.with(json);
  }

  private long folderId(TenantId tenant, String uid) {
    return uid.isEmpty() ? 0 : folders.get(tenant, uid).folder().id();
  }

  private record Meta(
      String type,
      boolean canSave,
      boolean canEdit,
      boolean canAdmin,
      boolean canStar,
      boolean canDelete,
      String slug,
      String url,
      String created,
      String updated,
      String updatedBy,
      String createdBy,
      int version,
      boolean hasAcl,
      boolean isFolder,
      boolean isStarred,
      boolean isHome,
      long folderId,
      String folderUid,
      String folderTitle,
      String folderUrl,
      boolean provisioned,
      String provisionedExternalId,
      @Nullable String apiVersion) {}

  private record DashboardView(Meta meta, ObjectNode dashboard) {}

  private Answer get(Exchange exchange) {
    DashboardLibrary.Found found = library.get(exchange.tenant(), exchange.variable("uid"));
    boolean admin = exchange.role() == Role.ADMIN;
    boolean canSave = admin && !found.provisioned();
    return Views.answer(
        new DashboardView(
            new Meta(
                "db",
                canSave,
                canSave,
                admin,
                admin,
                admin && found.origin().isEmpty(),
                found.slug(),
                addresses.dashboard(found.uid(), found.slug()),
                Addresses.time(found.created().atMs()),
                Addresses.time(found.updated().atMs()),
                author(found.updated().author()),
                author(found.created().author()),
                found.version(),
                false,
                false,
                found.starred(),
                false,
                found.folder().map(Folder::id).orElse(0L),
                found.folder().map(Folder::uid).orElse(""),
                found.folder().map(Folder::title).orElse("General"),
                found
                    .folder()
                    .map(folder -> addresses.folder(folder.uid(), folder.title()))
                    .orElse(""),
                found.provisioned(),
                found.origin(),
                found.apiVersion().isEmpty() ? null : found.apiVersion()),
            found.json()));
  }

  private static String author(String author) {
    return author.isEmpty() ? NOBODY : author;
  }

  private record Redirect(String redirectUri) {}

  private record HomeMeta(
      boolean isHome, boolean canSave, boolean canEdit, boolean canStar, String type) {}

  private record Home(HomeMeta meta, ObjectNode dashboard) {}

  /** The first that has a star, else the first of all; an empty page for who has none. */
  private Answer home(Exchange exchange) {
    List<String> stars = library.stars(exchange.tenant());
    List<String> all =
        stars.isEmpty() ? List.copyOf(library.ids(exchange.tenant()).keySet()) : stars;
    if (!all.isEmpty()) {
      DashboardLibrary.Found found = library.get(exchange.tenant(), all.getFirst());
      return Views.answer(new Redirect(addresses.dashboard(found.uid(), found.slug())));
    }
    ObjectNode empty = TreeJson.object();
    empty.put("title", "Home").putArray("panels");
    return Views.answer(new Home(new HomeMeta(true, false, false, false, ""), empty));
  }

  private record Tag(String term, int count) {}

  private Answer tags(Exchange exchange) {
    return Views.answer(
        library.tags(exchange.tenant()).entrySet().stream()
            .map(tag -> new Tag(tag.getKey(), tag.getValue()))
            .toList());
  }

  private record Deleted(String title, String message, String uid, long id) {}

  private Answer delete(Exchange exchange) {
    DashboardLibrary.Saved gone = library.delete(exchange.tenant(), exchange.variable("uid"));
    return Views.answer(
        new Deleted(
            gone.title(), "Dashboard %s deleted".formatted(gone.title()), gone.uid(), gone.id()));
  }

  private record Message(String message) {}

  private Answer stars(Exchange exchange) {
    return Views.answer(library.stars(exchange.tenant()));
  }

  private Answer star(Exchange exchange) {
    library.star(exchange.tenant(), exchange.variable("uid"), true);
    return Views.answer(new Message("Dashboard starred!"));
  }

  private Answer unstar(Exchange exchange) {
    library.star(exchange.tenant(), exchange.variable("uid"), false);
    return Views.answer(new Message("Dashboard unstarred"));
  }
}
