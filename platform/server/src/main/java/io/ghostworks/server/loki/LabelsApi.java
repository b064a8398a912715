package io.ghostworks.server.loki;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** {@code labels}, {@code label/NAME/values} and {@code series}, and their former paths. */
final class LabelsApi {

  private final LokiEndpoints endpoints;

  LabelsApi(LokiEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    for (String path : List.of("/loki/api/v1/labels", "/loki/api/v1/label")) {
      add(api, path, request -> strings(names(request)));
    }
    add(api, "/loki/api/v1/label/{name}/values", request -> strings(values(request)));
    add(api, "/loki/api/v1/series", this::series);
    add(api, "/api/prom/label", request -> formerStrings(names(request)));
    add(api, "/api/prom/label/{name}/values", request -> formerStrings(values(request)));
    add(api, "/api/prom/series", this::series);
  }

  private void add(Routes.Api api, String path, LokiEndpoints.Reading reading) {
    var _ =
        api.getOrForm(path, Permission.READ_TENANTS, Route.Work.QUERY, endpoints.lookup(reading));
  }

  private static Collection<String> names(LokiRequest request) {
    TreeSet<String> names = new TreeSet<>();
    for (Labels stream : streams(request, queryOf(request))) {
      stream.forEach((name, value) -> names.add(name));
    }
    return names;
  }

  private static Collection<String> values(LokiRequest request) {
    String name = request.exchange().variable("name");
    TreeSet<String> values = new TreeSet<>();
    for (Labels stream : streams(request, queryOf(request))) {
      String value = stream.find(name);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  private static List<List<LabelMatcher>> queryOf(LokiRequest request) {
    String query = request.query();
    return query.isEmpty() ? List.of() : List.of(Selectors.selective(request, query));
  }

  private Answer series(LokiRequest request) {
    TreeSet<String> texts = new TreeSet<>(request.exchange().parameters("match"));
    texts.addAll(request.exchange().parameters("match[]"));
    boolean all = texts.size() == 1 && Selectors.isEmpty(texts.getFirst());
    List<List<LabelMatcher>> selectors =
        all ? List.of() : texts.stream().map(text -> Selectors.any(request, text)).toList();
    List<Labels> found = streams(request, selectors);
    return Answer.json(
            200,
            Json.bytes(json -> {
              json.writeStartObject();
              json.writeStringField("status", "success");
              json.writeArrayFieldStart("data");
              for (Labels stream : found) {
                LokiJson.labels(json, stream);
              }
              json.writeEndArray();
              json.writeEndObject();
            }))
        .compressed();
  }

  private static List<Labels> streams(LokiRequest request, List<List<LabelMatcher>> selectors) {
    LokiTimes.Range range = LokiTimes.range(request);
    List<Labels> streams =
        request
            .records()
            .streams(selectors, range.startNanos(), range.endNanos(), request.context());
    int max = request.limits().streamsMax();
    if (max != 0 && streams.size() > max) {
      throw RequestException.bad(
          "cardinality limit exceeded for %s; %d entries, more than limit of %d"
              .formatted(request.query().isEmpty() ? "{}" : request.query(), streams.size(), max));
    }
    return streams;
  }

  /** An empty list is left out, as Loki does. */
  private static Answer strings(Collection<String> values) {
    return Answer.json(
            200,
            Json.bytes(json -> {
              json.writeStartObject();
              json.writeStringField("status", "success");
              if (!values.isEmpty()) {
                LokiJson.strings(json, "data", values);
              }
              json.writeEndObject();
            }))
        .compressed();
  }

  private static Answer formerStrings(Collection<String> values) {
    return Answer.json(
            200,
            Json.bytes(json -> {
              json.writeStartObject();
              if (!values.isEmpty()) {
                LokiJson.strings(json, "values", values);
              }
              json.writeEndObject();
            }))
        .compressed();
  }
}
