package io.ghostworks.server.traces;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.wholetraces.JaegerForm;
import io.ghostworks.server.wholetraces.OtlpForm;
import io.ghostworks.server.wholetraces.TraceBody;
import io.ghostworks.server.wholetraces.TraceForm;
import io.ghostworks.server.wholetraces.ZipkinForm;
import io.ghostworks.traceql.trace.TraceTree;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.tracefile.TraceFile;
import io.ghostworks.wire.tracefile.TraceFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * Traces as files: {@code POST /api/platform/traces/open} shows one without storing it, {@code GET
 * /api/platform/traces/ID/download?format=otlp|jaeger|zipkin} gives a stored one.
 */
public final class TraceFilesApi {

  /** What of a file can be looked at as one trace. */
  private static final int SPANS_MAX = 100_000;

  private final RecordSource records;
  private final Queries queries;
  private final Bodies bodies;
  private final Clock clock;

  public TraceFilesApi(RecordSource records, Queries queries, Bodies bodies, Clock clock) {
    this.records = records;
    this.queries = queries;
    this.bodies = bodies;
    this.clock = clock;
  }

  public void addTo(Routes.Api api) {
    api.get(
            "/api/platform/traces/{traceId}/download",
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint(this::download))
        .post("/api/platform/traces/open", Permission.READ, Route.Work.QUERY, this::open);
  }

  private Answer download(Exchange exchange, QueryContext context) {
    String word = exchange.parameter("format").orElse(TraceFormat.OTLP.word());
    TraceFormat format =
        TraceFormat.find(word)
            .orElseThrow(() ->
                RequestException.bad(
                    "the parameter 'format' must be otlp, jaeger or zipkin, got '%s'"
                        .formatted(word)));
    TraceKey key = StoredTrace.key("the path", exchange.variable("traceId"));
    TraceBody body =
        new TraceBody(
            records, context, List.of(key), form(format, context), () -> StoredTrace.none(key));
    return Answer.streamed(200, Answer.JSON, body)
        .withHeader(
            "content-disposition",
            "attachment; filename=\"trace-%s.%s.json\"".formatted(key.hex(), format.word()))
        .compressed();
  }

  private TraceForm form(TraceFormat format, QueryContext context) {
    return switch (format) {
      case OTLP -> OtlpForm.document();
      case JAEGER ->
          new JaegerForm(records, context, true, false, (missing, json) -> json.writeNull());
      case ZIPKIN -> new ZipkinForm(records, context, false, UnaryOperator.identity());
    };
  }

  private CompletionStage<Answer> open(Exchange exchange) {
    TraceFile file = TraceFile.read(bodies.decompressed(exchange), clock.epochNanos());
    SpanBatch spans = file.spans().batch();
    if (spans.rows() == 0) {
      throw RequestException.bad(
          file.spans().rejections().isEmpty()
              ? "the file has no spans"
              : "the file has no span that is well-formed: "
                  + file.spans().rejections().getFirst().example());
    }
    if (spans.rows() > SPANS_MAX) {
      throw RequestException.bad(
          "a file that is opened may have at most %d spans, this one has %d"
              .formatted(SPANS_MAX, spans.rows()));
    }
    return CompletableFuture.completedFuture(Answer.json(200, view(file)).compressed());
  }

  /** All traces of the file as OTLP, and of the first one what would be told of a stored one. */
  private byte[] view(TraceFile file) {
    SpanBatch spans = file.spans().batch();
    TraceKey key = new TraceKey(spans.traceIdHigh(0), spans.traceIdLow(0));
    boolean one = true;
    for (int row = 1; row < spans.rows(); row++) {
      one &= spans.traceIdHigh(row) == key.high() && spans.traceIdLow(row) == key.low();
    }
    boolean analysed = one;
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeStringField("format", file.format().word());
      json.writeStringField("traceId", key.hex());
      json.writeNumberField("spans", spans.rows());
      json.writeArrayFieldStart("refused");
      for (Rejection rejection : file.spans().rejections()) {
        json.writeStartObject();
        json.writeStringField("reason", rejection.reason().label());
        json.writeNumberField("spans", rejection.rows());
        json.writeStringField("example", rejection.example());
        json.writeEndObject();
      }
      json.writeEndArray();
      if (analysed) {
        StoredTrace trace = new StoredTrace(key, spans, TraceTree.of(spans));
        json.writeFieldName("analysis");
        json.writeRawValue(
            new String(
                TraceAnalysisJson.of(spans, trace.tree(), trace.analysis(clock.epochNanos())),
                StandardCharsets.UTF_8));
      }
      json.writeFieldName("trace");
      json.writeRawValue(
          new String(OtlpEncoder.traces(OtlpEncoding.JSON, spans), StandardCharsets.UTF_8));
      json.writeEndObject();
    });
  }
}
