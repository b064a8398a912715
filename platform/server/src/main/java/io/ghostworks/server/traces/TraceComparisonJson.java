package io.ghostworks.server.traces;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.server.http.Json;
import io.ghostworks.traceql.analysis.ComparedOperation;
import io.ghostworks.traceql.analysis.ComparedOperation.Change;
import io.ghostworks.traceql.analysis.ComparedOperation.Side;
import io.ghostworks.traceql.trace.TraceSummary;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What differs between two traces, as JSON. */
final class TraceComparisonJson {
  private static final int OPERATIONS_MAX = 1_000;

  private TraceComparisonJson() {}

  static byte[] of(StoredTrace left, StoredTrace right, List<ComparedOperation> operations) {
    return Json.bytes(json -> {
      json.writeStartObject();
      trace(json, "left", left);
      trace(json, "right", right);
      Map<Change, Integer> changes = new EnumMap<>(Change.class);
      operations.forEach(operation -> changes.merge(operation.change(), 1, Integer::sum));
      json.writeObjectFieldStart("changes");
      for (Change change : Change.values()) {
        json.writeNumberField(word(change), changes.getOrDefault(change, 0));
      }
      json.writeEndObject();
      json.writeArrayFieldStart("operations");
      for (ComparedOperation operation : told(operations)) {
        operation(json, operation);
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  /** The first ones, and all that stand above them. */
  private static List<ComparedOperation> told(List<ComparedOperation> operations) {
    if (operations.size() <= OPERATIONS_MAX) {
      return operations;
    }
    ComparedOperation[] byPlace = new ComparedOperation[operations.size()];
    operations.forEach(operation -> byPlace[operation.place()] = operation);
    Set<Integer> told = new HashSet<>();
    for (ComparedOperation operation : operations) {
      for (int at = operation.place();
          at >= 0 && told.size() < OPERATIONS_MAX && told.add(at);
          at = byPlace[at].parent()) {
        // Adding is all there is to do.
      }
    }
    return operations.stream().filter(operation -> told.contains(operation.place())).toList();
  }

  private static void trace(JsonGenerator json, String side, StoredTrace trace) throws IOException {
    TraceSummary summary = TraceSummary.of(trace.spans());
    json.writeObjectFieldStart(side);
    json.writeStringField("traceId", trace.key().hex());
    json.writeStringField("startTimeUnixNano", Long.toString(summary.startNanos()));
    json.writeNumberField("durationNanos", summary.durationNanos());
    json.writeNumberField("spans", summary.spans());
    json.writeNumberField("errors", summary.errors());
    json.writeEndObject();
  }

  private static void operation(JsonGenerator json, ComparedOperation operation)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("place", operation.place());
    if (operation.parent() >= 0) {
      json.writeNumberField("parent", operation.parent());
    }
    json.writeNumberField("depth", operation.depth());
    json.writeStringField("service", operation.service());
    json.writeStringField("name", operation.operation());
    json.writeStringField("change", word(operation.change()));
    json.writeNumberField("selfDifferenceNanos", operation.selfDifferenceNanos());
    side(json, "left", operation.left());
    side(json, "right", operation.right());
    json.writeEndObject();
  }

  private static void side(JsonGenerator json, String name, Side side) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("spans", side.spans());
    json.writeNumberField("errors", side.errors());
    json.writeNumberField("totalNanos", side.totalNanos());
    json.writeNumberField("meanNanos", side.meanNanos());
    json.writeNumberField("selfNanos", side.selfNanos());
    json.writeEndObject();
  }

  private static String word(Change change) {
    return change.name().toLowerCase(Locale.ROOT);
  }
}
