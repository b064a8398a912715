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
import io.ghostworks.wire.jaeger.json.JaegerIds;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
  private static final int FORMS = 3;
  private static final String LIST = "{\"resourceSpans\":[";

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
    return result(
        context,
        taker -> new TraceFinder(records, context).read(new TraceKey(id.high(), id.low()), taker));
  }

  private Answer traces(Exchange exchange, QueryContext context) {
    TraceQuery query = GatewayParameters.ofSearch(exchange).query();
    return result(context, taker -> new TraceFinder(records, context).find(query, taker));
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
          new TraceFinder(records, context)
              .find(query, trace -> answer.piece(json -> summary(ListedTrace.of(trace), json)));
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

  /** Gives traces to a taker. */
  @FunctionalInterface
  private interface Reading {
    void read(TraceFinder.Taker taker);
  }

  /** All traces in one chunk; there must be one. */
  private static Answer result(QueryContext context, Reading reading) {
    boolean[] found = {false};
    return JaegerAnswer.of(
        context,
        false,
        answer -> {
          answer.piece(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("result");
            json.writeArrayFieldStart("resourceSpans");
          });
          reading.read(trace -> {
            found[0] = true;
            write(OtlpEncoder.traces(OtlpEncoding.JSON, trace), answer, context);
          });
          if (!found[0]) {
            throw new RequestException(404, NO_TRACES);
          }
          answer.piece(json -> {
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
          });
        });
  }

  /** Writes a trace that is OTLP's JSON, which stands in memory several times meanwhile. */
  private static void write(byte[] otlp, JaegerAnswer answer, QueryContext context) {
    long held = (long) FORMS * otlp.length;
    context.reserve(held);
    try {
      answer.piece(json -> json.writeRawValue(resourceSpans(otlp)));
    } finally {
      context.release(held);
    }
  }

  /** The entries of the list that OTLP's JSON of a trace is. */
  private static String resourceSpans(byte[] otlp) {
    String document = new String(otlp, StandardCharsets.UTF_8);
    if (!document.startsWith(LIST) || !document.endsWith("]}")) {
      throw new IllegalStateException("OTLP's JSON does not begin with its resources");
    }
    return document.substring(LIST.length(), document.length() - 2);
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
