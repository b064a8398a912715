package io.ghostworks.server.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghostworks.dashboards.store.Folder;
import io.ghostworks.dashboards.store.Folders;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.access.Role;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Authors;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/folders} ({@code pkg/api/folder.go} of Grafana). */
final class FolderRoutes {

  private static final String PATH = "/api/folders";
  private static final String ONE = PATH + "/{uid}";
  private static final int LIMIT = 1_000;

  private final Folders folders;
  private final Requests requests;
  private final Addresses addresses;

  FolderRoutes(Folders folders, Requests requests, Addresses addresses) {
    this.folders = folders;
    this.requests = requests;
    this.addresses = addresses;
  }

  void addTo(Routes.Api api) {
    Route.Work work = Route.Work.QUERY;
    api.get(PATH, Permission.READ, work, Requests.endpoint(this::list))
        .post(PATH, Permission.ADMIN, work, Requests.endpoint(this::create))
        .get(PATH + "/id/{id}", Permission.READ, work, Requests.endpoint(this::getById))
        .get(ONE, Permission.READ, work, Requests.endpoint(this::get))
        .put(ONE, Permission.ADMIN, work, Requests.endpoint(this::update))
        .delete(ONE, Permission.ADMIN, work, Requests.endpoint(this::delete))
        .post(ONE + "/move", Permission.ADMIN, work, Requests.endpoint(this::move))
        .get(ONE + "/counts", Permission.READ, work, Requests.endpoint(this::counts));
  }

  private record Listed(
      long id, String uid, String title, @Nullable String parentUid, @Nullable String managedBy) {}

  private Answer list(Exchange exchange) {
    String parent = Folder.normalUid(exchange.parameter("parentUid").orElse(""));
    int limit = (int) Requests.number(exchange, "limit", LIMIT, Integer.MAX_VALUE);
    long page = Math.max(1, Requests.number(exchange, "page", 1, Integer.MAX_VALUE));
    return Views.answer(
        folders.children(exchange.tenant(), parent).stream()
            .skip((page - 1) * limit)
            .limit(limit)
            .map(folder ->
                new Listed(
                    folder.id(),
                    folder.uid(),
                    folder.title(),
                    orNull(folder.parentUid()),
                    folder.provisioned() ? "provisioning" : null))
            .toList());
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private record View(
      long id,
      String uid,
      int orgId,
      String title,
      @Nullable String description,
      String url,
      boolean hasAcl,
      boolean canSave,
      boolean canEdit,
      boolean canAdmin,
      boolean canDelete,
      String createdBy,
      String created,
      String updatedBy,
      String updated,
      int version,
      @Nullable String parentUid,
      @Nullable List<View> parents,
      @Nullable String managedBy) {}

  private Answer answer(Exchange exchange, Folders.Placed placed) {
    List<View> parents =
        placed.parents().stream().map(parent -> view(exchange, parent, null)).toList();
    return Views.answer(view(exchange, placed.folder(), parents.isEmpty() ? null : parents));
  }

  private View view(Exchange exchange, Folder folder, @Nullable List<View> parents) {
    boolean admin = exchange.role() == Role.ADMIN;
    boolean general = folder.uid().equals(Folder.GENERAL_UID);
    boolean change = admin && !folder.provisioned() && !general;
    return new View(
        folder.id(),
        folder.uid(),
        1,
        folder.title(),
        orNull(folder.description()),
        general ? "" : addresses.folder(folder.uid(), folder.title()),
        false,
        admin,
        change,
        admin,
        change,
        folder.created().author(),
        Addresses.time(folder.created().atMs()),
        folder.updated().author(),
        Addresses.time(folder.updated().atMs()),
        folder.version(),
        orNull(folder.parentUid()),
        parents,
        folder.provisioned() ? "provisioning" : null);
  }

  private Answer get(Exchange exchange) {
    String uid = exchange.variable("uid");
    return answer(
        exchange,
        uid.equals(Folder.GENERAL_UID)
            ? new Folders.Placed(Folder.GENERAL, List.of())
            : folders.get(exchange.tenant(), uid));
  }

  private Answer getById(Exchange exchange) {
    long id = Requests.number(exchange, "id");
    return answer(
        exchange,
        id == 0
            ? new Folders.Placed(Folder.GENERAL, List.of())
            : folders.getById(exchange.tenant(), id));
  }

  private Answer create(Exchange exchange) {
    JsonNode body = requests.object(exchange);
    return answer(
        exchange,
        folders.create(
            exchange.tenant(),
            Requests.string(body, "uid"),
            Requests.string(body, "title"),
            Folder.normalUid(Requests.string(body, "parentUid")),
            Requests.string(body, "description"),
            Authors.of(exchange)));
  }

  private Answer update(Exchange exchange) {
    JsonNode body = requests.object(exchange);
    Folder before = folders.get(exchange.tenant(), exchange.variable("uid")).folder();
    return answer(
        exchange,
        folders.update(
            exchange.tenant(),
            before.uid(),
            body.has("title") ? Requests.string(body, "title") : before.title(),
            body.has("description") ? Requests.string(body, "description") : before.description(),
            body.path("version").asInt(0),
            Requests.truth(body, "overwrite"),
            Authors.of(exchange)));
  }

  private Answer move(Exchange exchange) {
    String parent = Requests.string(requests.object(exchange), "parentUid");
    return answer(
        exchange,
        folders.move(
            exchange.tenant(),
            exchange.variable("uid"),
            Folder.normalUid(parent),
            Authors.of(exchange)));
  }

  private record Counts(int folder, int dashboard, int librarypanel, int alertrule) {}

  private Answer counts(Exchange exchange) {
    Folders.Counts counts = folders.counts(exchange.tenant(), exchange.variable("uid"));
    return Views.answer(new Counts(counts.folders(), counts.dashboards(), 0, 0));
  }

  private record Deleted(String title, String message, String uid, long id) {}

  private Answer delete(Exchange exchange) {
    Folder gone = folders.delete(exchange.tenant(), exchange.variable("uid"));
    return Views.answer(
        new Deleted(
            gone.title(), "Folder %s deleted".formatted(gone.title()), gone.uid(), gone.id()));
  }
}
