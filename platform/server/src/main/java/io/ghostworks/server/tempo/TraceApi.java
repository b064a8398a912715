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
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code /api/traces/ID} and {@code /api/v2/traces/ID}: a trace whole, in version 2 also those of
 * its spans that {@code q} selects. The range of a request is checked, but finds nothing less: the
 * index knows the trace.
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
    Optional<TraceFilter> filter = TraceFilter.of(request.exchange());
    SpanBatch trace = trace(request);
    List<String> reasons = new ArrayList<>();
    int fit = fit(request, trace, reasons);
    BitSet rows = new BitSet(fit);
    rows.set(0, fit);
    if (filter.isPresent() && fit > 0) {
      rows = filter.get().kept(trace, fit, request.context());
      if (rows.cardinality() < fit) {
        reasons.add("Trace filtered, only a subset of spans matching the filter is returned");
      }
    }
    ProtoWriter spans = OtlpEncoder.traces(trace, rows::get);
    request.context().reserve((long) FORMS * spans.size());
    String message = String.join("; ", reasons);
    if (Replies.form(request.exchange()) == Replies.Form.LLM) {
      int[] given = rows.stream().toArray();
      return Replies.llm(LlmTrace.json(trace, given, request.context().bytesRead(), message));
    }
    return Replies.of(
        request.exchange(), TempoMessage.TRACE_BY_ID, message(request, spans, message));
  }

  /** How many of its first spans are given; where they are not all the reason is added. */
  private static int fit(TempoRequest request, SpanBatch trace, List<String> reasons) {
    long bytesMax = request.limits().traceBytesMax();
    long size = bytesMax > 0 ? OtlpEncoder.traces(trace, row -> true).size() : 0;
    if (size <= bytesMax) {
      return trace.rows();
    }
    reasons.add(
        "Trace exceeds maximum size of %d bytes, a partial trace is returned".formatted(bytesMax));
    return (int) (trace.rows() * bytesMax / size);
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
