package io.ghostworks.wire.jaeger.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes one trace as Jaeger's query API gives it: {@code {traceID, spans, processes, warnings}},
 * times and durations in microseconds.
 *
 * <p>Source: jaegertracing/jaeger internal/uimodel and its converter/v1/json;
 * opentelemetry-collector-contrib pkg/translator/jaeger.
 */
public final class UiTraceWriter {

  private static final long NANOS_PER_MICRO = 1_000;

  private final SpanBatch batch;
  private final boolean raw;
  private final JsonGenerator json;
  private final ModelTags tags;
  private final Map<Integer, String> processOfResource = new LinkedHashMap<>();
  private final Map<Integer, List<Integer>> resourcesByHash = new HashMap<>();
  private final Map<String, Integer> processes = new LinkedHashMap<>();

  private UiTraceWriter(SpanBatch batch, boolean raw, JsonGenerator json) {
    this.batch = batch;
    this.raw = raw;
    this.json = json;
    this.tags = new ModelTags(batch, raw, new JsonTags(json));
  }

  /**
   * Writes a batch that holds one trace.
   *
   * @param raw whether it is given as it is stored, without what Jaeger adjusts for the eye
   */
  public static void write(SpanBatch batch, boolean raw, JsonGenerator json) throws IOException {
    int[] rows = new int[batch.rows()];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = row;
    }
    write(batch, rows, raw, json);
  }

  /** Writes those rows of a batch that are of one trace; there is at least one. */
  static void write(SpanBatch batch, int[] rows, boolean raw, JsonGenerator json)
      throws IOException {
    new UiTraceWriter(batch, raw, json).trace(rows);
  }

  private void trace(int[] rows) throws IOException {
    TraceAdjustment adjusted =
        raw ? TraceAdjustment.none(batch, rows) : TraceAdjustment.of(batch, rows);
    json.writeStartObject();
    json.writeStringField(
        "traceID", JaegerIds.trace(batch.traceIdHigh(rows[0]), batch.traceIdLow(rows[0])));
    json.writeArrayFieldStart("spans");
    for (int i = 0; i < rows.length; i++) {
      span(rows[i], i, adjusted);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("processes");
    for (Map.Entry<String, Integer> process : processes.entrySet()) {
      json.writeFieldName(process.getKey());
      writeProcess(process.getValue());
    }
    json.writeEndObject();
    json.writeNullField("warnings");
    json.writeEndObject();
  }

  private void span(int row, int index, TraceAdjustment adjusted) throws IOException {
    String traceId = JaegerIds.trace(batch.traceIdHigh(row), batch.traceIdLow(row));
    json.writeStartObject();
    json.writeStringField("traceID", traceId);
    json.writeStringField("spanID", JaegerIds.span(adjusted.id(index)));
    json.writeStringField("operationName", batch.arena().text(batch.name(row)));
    json.writeArrayFieldStart("references");
    for (ModelReferences.Reference reference :
        ModelReferences.of(batch, row, adjusted.parent(index), raw)) {
      reference(reference);
    }
    json.writeEndArray();
    json.writeNumberField("startTime", Long.divideUnsigned(batch.startNanos(row), NANOS_PER_MICRO));
    json.writeNumberField(
        "duration", Math.max(0, batch.endNanos(row) - batch.startNanos(row)) / NANOS_PER_MICRO);
    json.writeArrayFieldStart("tags");
    tags.ofSpan(row);
    json.writeEndArray();
    json.writeArrayFieldStart("logs");
    for (int event = batch.eventStart(row); event < batch.eventEnd(row); event++) {
      json.writeStartObject();
      json.writeNumberField(
          "timestamp", Long.divideUnsigned(batch.events().timeNanos(event), NANOS_PER_MICRO));
      json.writeArrayFieldStart("fields");
      tags.ofEvent(event);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("processID", processId(batch.resource(row)));
    warnings(row, adjusted.warnings(index));
    json.writeEndObject();
  }

  private void reference(ModelReferences.Reference reference) throws IOException {
    json.writeStartObject();
    json.writeStringField("refType", reference.childOf() ? "CHILD_OF" : "FOLLOWS_FROM");
    json.writeStringField("traceID", JaegerIds.trace(reference.traceHigh(), reference.traceLow()));
    json.writeStringField("spanID", JaegerIds.span(reference.spanId()));
    json.writeEndObject();
  }

  private void warnings(int row, List<String> adjusted) throws IOException {
    List<String> all = new ArrayList<>(StoredWarnings.of(batch, row));
    all.addAll(adjusted);
    if (all.isEmpty()) {
      json.writeNullField("warnings");
      return;
    }
    json.writeArrayFieldStart("warnings");
    for (String warning : all) {
      json.writeString(warning);
    }
    json.writeEndArray();
  }

  /** Resources that are written alike are one process. */
  private String processId(int resource) {
    String known = processOfResource.get(resource);
    if (known == null) {
      known =
          process(
              resourcesByHash.computeIfAbsent(hash(resource), h -> new ArrayList<>(1)), resource);
      processOfResource.put(resource, known);
    }
    return known;
  }

  private String process(List<Integer> ofSameHash, int resource) {
    for (int other : ofSameHash) {
      if (isAlike(other, resource)) {
        return Objects.requireNonNull(processOfResource.get(other));
      }
    }
    ofSameHash.add(resource);
    String id = "p" + (processes.size() + 1);
    processes.put(id, resource);
    return id;
  }

  private int hash(int resource) {
    AttributeColumns attributes = batch.resources().attributes();
    int hash = 1;
    for (int entry = attributes.start(resource); entry < attributes.end(resource); entry++) {
      hash =
          (hash * 31 + attributes.keyId(entry)) * 31 + ModelTags.hash(attributes.values(), entry);
    }
    return hash;
  }

  private boolean isAlike(int one, int other) {
    AttributeColumns attributes = batch.resources().attributes();
    int start = attributes.start(one);
    int offset = attributes.start(other) - start;
    if (attributes.end(one) - start != attributes.end(other) - attributes.start(other)) {
      return false;
    }
    for (int entry = start; entry < attributes.end(one); entry++) {
      if (attributes.keyId(entry) != attributes.keyId(entry + offset)
          || !ModelTags.isSameValue(attributes.values(), entry, entry + offset)) {
        return false;
      }
    }
    return true;
  }

  private void writeProcess(int resource) throws IOException {
    String service = batch.resources().attributes().findString(resource, ModelTags.SERVICE_NAME);
    json.writeStartObject();
    json.writeStringField("serviceName", JaegerNames.service(service == null ? "" : service));
    json.writeArrayFieldStart("tags");
    tags.ofResource(resource);
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Whether a slice has any text. */
  static boolean isThere(long slice) {
    return ByteArena.length(slice) > 0;
  }
}
