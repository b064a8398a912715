package io.ghostworks.server.tempo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.tempo.diff.TraceDiff;
import io.ghostworks.wire.JsonMistake;
import io.ghostworks.wire.jaeger.json.SharedSpanIds;
import io.ghostworks.wire.otlp.OtlpEncoder;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** {@code POST /api/v2/traces/diff}: in what one trace differs from another. */
final class TraceDiffApi {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final TempoEndpoints endpoints;

  TraceDiffApi(TempoEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.post(
            "/api/v2/traces/diff",
            Permission.READ_TENANTS,
            Route.Work.QUERY,
            endpoints.lookup(TraceDiffApi::diff));
  }

  private static Answer diff(TempoRequest request) {
    JsonNode body = body(request);
    String word = body.path("format").asText("");
    TraceDiff.Format format =
        word.isEmpty()
            ? TraceDiff.Format.PATCH
            : TraceDiff.Format.find(word).orElseThrow(() -> unknownFormat(word));
    TraceKey base = id(body, "base");
    TraceKey compare = id(body, "compare");
    SpanBatch before = trace(request, base);
    SpanBatch after = trace(request, compare);
    checkSize(request, before, after);
    return Answer.json(
        200, TraceDiff.json(before, after, format, bytes -> request.context().reserve(bytes)));
  }

  private static JsonNode body(TempoRequest request) {
    try {
      JsonNode body = MAPPER.readTree(request.exchange().body());
      if (body.isObject()) {
        return body;
      }
      throw RequestException.bad("invalid trace diff request body: an object is expected");
    } catch (JsonProcessingException e) {
      throw new RequestException(400, "invalid trace diff request body: " + JsonMistake.text(e), e);
    } catch (IOException e) {
      throw new RequestException(400, "invalid trace diff request body: " + e.getMessage(), e);
    }
  }

  private static RequestException unknownFormat(String word) {
    return RequestException.bad(
        "invalid format %s: must be one of %s"
            .formatted(
                GoNumbers.quoted(word),
                Arrays.stream(TraceDiff.Format.values())
                    .map(format -> GoNumbers.quoted(format.word()))
                    .collect(Collectors.joining(", "))));
  }

  private static TraceKey id(JsonNode body, String side) {
    JsonNode trace = body.path(side);
    String text = trace.path("traceId").asText("");
    if (text.isEmpty()) {
      throw RequestException.bad(side + ".traceId is required");
    }
    TraceKey id = TraceIds.parse(text, "invalid %s.traceId: ".formatted(side));
    JsonNode start = trace.path("start");
    JsonNode end = trace.path("end");
    if (start.isNumber() && end.isNumber() && end.asLong() <= start.asLong()) {
      throw RequestException.bad(
          "%s.start must be before %s.end. received start=%d end=%d"
              .formatted(side, side, start.asLong(), end.asLong()));
    }
    return id;
  }

  private static SpanBatch trace(TempoRequest request, TraceKey id) {
    SpanBatch trace = request.records().trace(id.high(), id.low(), request.context());
    if (trace.rows() == 0) {
      throw new RequestException(404, "Not Found");
    }
    SharedSpanIds.tellApartWhole(trace);
    return trace;
  }

  /** Both traces together may have what one may. */
  private static void checkSize(TempoRequest request, SpanBatch before, SpanBatch after) {
    long bytesMax = request.limits().traceBytesMax();
    if (bytesMax == 0) {
      return;
    }
    long bytes =
        (long) OtlpEncoder.traces(before, row -> true).size()
            + OtlpEncoder.traces(after, row -> true).size();
    if (bytes > bytesMax) {
      throw new RequestException(
          429,
          "trace diff input too large: combined trace size %d bytes exceeds limit %d bytes"
              .formatted(bytes, bytesMax));
    }
  }
}
