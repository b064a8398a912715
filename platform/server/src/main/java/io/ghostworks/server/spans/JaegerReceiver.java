package io.ghostworks.server.spans;

import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.grpc.GrpcErrors;
import io.ghostworks.server.grpc.GrpcMessages;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.jaeger.JaegerDecoder;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Jaeger's ways in that are requests: gRPC ({@code PostSpans}), Thrift over HTTP, and the questions
 * of its clients how to sample. An answer of success means that all spans are stored; if some were
 * refused for good, the others are stored and the answer counts the refused ones.
 *
 * <p>Source: jaeger-idl proto/api_v2/collector.proto; the behaviour of
 * opentelemetry-collector-contrib receiver/jaegerreceiver.
 */
public final class JaegerReceiver {

  private static final Set<String> THRIFT =
      Set.of("application/x-thrift", "application/vnd.apache.thrift.binary");

  private final SpanIntake intake;
  private final Bodies bodies;
  private final GrpcMessages messages;
  private final JaegerDecoder decoder = new JaegerDecoder(OtlpLimits.DEFAULT);

  public JaegerReceiver(TelemetrySink<SpanBatch> spans, Bodies bodies, PlatformMetrics metrics) {
    this.intake = new SpanIntake(spans, metrics);
    this.bodies = bodies;
    this.messages = new GrpcMessages(bodies);
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.JAEGER_GRPC, "", new GrpcErrors())
        .refuseUnknown()
        .localPost(
            "/jaeger.api_v2.CollectorService/PostSpans",
            Permission.INGEST,
            Route.Work.INGEST,
            this::postSpans)
        .localPost(
            "/jaeger.api_v2.SamplingManager/GetSamplingStrategy",
            Permission.INGEST,
            Route.Work.INGEST,
            exchange ->
                CompletableFuture.completedFuture(GrpcMessages.response(SamplingAdvice.message())));
    routes
        .api(ListenerName.JAEGER_THRIFT_HTTP, "/jaeger", ErrorForm.TEXT)
        .refuseUnknown()
        .post("/api/traces", Permission.INGEST, Route.Work.INGEST, this::thrift)
        .local("/api/sampling", Permission.INGEST, Route.Work.INSTANT, SamplingAdvice::answer);
    routes
        .api(ListenerName.JAEGER_SAMPLING, "", ErrorForm.TEXT)
        .refuseUnknown()
        .local("/", Permission.INGEST, Route.Work.INSTANT, SamplingAdvice::answer)
        .local("/sampling", Permission.INGEST, Route.Work.INSTANT, SamplingAdvice::answer);
  }

  private CompletionStage<Answer> postSpans(Exchange exchange) {
    GrpcMessages.Message message = messages.request(exchange);
    return offer(exchange, decoder.postSpans(message.bytes(), message.offset(), message.length()))
        .thenApply(nothing -> GrpcMessages.response(new byte[0]));
  }

  private CompletionStage<Answer> thrift(Exchange exchange) {
    String header = exchange.header("content-type").orElse("");
    int end = header.indexOf(';');
    String type = (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    if (!THRIFT.contains(type)) {
      throw RequestException.bad(
          "the content type must be application/x-thrift or application/vnd.apache.thrift.binary, got '%s'"
              .formatted(type));
    }
    byte[] body = bodies.decompressed(exchange);
    return offer(exchange, decoder.thriftBatch(body, 0, body.length))
        .thenApply(nothing -> Answer.empty(202));
  }

  private CompletableFuture<Void> offer(Exchange exchange, Decoded<SpanBatch> decoded) {
    return intake
        .offer(exchange.tenant(), decoded)
        .thenAccept(refused -> {
          if (!refused.isEmpty()) {
            throw RequestException.bad(refused);
          }
        });
  }
}
