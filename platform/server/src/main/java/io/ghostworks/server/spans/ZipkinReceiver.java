package io.ghostworks.server.spans;

import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.zipkin.ZipkinDecoder;
import io.ghostworks.wire.zipkin.ZipkinVersion;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Zipkin's ways in: spans of version 1 as JSON or Thrift, of version 2 as JSON or protobuf, told
 * apart by path and content type. 202 means that all spans are stored, 400 with counts that some
 * were refused and the others stored.
 *
 * <p>Source: the behaviour of openzipkin/zipkin ZipkinHttpCollector and of
 * opentelemetry-collector-contrib receiver/zipkinreceiver.
 */
public final class ZipkinReceiver {

  private static final byte[] NO_SPANS = {'[', ']'};

  private final SpanIntake intake;
  private final Bodies bodies;
  private final Clock clock;
  private final ZipkinDecoder decoder;

  /**
   * @param parseStringTags whether texts that look like numbers or booleans become such
   */
  public ZipkinReceiver(
      TelemetrySink<SpanBatch> spans,
      boolean parseStringTags,
      Bodies bodies,
      Clock clock,
      PlatformMetrics metrics) {
    this.intake = new SpanIntake(spans, metrics);
    this.bodies = bodies;
    this.clock = clock;
    this.decoder = new ZipkinDecoder(OtlpLimits.DEFAULT, parseStringTags);
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.ZIPKIN, "/zipkin", ErrorForm.TEXT)
        .refuseUnknown("/zipkin")
        .post("/api/v1/spans", Permission.INGEST, Route.Work.INGEST, this::version1)
        .post("/api/v2/spans", Permission.INGEST, Route.Work.INGEST, this::version2);
  }

  private CompletionStage<Answer> version1(Exchange exchange) {
    byte[] body = bodies.decompressed(exchange);
    if (isEmpty(body)) {
      return accepted();
    }
    long now = clock.epochNanos();
    return offer(
        exchange,
        type(exchange).equals("application/x-thrift")
            ? decoder.thrift(body, 0, body.length, now)
            : decoder.json(ZipkinVersion.V1, body, 0, body.length, now));
  }

  private CompletionStage<Answer> version2(Exchange exchange) {
    byte[] body = bodies.decompressed(exchange);
    if (isEmpty(body)) {
      return accepted();
    }
    long now = clock.epochNanos();
    return offer(
        exchange,
        type(exchange).equals("application/x-protobuf")
            ? decoder.protobuf(body, 0, body.length, now)
            : decoder.json(ZipkinVersion.V2, body, 0, body.length, now));
  }

  private static boolean isEmpty(byte[] body) {
    return body.length == 0 || java.util.Arrays.equals(body, NO_SPANS);
  }

  private static CompletionStage<Answer> accepted() {
    return CompletableFuture.completedFuture(Answer.empty(202));
  }

  private static String type(Exchange exchange) {
    String header = exchange.header("content-type").orElse("");
    return List.of(header.split(";", 2)).getFirst().strip().toLowerCase(Locale.ROOT);
  }

  private CompletionStage<Answer> offer(Exchange exchange, Decoded<SpanBatch> decoded) {
    return intake
        .offer(exchange.tenant(), decoded)
        .thenApply(
            refused -> refused.isEmpty() ? Answer.empty(202) : Answer.text(400, refused + "\n"));
  }
}
