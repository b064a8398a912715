package io.ghostworks.wire.jaeger.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.JsonMistake;
import io.ghostworks.wire.WireFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Traces in Jaeger's JSON: written as its query API answers and its UI downloads them, and read in
 * that form or in the storage model's ({@code vType}, ids in base64, times as RFC 3339). Stateless.
 */
public final class JaegerJson {

  private static final int SPANS_MAX = 1_000_000;
  private static final int TAGS_MAX = 8_000_000;
  private static final int TEXT_MAX = 64 << 20;
  private static final int DEPTH_MAX = 100;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxStringLength(TEXT_MAX)
                  .build())
          .build();

  private JaegerJson() {}

  /**
   * An answer of the query API: {@code {data, total, limit, offset, errors}}, one entry of data a
   * trace, in the order of their first spans.
   *
   * @param raw whether they are given as they are stored, without what Jaeger adjusts for the eye
   */
  public static byte[] write(SpanBatch batch, boolean raw) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("data");
      writeTraces(batch, raw, json);
      json.writeEndArray();
      json.writeNumberField("total", 0);
      json.writeNumberField("limit", 0);
      json.writeNumberField("offset", 0);
      json.writeNullField("errors");
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Writing to memory does not fail.
    }
    return out.toByteArray();
  }

  /** Writes the traces of a batch as entries of a list that is open. */
  public static void writeTraces(SpanBatch batch, boolean raw, JsonGenerator json)
      throws IOException {
    Map<JaegerIds.TraceId, List<Integer>> traces = new LinkedHashMap<>();
    for (int row = 0; row < batch.rows(); row++) {
      traces
          .computeIfAbsent(
              new JaegerIds.TraceId(batch.traceIdHigh(row), batch.traceIdLow(row)),
              id -> new ArrayList<>())
          .add(row);
    }
    for (Map.Entry<JaegerIds.TraceId, List<Integer>> trace : traces.entrySet()) {
      TraceAdjustment adjusted = new TraceAdjustment(raw);
      for (int row : trace.getValue()) {
        adjusted.add(batch, row);
      }
      UiTraceWriter writer = new UiTraceWriter(adjusted.close(), json, bytes -> {});
      writer.begin(trace.getKey().high(), trace.getKey().low());
      for (int row : trace.getValue()) {
        writer.span(batch, row);
      }
      writer.end();
    }
  }

  /**
   * Reads a trace, a list of traces, or an answer with {@code data}. Spans without ids or with
   * times that are none are counted as rejected.
   *
   * @throws WireFormatException if the text is no JSON or holds no trace of Jaeger
   */
  public static Decoded<SpanBatch> read(byte[] body, int offset, int length) {
    try {
      return JaegerJsonReader.read(() -> open(body, offset, length), SPANS_MAX, TAGS_MAX);
    } catch (JsonProcessingException e) {
      throw new WireFormatException(
          "malformed JSON: " + JsonMistake.text(e),
          e.getLocation() == null ? WireFormatException.NOWHERE : e.getLocation().getByteOffset());
    } catch (IOException e) {
      throw new WireFormatException("malformed JSON: " + e.getMessage(), e);
    }
  }

  private static JsonParser open(byte[] body, int offset, int length) throws IOException {
    return JSON.createParser(body, offset, length);
  }
}
