package io.ghostworks.server.otlp;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpResponses;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** OTLP over HTTP: {@code /v1/traces}, {@code /v1/metrics}, {@code /v1/logs}. */
public final class OtlpHttp {

  private final OtlpIngest ingest;
  private final Bodies bodies;

  public OtlpHttp(OtlpIngest ingest, Bodies bodies) {
    this.ingest = ingest;
    this.bodies = bodies;
  }

  public void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.OTLP_HTTP, "/otlp", new OtlpErrors());
    api.refuseUnknown("/otlp");
    api.post(
        "/v1/traces",
        Permission.INGEST,
        Route.Work.INGEST,
        e -> export(e, OtlpResponses.Signal.TRACES));
    api.post(
        "/v1/metrics",
        Permission.INGEST,
        Route.Work.INGEST,
        e -> export(e, OtlpResponses.Signal.METRICS));
    api.post(
        "/v1/logs",
        Permission.INGEST,
        Route.Work.INGEST,
        e -> export(e, OtlpResponses.Signal.LOGS));
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", new OtlpErrors())
        .post(
            "/api/v1/otlp/v1/metrics", // where Prometheus takes them
            Permission.INGEST,
            Route.Work.INGEST,
            e -> export(e, OtlpResponses.Signal.METRICS));
  }

  private CompletionStage<Answer> export(Exchange exchange, OtlpResponses.Signal signal) {
    String contentType = exchange.header("content-type").orElse("");
    OtlpEncoding encoding =
        OtlpEncoding.find(contentType)
            .orElseThrow(() ->
                new RequestException(
                    415,
                    "the content type must be application/x-protobuf or application/json, got '%s'"
                        .formatted(contentType)));
    byte[] body = bodies.decompressed(exchange);
    return ingest
        .export(signal, encoding, exchange.tenant(), body, 0, body.length)
        .thenApply(response -> new Answer(200, encoding.contentType(), response, Map.of()));
  }
}
