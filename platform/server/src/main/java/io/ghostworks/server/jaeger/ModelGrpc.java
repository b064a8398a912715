package io.ghostworks.server.jaeger;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.grpc.GrpcStream;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.wholetraces.AdjustedTraces;
import io.ghostworks.wire.jaeger.json.ModelMessages;
import io.ghostworks.wire.jaeger.json.TraceAdjustment;
import io.ghostworks.wire.proto.ProtoWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Version 2 of Jaeger's query API over gRPC, {@code jaeger.api_v2.QueryService}, with spans in
 * Jaeger's own model.
 *
 * <p>Source: jaegertracing/jaeger-idl proto/api_v2/query.proto; jaegertracing/jaeger
 * cmd/jaeger/internal/extension/jaegerquery/internal grpc_handler.
 */
final class ModelGrpc {

  private static final String NOT_FOUND = "trace not found";

  private final RecordSource records;
  private final JaegerApi.Archive archive;

  ModelGrpc(RecordSource records, JaegerApi.Archive archive) {
    this.records = records;
    this.archive = archive;
  }

  void addTo(QueryCalls calls) {
    calls.single("GetServices", this::services);
    calls.single("GetOperations", this::operations);
    calls.single("GetDependencies", this::dependencies);
    calls.single("ArchiveTrace", Permission.INGEST, this::archive);
    calls.stream("GetTrace", this::trace);
    calls.stream("FindTraces", this::traces);
  }

  private ProtoWriter services(GatewayMessages request, QueryContext context) {
    ProtoWriter out = new ProtoWriter(256);
    new SpanNames(records, context).services().forEach(service -> out.text(1, service));
    return out;
  }

  /** Names alone, for old clients, and with their kinds. */
  private ProtoWriter operations(GatewayMessages request, QueryContext context) {
    List<SpanNames.Operation> operations =
        new SpanNames(records, context).operations(request.text(1), request.text(2));
    Set<String> names = new LinkedHashSet<>();
    operations.forEach(operation -> names.add(operation.name()));
    ProtoWriter out = new ProtoWriter(256);
    names.forEach(name -> out.text(1, name));
    for (SpanNames.Operation operation : operations) {
      int start = out.begin(2);
      out.text(1, operation.name());
      out.text(2, operation.kind());
      out.end(start);
    }
    return out;
  }

  private ProtoWriter dependencies(GatewayMessages request, QueryContext context) {
    long from = request.time(1);
    long to = request.time(2);
    if (from == 0 || to == 0) {
      throw RequestException.bad("StartTime and EndTime must be initialized.");
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

  private ProtoWriter archive(GatewayMessages request, QueryContext context) {
    if (!archive.keep(request.traceKey(), context)) {
      throw new RequestException(404, NOT_FOUND);
    }
    return new ProtoWriter(64);
  }

  private void trace(GatewayMessages request, QueryContext context, GrpcStream stream) {
    TraceMessages messages = messages(List.of(request.traceKey()), request.truth(4), context);
    messages.checkThere();
    stream.sendAll(messages);
  }

  private void traces(GatewayMessages request, QueryContext context, GrpcStream stream) {
    List<TraceKey> keys = new TraceFinder(records, context).find(request.query(false));
    stream.sendAll(messages(keys, request.rawTraces(), context));
  }

  private TraceMessages messages(List<TraceKey> keys, boolean raw, QueryContext context) {
    AdjustedTraces adjusted = new AdjustedTraces(records, context, raw);
    ModelMessages[] trace = {new ModelMessages(new TraceAdjustment(true))};
    return new TraceMessages(
        records,
        context,
        keys,
        ModelMessages.SPANS_PER_CHUNK,
        walk -> {
          if (walk.isFirst()) {
            adjusted.release();
            trace[0] = new ModelMessages(adjusted.read(walk.id()));
          }
          return trace[0].message(walk.spans(), walk.from(), walk.to());
        });
  }
}
