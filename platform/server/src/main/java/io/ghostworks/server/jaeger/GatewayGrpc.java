package io.ghostworks.server.jaeger;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.grpc.GrpcErrors;
import io.ghostworks.server.grpc.GrpcMessages;
import io.ghostworks.server.grpc.GrpcStream;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.jaeger.json.JaegerIds;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.proto.ProtoWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Version 3 of Jaeger's query API over gRPC, {@code jaeger.api_v3.QueryService}, on the port of the
 * other interfaces. A message of a stream is one trace, or the summary of one.
 *
 * <p>Source: jaegertracing/jaeger-idl proto/api_v3/query_service.proto; jaegertracing/jaeger
 * cmd/jaeger/internal/extension/jaegerquery/internal/apiv3 grpc_handler.
 */
final class GatewayGrpc {

  private static final String SERVICE = "/jaeger.api_v3.QueryService/";

  private final RecordSource records;
  private final Queries queries;
  private final GrpcMessages messages;

  GatewayGrpc(RecordSource records, Queries queries, Bodies bodies) {
    this.records = records;
    this.queries = queries;
    this.messages = new GrpcMessages(bodies);
  }

  void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.JAEGER, "", new GrpcErrors());
    single(api, "GetServices", this::services);
    single(api, "GetOperations", this::operations);
    single(api, "GetDependencies", this::dependencies);
    stream(api, "GetTrace", this::trace);
    stream(api, "FindTraces", this::traces);
    stream(api, "FindTraceSummaries", this::summaries);
  }

  /** Makes the one response of a call. */
  @FunctionalInterface
  private interface Single {
    ProtoWriter answer(GatewayMessages request, QueryContext context);
  }

  /** Sends the responses of a call. */
  @FunctionalInterface
  private interface Sending {
    void send(GatewayMessages request, QueryContext context, GrpcStream stream);
  }

  private void single(Routes.Api api, String method, Single call) {
    var _ =
        api.localPost(
            SERVICE + method,
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint((exchange, context) ->
                GrpcMessages.response(call.answer(request(exchange), context).toByteArray())));
  }

  private void stream(Routes.Api api, String method, Sending call) {
    var _ =
        api.localPost(
            SERVICE + method,
            Permission.READ,
            Route.Work.QUERY,
            exchange -> {
              GatewayMessages request = request(exchange);
              Answer answer =
                  Answer.streamed(
                      200,
                      GrpcMessages.CONTENT_TYPE,
                      queries.feed(
                          exchange,
                          "jaeger",
                          method,
                          queries.timeout(),
                          GrpcStream::new,
                          (context, stream) -> call.send(request, context, stream)));
              return CompletableFuture.completedFuture(
                  answer.withHeader("grpc-accept-encoding", GrpcMessages.ENCODINGS));
            });
  }

  private GatewayMessages request(Exchange exchange) {
    try {
      return GatewayMessages.read(messages.request(exchange));
    } catch (WireFormatException e) {
      throw new RequestException(400, "malformed message: " + e.getMessage(), e);
    }
  }

  private ProtoWriter services(GatewayMessages request, QueryContext context) {
    ProtoWriter out = new ProtoWriter(256);
    new SpanNames(records, context).services().forEach(service -> out.text(1, service));
    return out;
  }

  private ProtoWriter operations(GatewayMessages request, QueryContext context) {
    ProtoWriter out = new ProtoWriter(256);
    for (SpanNames.Operation operation :
        new SpanNames(records, context).operations(request.text(1), request.text(2))) {
      int start = out.begin(1);
      out.text(1, operation.name());
      out.text(2, operation.kind());
      out.end(start);
    }
    return out;
  }

  private ProtoWriter dependencies(GatewayMessages request, QueryContext context) {
    long from = request.time(1, "start_time");
    long to = request.time(2, "end_time");
    if (to <= from) {
      throw RequestException.bad("end_time must be after start_time");
    }
    ProtoWriter out = new ProtoWriter(256);
    for (DependencyLinks.Link link : DependencyLinks.between(from, to, records, context)) {
      int start = out.begin(1);
      out.text(1, link.parent());
      out.text(2, link.child());
      out.uint(3, link.calls());
      out.end(start);
    }
    return out;
  }

  private void trace(GatewayMessages request, QueryContext context, GrpcStream stream) {
    JaegerIds.TraceId id = GatewayParameters.traceId(request.text(1));
    boolean found =
        new TraceFinder(records, context)
            .read(
                new TraceKey(id.high(), id.low()),
                trace -> stream.send(OtlpEncoder.traces(OtlpEncoding.PROTOBUF, trace)));
    if (!found) {
      throw new RequestException(404, GrpcStream.NOT_FOUND, "trace not found");
    }
  }

  private void traces(GatewayMessages request, QueryContext context, GrpcStream stream) {
    new TraceFinder(records, context)
        .find(
            request.query(),
            trace -> stream.send(OtlpEncoder.traces(OtlpEncoding.PROTOBUF, trace)));
  }

  private void summaries(GatewayMessages request, QueryContext context, GrpcStream stream) {
    new TraceFinder(records, context)
        .find(request.query(), trace -> stream.send(message(ListedTrace.of(trace))));
  }

  private static byte[] message(ListedTrace trace) {
    ProtoWriter out = new ProtoWriter(256);
    int summary = out.begin(1);
    out.text(1, trace.id());
    out.text(2, trace.rootService());
    out.text(3, trace.rootOperation());
    out.fixed64(4, trace.startNanos());
    out.fixed64(5, trace.endNanos());
    out.uint(6, trace.spans());
    out.uint(7, trace.errors());
    out.uint(8, trace.orphans());
    List<ListedTrace.OfService> services = trace.services();
    for (ListedTrace.OfService service : services) {
      int start = out.begin(9);
      out.text(1, service.name());
      out.uint(2, service.spans());
      out.uint(3, service.errors());
      out.end(start);
    }
    out.end(summary);
    return out.toByteArray();
  }
}
