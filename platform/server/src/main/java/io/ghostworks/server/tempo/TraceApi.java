package io.ghostworks.server.tempo;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.wholetraces.TraceBody;
import io.ghostworks.server.wholetraces.TraceWalk;
import io.ghostworks.wire.jaeger.json.SharedSpanIds;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.TempoMessage;
import io.ghostworks.wire.proto.ProtoWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    TraceKey id = id(request);
    long bytesMax = request.limits().traceBytesMax();
    if (bytesMax > 0 && size(request, id).bytes() > bytesMax) {
      throw new RequestException(422, "trace exceeds max size (max bytes: %d)".formatted(bytesMax));
    }
    return streamed(
        request,
        id,
        TempoForm.Version.FIRST,
        Long.MAX_VALUE,
        "",
        () -> new RequestException(404, ""));
  }

  private static Answer second(TempoRequest request) {
    Optional<TraceFilter> filter = TraceFilter.of(request.exchange());
    TraceKey id = id(request);
    List<String> reasons = new ArrayList<>();
    long fit = fit(request, id, reasons);
    if (filter.isEmpty() && Replies.form(request.exchange()) != Replies.Form.LLM) {
      return streamed(request, id, TempoForm.Version.SECOND, fit, String.join("; ", reasons), null);
    }
    SpanBatch trace = trace(request, id);
    int first = (int) Math.min(fit, trace.rows());
    BitSet rows = new BitSet(first);
    rows.set(0, first);
    if (filter.isPresent() && first > 0) {
      rows = filter.get().kept(trace, first, request.context());
      if (rows.cardinality() < first) {
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

  /** A whole trace, written while it is read and sent. */
  private static Answer streamed(
      TempoRequest request,
      TraceKey id,
      TempoForm.Version version,
      long spansMax,
      String message,
      @Nullable Supplier<RequestException> none) {
    boolean protobuf = Replies.form(request.exchange()) == Replies.Form.PROTOBUF;
    TempoForm form =
        new TempoForm(version, protobuf, request.records(), request.context(), spansMax, message);
    TraceBody body = new TraceBody(request.records(), request.context(), List.of(id), form, none);
    return Answer.streamed(200, protobuf ? Replies.PROTOBUF : Answer.JSON, new TempoStream(body));
  }

  /** What a trace is as protobuf. */
  private record Size(long spans, long bytes) {}

  private static Size size(TempoRequest request, TraceKey id) {
    long spans = 0;
    long bytes = 0;
    try (TraceWalk walk =
        new TraceWalk(request.records(), request.context(), List.of(id), Integer.MAX_VALUE)) {
      while (walk.next()) {
        spans += walk.spans().rows();
        bytes += OtlpEncoder.traces(walk.spans(), row -> true).size();
      }
    }
    return new Size(spans, bytes);
  }

  /** How many of its first spans are given; where they are not all the reason is added. */
  private static long fit(TempoRequest request, TraceKey id, List<String> reasons) {
    long bytesMax = request.limits().traceBytesMax();
    if (bytesMax <= 0) {
      return Long.MAX_VALUE;
    }
    Size size = size(request, id);
    if (size.bytes() <= bytesMax) {
      return size.spans();
    }
    reasons.add(
        "Trace exceeds maximum size of %d bytes, a partial trace is returned".formatted(bytesMax));
    return (long) ((double) size.spans() * bytesMax / size.bytes());
  }

  private static ProtoWriter message(TempoRequest request, ProtoWriter spans, String partial) {
    ProtoWriter out = new ProtoWriter(spans.size() + 128);
    int trace = out.begin(1);
    out.raw(spans.array(), 0, spans.size());
    out.end(trace);
    TempoForm.tail(out, request.context().bytesRead(), partial);
    return out;
  }

  private static TraceKey id(TempoRequest request) {
    TraceKey id = TraceIds.parse(request.exchange().variable("traceId"), "");
    checkParameters(request.exchange());
    return id;
  }

  private static SpanBatch trace(TempoRequest request, TraceKey id) {
    SpanBatch trace = request.records().trace(id.high(), id.low(), request.context());
    SharedSpanIds.tellApartWhole(trace);
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
