package io.ghostworks.server.loki;

import com.google.re2j.Pattern;
import io.ghostworks.logql.LogAnswer;
import io.ghostworks.logql.LogEngine;
import io.ghostworks.logql.LogEntry;
import io.ghostworks.logql.LogStream;
import io.ghostworks.logql.eval.LogqlEngine;
import io.ghostworks.logql.eval.LogqlOptions;
import io.ghostworks.logql.eval.LogqlRequest;
import io.ghostworks.logql.eval.LogqlResult;
import io.ghostworks.logql.quantity.GoFloat;
import io.ghostworks.logql.quantity.QuantityException;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code detected_labels}, {@code detected_fields} and {@code detected_field/NAME/values}. */
final class DetectedApi {

  private static final Set<String> ALWAYS = Set.of("cluster", "namespace", "instance", "pod");
  private static final Pattern UUID =
      Pattern.compile("(urn:uuid:)?\\{?[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}\\}?");

  /** Numbers that are no ids where a label has no others. */
  private static final Set<String> SWITCH = Set.of("0", "1");

  private static final int LINES_DEFAULT = 100;
  private static final int FIELDS_DEFAULT = 1000;

  private final LokiEndpoints endpoints;

  DetectedApi(LokiEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    add(api, "/loki/api/v1/detected_labels", endpoints.lookup(this::labels));
    add(api, "/loki/api/v1/detected_fields", endpoints.evaluation(this::fields));
    add(api, "/loki/api/v1/detected_field/{name}/values", endpoints.evaluation(this::values));
  }

  private static void add(
      Routes.Api api, String path, io.ghostworks.server.http.Endpoint endpoint) {
    var _ = api.getOrForm(path, Permission.READ_TENANTS, Route.Work.QUERY, endpoint);
  }

  private Answer labels(LokiRequest request) {
    LokiTimes.Range range = LokiTimes.range(request);
    List<List<LabelMatcher>> selectors =
        request.query().isEmpty()
            ? List.of()
            : List.of(Selectors.selective(request, request.query()));
    Map<String, Set<String>> values = new TreeMap<>();
    for (Labels stream :
        request
            .records()
            .streams(selectors, range.startNanos(), range.endNanos(), request.context())) {
      stream.forEach(
          (name, value) -> values.computeIfAbsent(name, n -> new TreeSet<>()).add(value));
    }
    values.entrySet().removeIf(one -> !isOfUse(one.getKey(), one.getValue()));
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          if (!values.isEmpty()) {
            json.writeArrayFieldStart("detectedLabels");
            for (Map.Entry<String, Set<String>> one : values.entrySet()) {
              json.writeStartObject();
              json.writeStringField("label", one.getKey());
              json.writeNumberField("cardinality", one.getValue().size());
              json.writeEndObject();
            }
            json.writeEndArray();
          }
          json.writeEndObject();
        }));
  }

  /** A label whose values are all ids or numbers tells nothing. */
  private static boolean isOfUse(String name, Set<String> values) {
    return ALWAYS.contains(name)
        || SWITCH.containsAll(values)
        || !values.stream().allMatch(DetectedApi::isId);
  }

  private static boolean isId(String value) {
    if (UUID.matcher(value).matches()) {
      return true;
    }
    try {
      var _ = GoFloat.parse(value);
      return true;
    } catch (QuantityException e) {
      return false; // no number
    }
  }

  private Answer fields(LokiRequest request) {
    int limit = fieldLimit(request);
    DetectedFields detected = new DetectedFields(limit);
    for (LogStream stream : lines(request).streams()) {
      for (LogEntry entry : stream.entries()) {
        detected.add(stream.labels(), entry);
      }
    }
    return Answer.json(
            200,
            Json.bytes(json -> {
              json.writeStartObject();
              if (!detected.fields().isEmpty()) {
                json.writeArrayFieldStart("fields");
                for (Map.Entry<String, DetectedFields.Field> one : detected.fields().entrySet()) {
                  json.writeStartObject();
                  json.writeStringField("label", one.getKey());
                  json.writeStringField("type", one.getValue().type());
                  json.writeNumberField("cardinality", one.getValue().cardinality());
                  if (one.getValue().parsers().isEmpty()) {
                    json.writeNullField("parsers");
                  } else {
                    LokiJson.strings(json, "parsers", one.getValue().parsers());
                  }
                  if (!one.getValue().path().isEmpty()) {
                    LokiJson.strings(json, "jsonPath", one.getValue().path());
                  }
                  json.writeEndObject();
                }
                json.writeEndArray();
                json.writeNumberField("limit", limit);
              }
              json.writeEndObject();
            }))
        .compressed();
  }

  private Answer values(LokiRequest request) {
    int limit = fieldLimit(request);
    String name = request.exchange().variable("name");
    Set<String> values = new TreeSet<>();
    for (LogStream stream : lines(request).streams()) {
      for (LogEntry entry : stream.entries()) {
        if (values.size() < limit) {
          values.addAll(DetectedFields.values(name, stream.labels(), entry));
        }
      }
    }
    return Answer.json(
            200,
            Json.bytes(json -> {
              json.writeStartObject();
              if (!values.isEmpty()) {
                json.writeNumberField("limit", limit);
                LokiJson.strings(json, "values", values);
              }
              json.writeEndObject();
            }))
        .compressed();
  }

  private static int fieldLimit(LokiRequest request) {
    String name = request.exchange().parameter("limit").isPresent() ? "limit" : "field_limit";
    return LokiParameters.limit(request.exchange(), name, FIELDS_DEFAULT);
  }

  /** The newest lines of the query. */
  private static LogAnswer lines(LokiRequest request) {
    LokiTimes.Range range = LokiTimes.range(request);
    var _ = Selectors.lines(request);
    long step = LokiSteps.stepNanos(request.exchange(), range);
    LogqlRequest asked =
        new LogqlRequest(
            request.query(),
            range.startNanos(),
            range.endNanos(),
            step,
            LokiParameters.entries(
                request.exchange(), request.limits(), "line_limit", LINES_DEFAULT),
            LogEngine.Direction.BACKWARD);
    return ((LogqlResult.Streams)
            LogqlEngine.query(asked, request.context(), request.records(), LogqlOptions.DEFAULT)
                .result())
        .answer();
  }
}
