package io.ghostworks.server.jaeger;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.wholetraces.OtlpForm;
import io.ghostworks.server.wholetraces.TraceBody;
import io.ghostworks.wire.jaeger.json.JaegerIds;
import java.io.IOException;
import java.util.List;

/**
 * Version 3 of Jaeger's query API over HTTP, under {@code /api/v3}: spans in OTLP's JSON, summaries
 * of traces for lists. Spans are given as they are stored, whether {@code rawTraces} is set or not.
 *
 * <p>Source: jaegertracing/jaeger-idl proto/api_v3/query_service.proto; jaegertracing/jaeger
 * cmd/jaeger/internal/extension/jaegerquery/internal/apiv3 http_gateway.
 */
final class GatewayApi {

  private static final String NO_TRACES = "No traces found";
  private static final String BEFORE = "{\"result\":{\"resourceSpans\":[";
  private static final String AFTER = "]}}";

  private final RecordSource records;
  private final Queries queries;

  GatewayApi(RecordSource records, Queries queries) {
    this.records = records;
    this.queries = queries;
  }

  void addTo(Routes routes) {
    Routes.Api api =
        routes
            .api(ListenerName.JAEGER, "/jaeger", new GatewayErrors())
            .refuseUnknown("/jaeger/api/v3");
    read(api, "/api/v3/services", this::services);
    read(api, "/api/v3/operations", this::operations);
    read(api, "/api/v3/dependencies", this::dependencies);
    read(api, "/api/v3/traces/{traceId}", this::trace);
    search(api, "/api/v3/traces", this::traces);
    search(api, "/api/v3/trace-summaries", this::summaries);
  }

  private void read(Routes.Api api, String path, Queries.Reading reading) {
    var _ = api.get(path, Permission.READ, Route.Work.QUERY, queries.endpoint(reading));
  }

  private void search(Routes.Api api, String path, Queries.Reading reading) {
    var endpoint = queries.evaluation("jaeger", JaegerApi::asked, reading);
    var _ =
        api.get(path, Permission.READ, Route.Work.QUERY, endpoint)
            .post(path, Permission.READ, Route.Work.QUERY, endpoint);
  }

  private Answer services(Exchange exchange, QueryContext context) {
    List<String> services = new SpanNames(records, context).services();
    return object(
        context,
        json -> {
          json.writeArrayFieldStart("services");
          for (String service : services) {
            json.writeString(service);
          }
          json.writeEndArray();
        });
  }

  private Answer operations(Exchange exchange, QueryContext context) {
    GatewayParameters parameters = GatewayParameters.ofQuery(exchange);
    List<SpanNames.Operation> operations =
        new SpanNames(records, context)
            .operations(
                exchange.parameter("service").orElse(""),
                parameters.find("spanKind", "span_kind").orElse(""));
    return object(
        context,
        json -> {
          json.writeArrayFieldStart("operations");
          for (SpanNames.Operation operation : operations) {
            json.writeStartObject();
            json.writeStringField("name", operation.name());
            json.writeStringField(
                "spanKind", operation.kind().isEmpty() ? "internal" : operation.kind());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private Answer dependencies(Exchange exchange, QueryContext context) {
    GatewayParameters parameters = GatewayParameters.ofQuery(exchange);
    long start = parameters.time("startTime", "start_time");
    long end = parameters.time("endTime", "end_time");
    if (end <= start) {
      throw RequestException.bad("end_time must be after start_time");
    }
    List<DependencyLinks.Link> links = DependencyLinks.between(start, end, records, context);
    return object(
        context,
        json -> {
          json.writeArrayFieldStart("dependencies");
          for (DependencyLinks.Link link : links) {
            json.writeStartObject();
            json.writeStringField("parent", link.parent());
            json.writeStringField("child", link.child());
            json.writeStringField("callCount", Long.toString(link.calls()));
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private Answer trace(Exchange exchange, QueryContext context) {
    GatewayParameters parameters = GatewayParameters.ofQuery(exchange);
    JaegerIds.TraceId id = GatewayParameters.traceId(exchange.variable("traceId"));
    parameters.checkTraceOptions();
    return result(context, List.of(new TraceKey(id.high(), id.low())));
  }

  private Answer traces(Exchange exchange, QueryContext context) {
    TraceQuery query = GatewayParameters.ofSearch(exchange).query();
    return result(context, new TraceFinder(records, context).find(query));
  }

  private Answer summaries(Exchange exchange, QueryContext context) {
    TraceQuery query = GatewayParameters.ofSearch(exchange).query();
    return JaegerAnswer.of(
        context,
        false,
        answer -> {
          answer.piece(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("summaries");
          });
          ListedTrace.each(
              new TraceFinder(records, context).find(query),
              records,
              context,
              trace -> answer.piece(json -> summary(trace, json)));
          answer.piece(json -> {
            json.writeEndArray();
            json.writeEndObject();
          });
        });
  }

  /** Numbers and texts that are zero or empty are left out, 64-bit numbers are texts. */
  private static void summary(ListedTrace trace, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("traceId", trace.id());
    text(json, "rootServiceName", trace.rootService());
    text(json, "rootOperationName", trace.rootOperation());
    text(json, "minStartTimeUnixNano", decimal(trace.startNanos()));
    text(json, "maxEndTimeUnixNano", decimal(trace.endNanos()));
    number(json, "spanCount", trace.spans());
    number(json, "errorSpanCount", trace.errors());
    number(json, "orphanSpanCount", trace.orphans());
    json.writeArrayFieldStart("services");
    for (ListedTrace.OfService service : trace.services()) {
      json.writeStartObject();
      json.writeStringField("name", service.name());
      number(json, "spanCount", service.spans());
      number(json, "errorSpanCount", service.errors());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String decimal(long nanos) {
    return nanos == 0 ? "" : Long.toUnsignedString(nanos);
  }

  private static void text(JsonGenerator json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  private static void number(JsonGenerator json, String name, int value) throws IOException {
    if (value != 0) {
      json.writeNumberField(name, value);
    }
  }

  /** All traces in one chunk; there must be one. */
  private Answer result(QueryContext context, List<TraceKey> keys) {
    return Answer.streamed(
            200,
            Answer.JSON,
            new TraceBody(
                records,
                context,
                keys,
                new OtlpForm(BEFORE, AFTER),
                () -> new RequestException(404, NO_TRACES)))
        .compressed();
  }

  private static Answer object(QueryContext context, JaegerAnswer.Piece fields) {
    return JaegerAnswer.of(
        context,
        false,
        answer ->
            answer.piece(json -> {
              json.writeStartObject();
              fields.write(json);
              json.writeEndObject();
            }));
  }
}
