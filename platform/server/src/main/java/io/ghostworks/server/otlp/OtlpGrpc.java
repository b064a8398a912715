package io.ghostworks.server.otlp;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.grpc.GrpcErrors;
import io.ghostworks.server.grpc.GrpcMessages;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpResponses;
import java.util.concurrent.CompletionStage;

/**
 * OTLP over gRPC: three calls of one request and one response, served as routes, so that access,
 * limits, memory and metrics are those of every other route. Our own reader decodes the messages,
 * no generated classes.
 */
public final class OtlpGrpc {

  private static final String PACKAGE = "/opentelemetry.proto.collector.";

  private final OtlpIngest ingest;
  private final GrpcMessages messages;

  public OtlpGrpc(OtlpIngest ingest, Bodies bodies) {
    this.ingest = ingest;
    this.messages = new GrpcMessages(bodies);
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.OTLP_GRPC, "", new GrpcErrors())
        .refuseUnknown()
        .localPost(
            PACKAGE + "trace.v1.TraceService/Export",
            Permission.INGEST,
            Route.Work.INGEST,
            exchange -> export(exchange, OtlpResponses.Signal.TRACES))
        .localPost(
            PACKAGE + "metrics.v1.MetricsService/Export",
            Permission.INGEST,
            Route.Work.INGEST,
            exchange -> export(exchange, OtlpResponses.Signal.METRICS))
        .localPost(
            PACKAGE + "logs.v1.LogsService/Export",
            Permission.INGEST,
            Route.Work.INGEST,
            exchange -> export(exchange, OtlpResponses.Signal.LOGS));
  }

  private CompletionStage<Answer> export(Exchange exchange, OtlpResponses.Signal signal) {
    GrpcMessages.Message message = messages.request(exchange);
    return ingest
        .export(
            signal,
            OtlpEncoding.PROTOBUF,
            exchange.tenant(),
            message.bytes(),
            message.offset(),
            message.length())
        .thenApply(GrpcMessages::response);
  }
}
