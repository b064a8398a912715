package io.ghostworks.server.jaeger;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.grpc.GrpcStream;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.wire.jaeger.json.JaegerIds;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.proto.ProtoWriter;
import java.util.List;

/**
 * Version 3 of Jaeger's query API over gRPC, {@code jaeger.api_v3.QueryService}. A message of a
 * stream is up to a thousand spans of one trace, or the summary of one.
 *
 * <p>Source: jaegertracing/jaeger-idl proto/api_v3/query_service.proto; jaegertracing/jaeger
 * cmd/jaeger/internal/extension/jaegerquery/internal/apiv3 grpc_handler.
 */
final class GatewayGrpc {

  private static final int SPANS_PER_MESSAGE = 1_000;

  private final RecordSource records;

  GatewayGrpc(RecordSource records) {
    this.records = records;
  }

  void addTo(QueryCalls calls) {
    calls.single("GetServices", this::services);
    calls.single("GetOperations", this::operations);
    calls.single("GetDependencies", this::dependencies);
    calls.stream("GetTrace", this::trace);
    calls.stream("FindTraces", this::traces);
    calls.stream("FindTraceSummaries", this::summaries);
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
    TraceMessages messages = messages(List.of(new TraceKey(id.high(), id.low())), context);
    messages.checkThere();
    stream.sendAll(messages);
  }

  private void traces(GatewayMessages request, QueryContext context, GrpcStream stream) {
    stream.sendAll(messages(new TraceFinder(records, context).find(request.query()), context));
  }

  private TraceMessages messages(List<TraceKey> keys, QueryContext context) {
    return new TraceMessages(
        records,
        context,
        keys,
        SPANS_PER_MESSAGE,
        walk -> OtlpEncoder.traces(OtlpEncoding.PROTOBUF, walk.spans(), walk.from(), walk.to()));
  }

  private void summaries(GatewayMessages request, QueryContext context, GrpcStream stream) {
    ListedTrace.each(
        new TraceFinder(records, context).find(request.query()),
        records,
        context,
        trace -> stream.send(message(trace)));
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
