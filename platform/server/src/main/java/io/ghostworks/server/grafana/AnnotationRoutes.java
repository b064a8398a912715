package io.ghostworks.server.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.dashboards.document.TreeJson;
import io.ghostworks.dashboards.store.Annotations;
import io.ghostworks.dashboards.store.DashboardLibrary;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Authors;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/annotations} ({@code pkg/api/annotations.go} of Grafana): those that are stored, and
 * those that follow from incidents and from changes of what runs.
 */
final class AnnotationRoutes {

  private static final String PATH = "/api/annotations";
  private static final String ONE = PATH + "/{id}";
  private static final int LIMIT = 100;
  private static final int LIMIT_MAX = 10_000;
  private static final int TAGS_LIMIT = 100;
  private static final int SOME_MAX = 1_000;
  private static final long SECOND_MS = 1_000;

  private final Annotations annotations;
  private final DashboardLibrary library;
  private final DerivedAnnotations incidents;
  private final DerivedAnnotations deployments;
  private final Requests requests;

  /**
   * @param incidents are there unless something else is asked for
   * @param deployments are there when their tag is asked for
   */
  AnnotationRoutes(
      Annotations annotations,
      DashboardLibrary library,
      DerivedAnnotations incidents,
      DerivedAnnotations deployments,
      Requests requests) {
    this.annotations = annotations;
    this.library = library;
    this.incidents = incidents;
    this.deployments = deployments;
    this.requests = requests;
  }

  void addTo(Routes.Api api) {
    Route.Work work = Route.Work.QUERY;
    api.get(PATH, Permission.READ, work, Requests.endpoint(this::list))
        .post(PATH, Permission.ADMIN, work, Requests.endpoint(this::add))
        .post(PATH + "/graphite", Permission.ADMIN, work, Requests.endpoint(this::addGraphite))
        .post(PATH + "/mass-delete", Permission.ADMIN, work, Requests.endpoint(this::deleteMany))
        .get(PATH + "/tags", Permission.READ, work, Requests.endpoint(this::tags))
        .get(ONE, Permission.READ, work, Requests.endpoint(this::get))
        .put(ONE, Permission.ADMIN, work, Requests.endpoint(this::update))
        .patch(ONE, Permission.ADMIN, work, Requests.endpoint(this::patch))
        .delete(ONE, Permission.ADMIN, work, Requests.endpoint(this::delete));
  }

  /**
   * An annotation.
   *
   * @param timeEnd null while what it tells of goes on
   */
  private record View(
      long id,
      long alertId,
      String alertName,
      long dashboardId,
      @Nullable String dashboardUID,
      long panelId,
      long userId,
      String newState,
      String prevState,
      long created,
      long updated,
      long time,
      @Nullable Long timeEnd,
      String text,
      List<String> tags,
      String login,
      String email,
      String avatarUrl,
      JsonNode data) {}

  private Answer list(Exchange exchange) {
    String type = exchange.parameter("type").orElse("");
    List<String> tags = exchange.parameters("tags").stream().filter(t -> !t.isEmpty()).toList();
    boolean any = exchange.parameter("matchAny").filter("true"::equals).isPresent();
    long from = Requests.number(exchange, "from", 0, Long.MAX_VALUE);
    long asked = Requests.number(exchange, "to", 0, Long.MAX_VALUE);
    long to = asked == 0 ? Long.MAX_VALUE : asked;
    String uid = dashboardUid(exchange);
    long panel = Requests.number(exchange, "panelId", 0, Long.MAX_VALUE);
    int limit = (int) Requests.number(exchange, "limit", LIMIT, LIMIT_MAX);
    limit = limit == 0 ? LIMIT : limit;
    List<View> views = new ArrayList<>();
    if (!type.equals("alert") && !type.equals(incidents.tag())) {
      Map<String, Long> ids = library.ids(exchange.tenant());
      annotations
          .find(exchange.tenant(), new Annotations.Query(from, to, uid, panel, tags, any, limit))
          .forEach(note -> views.add(view(note, ids)));
    }
    if (uid.isEmpty() && panel == 0 && !type.equals("annotation")) {
      add(incidents, exchange, from, to, limit, tags, any, views);
      if (tags.contains(deployments.tag()) && !type.equals("alert")) {
        add(deployments, exchange, from, to, limit, tags, any, views);
      }
    }
    views.sort(
        Comparator.comparingLong(
                (View view) -> view.timeEnd == null ? Long.MAX_VALUE : view.timeEnd)
            .thenComparingLong(View::time)
            .reversed());
    return Views.answer(views.subList(0, Math.min(limit, views.size())));
  }

  private static void add(
      DerivedAnnotations derived,
      Exchange exchange,
      long from,
      long to,
      int limit,
      List<String> tags,
      boolean any,
      List<View> views) {
    if (!tags.isEmpty() && !tags.contains(derived.tag()) && !any) {
      return;
    }
    for (DerivedAnnotations.Derived each :
        derived.find(exchange.tenant(), from, to, Math.min(limit, SOME_MAX))) {
      boolean taken =
          tags.isEmpty()
              || (any
                  ? tags.stream().anyMatch(each.tags()::contains)
                  : each.tags().containsAll(tags));
      if (taken) {
        views.add(view(each));
      }
    }
  }

  private static View view(DerivedAnnotations.Derived derived) {
    return new View(
        derived.id(),
        0,
        "",
        0,
        null,
        0,
        0,
        "",
        "",
        derived.timeMs(),
        derived.timeMs(),
        derived.timeMs(),
        derived.timeEndMs(),
        derived.text(),
        derived.tags(),
        "",
        "",
        "",
        TreeJson.object());
  }

  private static View view(Annotations.Note note, Map<String, Long> ids) {
    JsonNode data = note.data();
    return new View(
        note.id(),
        0,
        "",
        ids.getOrDefault(note.dashboardUid(), 0L),
        note.dashboardUid().isEmpty() ? null : note.dashboardUid(),
        note.panelId(),
        0,
        "",
        "",
        note.createdMs(),
        note.updatedMs(),
        note.timeMs(),
        note.timeEndMs(),
        note.text(),
        note.tags(),
        note.login(),
        "",
        "",
        data == null ? TreeJson.object() : data);
  }

  private String dashboardUid(Exchange exchange) {
    String uid = exchange.parameter("dashboardUID").orElse("");
    long id = Requests.number(exchange, "dashboardId", 0, Long.MAX_VALUE);
    return uid.isEmpty() && id > 0 ? byId(exchange, id) : uid;
  }

  private String byId(Exchange exchange, long id) {
    return library
        .uidOf(exchange.tenant(), id)
        .orElseThrow(() -> new RequestException(404, "not-found", "Dashboard not found"));
  }

  private Answer get(Exchange exchange) {
    return Views.answer(
        view(annotations.get(exchange.tenant(), id(exchange)), library.ids(exchange.tenant())));
  }

  private record Added(String message, long id) {}

  private record Message(String message) {}

  private Answer add(Exchange exchange) {
    ObjectNode body = requests.object(exchange);
    String uid = Requests.string(body, "dashboardUID");
    long id = body.path("dashboardId").asLong(0);
    uid = uid.isEmpty() && id > 0 ? byId(exchange, id) : uid;
    if (!uid.isEmpty() && !library.ids(exchange.tenant()).containsKey(uid)) {
      throw new RequestException(404, "not-found", "Dashboard not found");
    }
    long added =
        annotations.add(
            exchange.tenant(),
            uid,
            body.path("panelId").asLong(0),
            given(body),
            Authors.of(exchange));
    return Views.answer(new Added("Annotation added", added));
  }

  /** What sends to Graphite: a time in seconds, tags as a list or in one text. */
  private Answer addGraphite(Exchange exchange) {
    ObjectNode body = requests.object(exchange);
    String what = Requests.string(body, "what");
    if (what.isEmpty()) {
      throw RequestException.bad(
          "Failed to save Graphite annotation: what field should not be empty");
    }
    String data = Requests.string(body, "data");
    List<String> tags =
        body.path("tags").isTextual()
            ? List.of(body.get("tags").textValue().strip().split("\\s+", -1)).stream()
                .filter(tag -> !tag.isEmpty())
                .toList()
            : tags(body);
    long when = body.path("when").asLong(0);
    long added =
        annotations.add(
            exchange.tenant(),
            "",
            0,
            new Annotations.Given(
                when * SECOND_MS,
                null,
                data.isEmpty() ? what : what + "\n" + data,
                tags == null ? List.of() : tags,
                null),
            Authors.of(exchange));
    return Views.answer(new Added("Graphite annotation added", added));
  }

  private static Annotations.Given given(ObjectNode body) {
    return new Annotations.Given(
        millis(body, "time"),
        millis(body, "timeEnd"),
        body.has("text") ? Requests.string(body, "text") : null,
        tags(body),
        body.path("data").isObject() ? body.get("data") : null);
  }

  private static @Nullable Long millis(ObjectNode body, String key) {
    JsonNode value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isNumber() || value.asLong() < 0) {
      throw RequestException.bad(
          "bad request data: %s must be milliseconds since 1970".formatted(key));
    }
    return value.asLong();
  }

  private static @Nullable List<String> tags(ObjectNode body) {
    JsonNode tags = body.path("tags");
    if (tags.isMissingNode() || tags.isNull()) {
      return null;
    }
    if (!tags.isArray()) {
      throw RequestException.bad("bad request data: tags must be a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode tag : tags) {
      if (!tag.isTextual()) {
        throw RequestException.bad("bad request data: tags must be a list of texts");
      }
      if (!tag.textValue().isEmpty()) {
        texts.add(tag.textValue());
      }
    }
    return texts;
  }

  private static long id(Exchange exchange) {
    long id = Requests.number(exchange, "id");
    if (id < 0) {
      throw RequestException.bad(
          "this annotation follows from an incident or a deployment and cannot be changed");
    }
    return id;
  }

  private Answer update(Exchange exchange) {
    ObjectNode body = requests.object(exchange);
    Annotations.Given given = given(body);
    annotations.patch(
        exchange.tenant(),
        id(exchange),
        given.tags() == null
            ? new Annotations.Given(
                given.timeMs(), given.timeEndMs(), given.text(), List.of(), given.data())
            : given);
    return Views.answer(new Message("Annotation updated"));
  }

  private Answer patch(Exchange exchange) {
    annotations.patch(exchange.tenant(), id(exchange), given(requests.object(exchange)));
    return Views.answer(new Message("Annotation patched"));
  }

  private Answer delete(Exchange exchange) {
    annotations.delete(exchange.tenant(), id(exchange));
    return Views.answer(new Message("Annotation deleted"));
  }

  private Answer deleteMany(Exchange exchange) {
    ObjectNode body = requests.object(exchange);
    long one = body.path("annotationId").asLong(0);
    String uid = Requests.string(body, "dashboardUID");
    long id = body.path("dashboardId").asLong(0);
    uid = uid.isEmpty() && id > 0 ? byId(exchange, id) : uid;
    long panel = body.path("panelId").asLong(0);
    if (one > 0) {
      annotations.delete(exchange.tenant(), one);
    } else if (!uid.isEmpty() && panel > 0) {
      annotations.deleteOfPanel(exchange.tenant(), uid, panel);
    } else {
      throw RequestException.bad(
          "bad request data: give annotationId, or dashboardUID and panelId");
    }
    return Views.answer(new Message("Annotations deleted"));
  }

  private record Tag(String tag, int count) {}

  private record TagList(List<Tag> tags) {}

  private record TagResult(TagList result) {}

  private Answer tags(Exchange exchange) {
    int limit = (int) Requests.number(exchange, "limit", TAGS_LIMIT, LIMIT_MAX);
    return Views.answer(
        new TagResult(
            new TagList(
                annotations
                    .tags(exchange.tenant(), exchange.parameter("tag").orElse(""), limit)
                    .entrySet()
                    .stream()
                    .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                    .toList())));
  }
}
