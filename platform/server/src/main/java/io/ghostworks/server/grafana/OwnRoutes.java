package io.ghostworks.server.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.dashboards.document.Bundle;
import io.ghostworks.dashboards.document.DashboardDocument;
import io.ghostworks.dashboards.document.DocumentDiff;
import io.ghostworks.dashboards.document.DocumentException;
import io.ghostworks.dashboards.document.ImportInputs;
import io.ghostworks.dashboards.store.DashboardLibrary;
import io.ghostworks.dashboards.store.Folder;
import io.ghostworks.dashboards.store.Folders;
import io.ghostworks.dashboards.store.RefusedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Authors;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/platform/dashboards}: files of any form in, the original out, what differs between
 * versions.
 */
final class OwnRoutes {

  private static final String PATH = "/api/platform/dashboards";
  private static final String INPUT = "input.";

  private final DashboardLibrary library;
  private final Folders folders;
  private final Requests requests;
  private final Addresses addresses;

  OwnRoutes(DashboardLibrary library, Folders folders, Requests requests, Addresses addresses) {
    this.library = library;
    this.folders = folders;
    this.requests = requests;
    this.addresses = addresses;
  }

  void addTo(Routes.Api api) {
    Route.Work work = Route.Work.QUERY;
    api.post(PATH + "/import", Permission.ADMIN, work, Requests.endpoint(this::importAll))
        .post(PATH + "/inspect", Permission.READ, work, Requests.endpoint(this::inspect))
        .post(PATH + "/diff", Permission.READ, work, Requests.endpoint(this::compare))
        .get(PATH + "/{uid}/original", Permission.READ, work, Requests.endpoint(this::original))
        .get(PATH + "/{uid}/diff", Permission.READ, work, Requests.endpoint(this::versions));
  }

  private List<Bundle.Part> parts(Exchange exchange) {
    try {
      String name = exchange.parameter("name").orElse("dashboard");
      List<Bundle.Part> parts =
          Bundle.read(name, requests.text(exchange)).stream()
              .filter(part -> part.document().looksLikeOne())
              .toList();
      if (parts.isEmpty()) {
        throw RequestException.bad(
            "there is no dashboard in this: a dashboard is a JSON object with a title or panels,"
                + " or stands in a ConfigMap under a key that ends with .json");
      }
      return parts;
    } catch (DocumentException e) {
      throw Requests.bad(e);
    }
  }

  private record Imported(
      String title,
      String status,
      @Nullable String uid,
      @Nullable Integer version,
      @Nullable String url,
      @Nullable String folderUid,
      @Nullable String message,
      @Nullable String code) {}

  private record ImportedList(List<Imported> dashboards) {}

  private Answer importAll(Exchange exchange) {
    List<Imported> imported = new ArrayList<>();
    for (Bundle.Part part : parts(exchange)) {
      imported.add(importOne(exchange, part));
    }
    return Views.answer(new ImportedList(imported));
  }

  private Imported importOne(Exchange exchange, Bundle.Part part) {
    DashboardDocument titled = titled(part);
    try {
      DashboardLibrary.Saved saved =
          library.save(
              exchange.tenant(),
              new DashboardLibrary.Save(
                  DashboardRoutes.withoutPlace(DashboardRoutes.filled(titled, inputs(exchange))),
                  folderUid(exchange, titled),
                  exchange.parameter("message").orElse(""),
                  exchange.parameter("overwrite").filter("true"::equals).isPresent(),
                  Authors.of(exchange)));
      return new Imported(
          saved.title(),
          "imported",
          saved.uid(),
          saved.version(),
          addresses.dashboard(saved.uid(), saved.slug()),
          saved.folderUid(),
          null,
          null);
    } catch (RefusedException e) {
      return refused(titled, String.valueOf(e.getMessage()), e.word());
    } catch (RequestException e) {
      return refused(titled, String.valueOf(e.getMessage()), e.type());
    }
  }

  private static Imported refused(DashboardDocument document, String message, String word) {
    return new Imported(
        document.title(),
        "refused",
        document.uid().isEmpty() ? null : document.uid(),
        null,
        null,
        null,
        message,
        word.isEmpty() ? null : word);
  }

  private static DashboardDocument titled(Bundle.Part part) {
    DashboardDocument document = part.document();
    return document.title().isEmpty() ? document.titled(part.name()) : document;
  }

  private static Map<String, String> inputs(Exchange exchange) {
    Map<String, String> inputs = new HashMap<>();
    exchange
        .parameters()
        .forEach((name, values) -> {
          if (name.startsWith(INPUT) && !values.isEmpty()) {
            inputs.put(name.substring(INPUT.length()), values.getFirst());
          }
        });
    return inputs;
  }

  /**
   * The folder that is asked for, else the one that the file names by its title, made if needed.
   */
  private String folderUid(Exchange exchange, DashboardDocument document) {
    Optional<String> asked = exchange.parameter("folderUid");
    String title = document.around().folderTitle();
    if (asked.isPresent() || title.isEmpty() || title.equals("General")) {
      return Folder.normalUid(asked.orElse(""));
    }
    TenantId tenant = exchange.tenant();
    return folders.children(tenant, "").stream()
        .filter(folder ->
            folder.title().toLowerCase(Locale.ROOT).equals(title.toLowerCase(Locale.ROOT)))
        .findFirst()
        .map(Folder::uid)
        .orElseGet(
            () -> folders.create(tenant, "", title, "", "", Authors.of(exchange)).folder().uid());
  }

  private record Input(
      String name,
      String label,
      String description,
      String type,
      String pluginId,
      @Nullable String value) {}

  private record Inspected(
      String title,
      @Nullable String uid,
      String form,
      @Nullable Integer schemaVersion,
      @Nullable String folderTitle,
      List<Input> inputs,
      boolean exists,
      boolean provisioned) {}

  private record InspectedList(List<Inspected> dashboards) {}

  private Answer inspect(Exchange exchange) {
    List<Inspected> inspected = new ArrayList<>();
    for (Bundle.Part part : parts(exchange)) {
      DashboardDocument document = titled(part);
      Optional<Boolean> readOnly =
          document.uid().isEmpty()
              ? Optional.empty()
              : library.isReadOnly(exchange.tenant(), document.uid());
      inspected.add(
          new Inspected(
              document.title(),
              document.uid().isEmpty() ? null : document.uid(),
              document.form() == DashboardDocument.Form.RESOURCE ? "v2" : "classic",
              document.json().has("schemaVersion")
                  ? (Integer) document.json().path("schemaVersion").asInt()
                  : null,
              document.around().folderTitle().isEmpty() ? null : document.around().folderTitle(),
              document.inputs().stream().map(OwnRoutes::input).toList(),
              readOnly.isPresent(),
              readOnly.orElse(false)));
    }
    return Views.answer(new InspectedList(inspected));
  }

  private static Input input(ObjectNode input) {
    String resolved = ImportInputs.resolved(input);
    return new Input(
        Requests.string(input, "name"),
        Requests.string(input, "label"),
        Requests.string(input, "description"),
        Requests.string(input, "type"),
        Requests.string(input, "pluginId"),
        resolved.isEmpty() ? null : resolved);
  }

  private Answer original(Exchange exchange) {
    String uid = exchange.variable("uid");
    int version = (int) Requests.number(exchange, "version", 0, Integer.MAX_VALUE);
    byte[] original = library.original(exchange.tenant(), uid, version);
    boolean json = isJson(new String(original, StandardCharsets.UTF_8));
    return new Answer(
        200,
        json ? Answer.JSON : "application/yaml",
        original,
        Map.of(
            "content-disposition",
            "attachment; filename=\"%s.%s\"".formatted(uid, json ? "json" : "yaml")));
  }

  private static boolean isJson(String text) {
    return text.replace("\uFEFF", "").stripLeading().startsWith("{");
  }

  private record Changes(
      @Nullable Integer from, @Nullable Integer to, List<DocumentDiff.Change> changes) {}

  private Answer versions(Exchange exchange) {
    int from = (int) Requests.number(exchange, "from", 0, Integer.MAX_VALUE);
    int to = (int) Requests.number(exchange, "to", 0, Integer.MAX_VALUE);
    return Views.answer(
        new Changes(from, to, library.diff(exchange.tenant(), exchange.variable("uid"), from, to)));
  }

  private Answer compare(Exchange exchange) {
    ObjectNode body = requests.object(exchange);
    return Views.answer(
        new Changes(null, null, DashboardLibrary.diff(side(body, "base"), side(body, "new"))));
  }

  private static JsonNode side(ObjectNode body, String key) {
    JsonNode side = body.path(key);
    if (!side.isObject()) {
      throw RequestException.bad("bad request data: '%s' must be a dashboard".formatted(key));
    }
    return side;
  }
}
