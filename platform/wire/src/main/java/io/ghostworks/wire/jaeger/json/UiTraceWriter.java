package io.ghostworks.wire.jaeger.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one trace as Jaeger's query API gives it: {@code {traceID, spans, processes, warnings}},
 * times and durations in microseconds. Spans are given batch by batch; what is kept of them until
 * the end are their processes, each once. Used by one thread.
 *
 * <p>Source: jaegertracing/jaeger internal/uimodel and its converter/v1/json;
 * opentelemetry-collector-contrib pkg/translator/jaeger.
 */
public final class UiTraceWriter {

  private static final JsonFactory JSON = new JsonFactory();
  private static final long NANOS_PER_MICRO = 1_000;

  private final TraceAdjustment adjusted;
  private final JsonGenerator json;
  private final LongConsumer keeping;

  /** Names of processes by what is written of them. */
  private final Map<String, String> processes = new LinkedHashMap<>();

  private final Map<Integer, String> processOfResource = new HashMap<>();
  private @Nullable SpanBatch batch;
  private ModelTags tags;

  /**
   * @param adjusted with the ids of the whole trace
   * @param keeping is told how many more bytes are kept until the end, before they are
   */
  public UiTraceWriter(TraceAdjustment adjusted, JsonGenerator json, LongConsumer keeping) {
    this.adjusted = adjusted;
    this.json = json;
    this.keeping = keeping;
    this.tags = new ModelTags(new SpanBatch(), adjusted.raw(), new JsonTags(json));
  }

  /** Begins the trace. */
  public void begin(long traceIdHigh, long traceIdLow) throws IOException {
    json.writeStartObject();
    json.writeStringField("traceID", JaegerIds.trace(traceIdHigh, traceIdLow));
    json.writeArrayFieldStart("spans");
  }

  /** Writes the next span. */
  public void span(SpanBatch spans, int row) throws IOException {
    if (batch != spans) {
      batch = spans;
      tags = new ModelTags(spans, adjusted.raw(), new JsonTags(json));
      processOfResource.clear();
    }
    adjusted.turnTo(spans, row);
    write(spans, row);
  }

  /** Ends the trace. */
  public void end() throws IOException {
    json.writeEndArray();
    json.writeObjectFieldStart("processes");
    for (Map.Entry<String, String> process : processes.entrySet()) {
      json.writeFieldName(process.getValue());
      copy(process.getKey());
    }
    json.writeEndObject();
    json.writeNullField("warnings");
    json.writeEndObject();
  }

  /** Writes JSON as it is, or indented where all is. */
  private void copy(String text) throws IOException {
    if (json.getPrettyPrinter() == null) {
      json.writeRawValue(text);
      return;
    }
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      json.copyCurrentStructure(parser);
    }
  }

  private void write(SpanBatch spans, int row) throws IOException {
    String traceId = JaegerIds.trace(spans.traceIdHigh(row), spans.traceIdLow(row));
    json.writeStartObject();
    json.writeStringField("traceID", traceId);
    json.writeStringField("spanID", JaegerIds.span(adjusted.id()));
    json.writeStringField("operationName", spans.arena().text(spans.name(row)));
    json.writeArrayFieldStart("references");
    for (ModelReferences.Reference reference :
        ModelReferences.of(spans, row, adjusted.parent(), adjusted.raw())) {
      reference(reference);
    }
    json.writeEndArray();
    json.writeNumberField("startTime", Long.divideUnsigned(spans.startNanos(row), NANOS_PER_MICRO));
    json.writeNumberField(
        "duration", Math.max(0, spans.endNanos(row) - spans.startNanos(row)) / NANOS_PER_MICRO);
    json.writeArrayFieldStart("tags");
    tags.ofSpan(row);
    json.writeEndArray();
    json.writeArrayFieldStart("logs");
    for (int event = spans.eventStart(row); event < spans.eventEnd(row); event++) {
      json.writeStartObject();
      json.writeNumberField(
          "timestamp", Long.divideUnsigned(spans.events().timeNanos(event), NANOS_PER_MICRO));
      json.writeArrayFieldStart("fields");
      tags.ofEvent(event);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("processID", processId(spans, spans.resource(row)));
    warnings(StoredWarnings.of(spans, row));
    json.writeEndObject();
  }

  private void reference(ModelReferences.Reference reference) throws IOException {
    json.writeStartObject();
    json.writeStringField("refType", reference.childOf() ? "CHILD_OF" : "FOLLOWS_FROM");
    json.writeStringField("traceID", JaegerIds.trace(reference.traceHigh(), reference.traceLow()));
    json.writeStringField("spanID", JaegerIds.span(reference.spanId()));
    json.writeEndObject();
  }

  private void warnings(List<String> stored) throws IOException {
    List<String> all = new ArrayList<>(stored);
    all.addAll(adjusted.warnings());
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
  private String processId(SpanBatch spans, int resource) throws IOException {
    String known = processOfResource.get(resource);
    if (known == null) {
      String written = process(spans, resource);
      known = processes.get(written);
      if (known == null) {
        keeping.accept(2L * written.length() + 64);
        known = "p" + (processes.size() + 1);
        processes.put(written, known);
      }
      processOfResource.put(resource, known);
    }
    return known;
  }

  private String process(SpanBatch spans, int resource) throws IOException {
    String service = spans.resources().attributes().findString(resource, ModelTags.SERVICE_NAME);
    StringWriter text = new StringWriter();
    try (JsonGenerator aside = JSON.createGenerator(text)) {
      aside.writeStartObject();
      aside.writeStringField("serviceName", JaegerNames.service(service == null ? "" : service));
      aside.writeArrayFieldStart("tags");
      new ModelTags(spans, adjusted.raw(), new JsonTags(aside)).ofResource(resource);
      aside.writeEndArray();
      aside.writeEndObject();
    }
    return text.toString();
  }

  /** Whether a slice has any text. */
  static boolean isThere(long slice) {
    return ByteArena.length(slice) > 0;
  }
}
