package io.ghostworks.server.tempo;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.TempoMessage;
import io.ghostworks.wire.proto.ProtoWriter;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * {@code /api/traces/ID} and {@code /api/v2/traces/ID}: a trace whole. The range of a request is
 * checked, but finds nothing less: the index knows the trace.
 */
final class TraceApi {

  private static final Set<String> MODES = Set.of("", "all", "ingesters", "blocks", "external");

  /** A trace's memory in its forms on the way out, as a multiple of that of its protobuf form. */
  private static final int FORMS = 4;

  private final TempoEndpoints endpoints;

  TraceApi(TempoEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.get(
                "/api/traces/{traceId}",
                Permission.READ_TENANTS,
                Route.Work.QUERY,
                endpoints.lookup(TraceApi::first))
            .get(
                "/api/v2/traces/{traceId}",
                Permission.READ_TENANTS,
                Route.Work.QUERY,
                endpoints.lookup(TraceApi::second));
  }

  private static Answer first(TempoRequest request) {
    SpanBatch trace = trace(request);
    if (trace.rows() == 0) {
      throw new RequestException(404, "");
    }
    byte[] protobuf = OtlpEncoder.traces(OtlpEncoding.PROTOBUF, trace);
    long bytesMax = request.limits().traceBytesMax();
    if (bytesMax > 0 && protobuf.length > bytesMax) {
      throw new RequestException(422, "trace exceeds max size (max bytes: %d)".formatted(bytesMax));
    }
    if (Replies.form(request.exchange()) == Replies.Form.PROTOBUF) {
      return new Answer(200, Replies.PROTOBUF, protobuf, Map.of());
    }
    request.context().reserve((long) FORMS * protobuf.length);
    return Answer.json(200, OtlpEncoder.tempoJson(trace));
  }

  private static Answer second(TempoRequest request) {
    SpanBatch trace = trace(request);
    int[] rows = IntStream.range(0, trace.rows()).toArray();
    String message = "";
    ProtoWriter spans = OtlpEncoder.traces(trace, row -> true);
    long bytesMax = request.limits().traceBytesMax();
    if (bytesMax > 0 && spans.size() > bytesMax) {
      int fit = (int) (trace.rows() * bytesMax / spans.size());
      rows = IntStream.range(0, fit).toArray();
      spans = OtlpEncoder.traces(trace, row -> row < fit);
      message =
          "Trace exceeds maximum size of %d bytes, a partial trace is returned".formatted(bytesMax);
    }
    request.context().reserve((long) FORMS * spans.size());
    if (Replies.form(request.exchange()) == Replies.Form.LLM) {
      return Replies.llm(LlmTrace.json(trace, rows, request.context().bytesRead(), message));
    }
    return Replies.of(
        request.exchange(), TempoMessage.TRACE_BY_ID, message(request, spans, message));
  }

  private static ProtoWriter message(TempoRequest request, ProtoWriter spans, String partial) {
    ProtoWriter out = new ProtoWriter(spans.size() + 128);
    int trace = out.begin(1);
    out.raw(spans.array(), 0, spans.size());
    out.end(trace);
    int metrics = out.begin(2);
    out.uint(1, request.context().bytesRead());
    out.end(metrics);
    out.uint(3, partial.isEmpty() ? 0 : 1);
    out.text(4, partial);
    return out;
  }

  private static SpanBatch trace(TempoRequest request) {
    Exchange exchange = request.exchange();
    TraceKey id = TraceIds.parse(exchange.variable("traceId"), "");
    checkParameters(exchange);
    SpanBatch trace = request.records().trace(id.high(), id.low(), request.context());
    SharedSpanIds.tellApart(trace);
    return trace;
  }

  private static void checkParameters(Exchange exchange) {
    String mode = exchange.parameter("mode").orElse("");
    if (!MODES.contains(mode)) {
      throw RequestException.bad("invalid value for mode " + mode);
    }
    OptionalLong start = GoNumbers.signed(exchange, "start", 64);
    OptionalLong end = GoNumbers.signed(exchange, "end", 64);
    if (start.isPresent() && end.isPresent() && end.getAsLong() <= start.getAsLong()) {
      throw RequestException.bad(
          "http parameter start must be before end. received start=%d end=%d"
              .formatted(start.getAsLong(), end.getAsLong()));
    }
  }
}
