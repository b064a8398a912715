package io.ghostworks.server.jaeger;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.wholetraces.JaegerForm;
import io.ghostworks.server.wholetraces.TraceBody;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.jaeger.json.JaegerIds;
import io.ghostworks.wire.jaeger.json.JaegerJson;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 of Jaeger's query API under {@code /api}: services, operations, traces by search and by
 * id, archive, transform, dependencies and metrics.
 *
 * <p>Source: jaegertracing/jaeger cmd/query/app http_handler (1.x, whose services, operations and
 * search Grafana asks) and cmd/jaeger/internal/extension/jaegerquery (2.x).
 */
public final class JaegerApi {

  private static final String NOT_FOUND = "trace not found";
  private static final String SERVICE_REQUIRED = "parameter 'service' is required";

  private final RecordSource records;
  private final Queries queries;
  private final Bodies bodies;
  private final Archive archive;

  /** Keeps traces beyond their retention. */
  @FunctionalInterface
  public interface Archive {
    /** Keeps a trace; false if there is none. */
    boolean keep(TraceKey trace, QueryContext context);
  }

  public JaegerApi(RecordSource records, Queries queries, Bodies bodies, Archive archive) {
    this.records = records;
    this.queries = queries;
    this.bodies = bodies;
    this.archive = archive;
  }

  public void addTo(Routes routes) {
    Routes.Api api =
        routes
            .api(ListenerName.JAEGER, "/jaeger", new JaegerErrors())
            .refuseUnknown("/jaeger")
            .local("/", Permission.PUBLIC, Route.Work.INSTANT, JaegerPage::answer);
    read(api, "/api/services", this::services);
    read(api, "/api/services/{service}/operations", this::operationNames);
    read(api, "/api/operations", this::operations);
    read(api, "/api/traces/{traceId}", this::trace);
    read(api, "/api/dependencies", this::dependencies);
    SpanMetrics metrics = new SpanMetrics(records, queries.clock());
    read(api, "/api/metrics/latencies", metrics::latencies);
    read(api, "/api/metrics/calls", metrics::calls);
    read(api, "/api/metrics/errors", metrics::errors);
    read(api, "/api/metrics/minstep", metrics::minStep);
    api.get(
            "/api/traces",
            Permission.READ,
            Route.Work.QUERY,
            queries.evaluation("jaeger", JaegerApi::asked, this::search))
        .post(
            "/api/archive/{traceId}",
            Permission.INGEST,
            Route.Work.QUERY,
            queries.endpoint(this::archive))
        .post(
            "/api/transform",
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint(JaegerApi::transform));
    new GatewayApi(records, queries).addTo(routes);
    new GatewayGrpc(records)
        .addTo(new QueryCalls("jaeger.api_v3.QueryService", routes, queries, bodies));
    new ModelGrpc(records, archive)
        .addTo(new QueryCalls("jaeger.api_v2.QueryService", routes, queries, bodies));
  }

  private void read(Routes.Api api, String path, Queries.Reading reading) {
    var _ = api.get(path, Permission.READ, Route.Work.QUERY, queries.endpoint(reading));
  }

  /** How a search is listed while it runs. */
  static String asked(Exchange exchange) {
    StringBuilder text = new StringBuilder();
    exchange
        .parameters()
        .forEach((name, values) -> {
          text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(values);
        });
    return text.substring(0, Math.min(text.length(), 2_000));
  }

  private Answer services(Exchange exchange, QueryContext context) {
    List<String> services = new SpanNames(records, context).services();
    return texts(exchange, context, services);
  }

  private Answer operationNames(Exchange exchange, QueryContext context) {
    List<String> names =
        new SpanNames(records, context).operationNames(exchange.variable("service"));
    return texts(exchange, context, names);
  }

  private static Answer texts(Exchange exchange, QueryContext context, List<String> texts) {
    return structured(
        exchange,
        context,
        texts.size(),
        answer ->
            answer.piece(json -> {
              json.writeStartArray();
              for (String text : texts) {
                json.writeString(text);
              }
              json.writeEndArray();
            }));
  }

  private Answer operations(Exchange exchange, QueryContext context) {
    String service =
        exchange.parameter("service").orElseThrow(() -> RequestException.bad(SERVICE_REQUIRED));
    List<SpanNames.Operation> operations =
        new SpanNames(records, context)
            .operations(service, exchange.parameter("spanKind").orElse(""));
    return structured(
        exchange,
        context,
        operations.size(),
        answer ->
            answer.piece(json -> {
              json.writeStartArray();
              for (SpanNames.Operation operation : operations) {
                json.writeStartObject();
                json.writeStringField("name", operation.name());
                json.writeStringField("spanKind", operation.kind());
                json.writeEndObject();
              }
              json.writeEndArray();
            }));
  }

  private Answer search(Exchange exchange, QueryContext context) {
    JaegerParameters parameters = parameters(exchange);
    boolean raw = parameters.raw();
    List<TraceKey> keys =
        parameters.traceIds().stream().map(id -> new TraceKey(id.high(), id.low())).toList();
    return traces(
        exchange,
        context,
        raw,
        keys.isEmpty() ? new TraceFinder(records, context).find(parameters.query()) : keys,
        keys.isEmpty() ? (missing, json) -> json.writeNull() : JaegerApi::missing,
        null);
  }

  private Answer trace(Exchange exchange, QueryContext context) {
    JaegerParameters parameters = parameters(exchange);
    JaegerIds.TraceId id = parameters.traceId();
    parameters.checkTimes();
    return traces(
        exchange,
        context,
        parameters.raw(),
        List.of(new TraceKey(id.high(), id.low())),
        JaegerApi::missing,
        () -> new RequestException(404, NOT_FOUND));
  }

  /** Whole traces, written while they are read and sent. */
  private Answer traces(
      Exchange exchange,
      QueryContext context,
      boolean raw,
      List<TraceKey> keys,
      JaegerForm.Errors errors,
      @Nullable Supplier<RequestException> none) {
    JaegerForm form = new JaegerForm(records, context, raw, isPretty(exchange), errors);
    return Answer.streamed(200, Answer.JSON, new TraceBody(records, context, keys, form, none))
        .compressed();
  }

  private static void missing(List<TraceKey> missing, JsonGenerator json) throws IOException {
    if (missing.isEmpty()) {
      json.writeNull();
      return;
    }
    json.writeStartArray();
    for (TraceKey id : missing) {
      json.writeStartObject();
      json.writeStringField("msg", NOT_FOUND);
      json.writeStringField("traceID", JaegerIds.trace(id.high(), id.low()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private Answer archive(Exchange exchange, QueryContext context) {
    JaegerParameters parameters = parameters(exchange);
    JaegerIds.TraceId id = parameters.traceId();
    parameters.checkTimes();
    TraceKey key = new TraceKey(id.high(), id.low());
    if (!archive.keep(key, context)) {
      throw new RequestException(404, NOT_FOUND);
    }
    return JaegerAnswer.of(
        context,
        isPretty(exchange),
        answer ->
            answer.piece(json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("data");
              json.writeEndArray();
              counts(json, 0);
              json.writeArrayFieldStart("errors");
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  private static Answer transform(Exchange exchange, QueryContext context) {
    byte[] body = exchange.body();
    SpanBatch batch;
    try {
      batch =
          new OtlpDecoder(OtlpLimits.DEFAULT)
              .traces(OtlpEncoding.JSON, body, 0, body.length)
              .batch();
    } catch (WireFormatException e) {
      throw new RequestException(400, "cannot unmarshal OTLP : " + e.getMessage(), e);
    }
    return structured(
        exchange,
        context,
        0,
        answer ->
            answer.piece(json -> {
              json.writeStartArray();
              JaegerJson.writeTraces(batch, false, json);
              json.writeEndArray();
            }));
  }

  private Answer dependencies(Exchange exchange, QueryContext context) {
    JaegerParameters parameters = parameters(exchange);
    long end = parameters.millis("endTs", queries.clock().epochNanos());
    long lookback = parameters.millis("lookback", 24L * 3_600 * 1_000_000_000);
    String service = exchange.parameter("service").orElse("");
    List<DependencyLinks.Link> links =
        DependencyLinks.between(end - lookback, end, records, context).stream()
            .filter(link -> service.isEmpty() || link.touches(service))
            .toList();
    return structured(
        exchange,
        context,
        0,
        answer ->
            answer.piece(json -> {
              json.writeStartArray();
              for (DependencyLinks.Link link : links) {
                json.writeStartObject();
                json.writeStringField("parent", link.parent());
                json.writeStringField("child", link.child());
                json.writeNumberField("callCount", link.calls());
                json.writeEndObject();
              }
              json.writeEndArray();
            }));
  }

  private JaegerParameters parameters(Exchange exchange) {
    return new JaegerParameters(exchange, queries.clock().epochNanos());
  }

  private static Answer structured(
      Exchange exchange, QueryContext context, int total, JaegerAnswer.Document data) {
    return JaegerAnswer.of(
        context,
        isPretty(exchange),
        answer -> {
          begin(answer);
          data.write(answer);
          end(answer, total);
        });
  }

  private static void begin(JaegerAnswer answer) {
    answer.piece(json -> {
      json.writeStartObject();
      json.writeFieldName("data");
    });
  }

  private static void end(JaegerAnswer answer, int total) {
    answer.piece(json -> {
      counts(json, total);
      json.writeNullField("errors");
      json.writeEndObject();
    });
  }

  private static void counts(JsonGenerator json, int total) throws IOException {
    json.writeNumberField("total", total);
    json.writeNumberField("limit", 0);
    json.writeNumberField("offset", 0);
  }

  static boolean isPretty(Exchange exchange) {
    return exchange.parameter("prettyPrint").filter(text -> !text.equals("false")).isPresent();
  }
}
