package io.ghostworks.server.zipkin;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.wholetraces.TraceBody;
import io.ghostworks.server.wholetraces.ZipkinForm;
import io.ghostworks.traceql.dependency.Dependencies;
import io.ghostworks.traceql.dependency.Dependency;
import io.ghostworks.wire.zipkin.ZipkinJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Zipkin's query API, version 2, on its own port and below {@code /zipkin}.
 *
 * <p>Source: the behaviour of openzipkin/zipkin ZipkinQueryApiV2, with strict trace ids. Every
 * attribute completes here, since none has to be declared.
 */
public final class ZipkinApi {

  private static final long NANOS_PER_MS = 1_000_000;
  private static final Duration NAMES_RANGE = Duration.ofDays(7);
  private static final Duration AHEAD = Duration.ofMinutes(10);
  private static final int KEYS_MAX = 1_000;
  private static final int TRACES_MAX = 1_000;
  private static final int CACHED_FROM = 4;
  private final RecordSource records;
  private final Dependencies dependencies;
  private final Queries queries;

  public ZipkinApi(RecordSource records, Dependencies dependencies, Queries queries) {
    this.records = records;
    this.dependencies = dependencies;
    this.queries = queries;
  }

  public void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.ZIPKIN, "/zipkin", ErrorForm.TEXT);
    read(api, "/api/v2/services", (exchange, names) -> names.of(Field.SERVICE_NAME, Filter.ALL));
    read(
        api,
        "/api/v2/spans",
        (exchange, names) -> names.of(Field.NAME, ofService(exchange, names)));
    read(
        api,
        "/api/v2/remoteServices",
        (exchange, names) -> names.ofPeers(ofService(exchange, names)));
    read(
        api,
        "/api/v2/autocompleteKeys",
        (exchange, names) ->
            records.attributeKeys(
                Signal.SPANS,
                Field.Scope.ATTRIBUTE_OR_RESOURCE,
                names.startNanos(),
                names.endNanos(),
                KEYS_MAX,
                names.context()));
    read(
        api,
        "/api/v2/autocompleteValues",
        (exchange, names) ->
            names.values(
                new Field(Field.Scope.ATTRIBUTE_OR_RESOURCE, required(exchange, "key")),
                Filter.ALL));
    api.get(
            "/api/v2/traces",
            Permission.READ,
            Route.Work.QUERY,
            queries.evaluation("zipkin", ZipkinApi::asked, this::traces))
        .get(
            "/api/v2/trace/{traceId}",
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint(this::trace))
        .get(
            "/api/v2/traceMany",
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint(this::traceMany))
        .get(
            "/api/v2/dependencies",
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint(this::links))
        .get("/config.json", Permission.READ, Route.Work.INSTANT, ZipkinApi::configuration)
        .local("/health", Permission.PUBLIC, Route.Work.INSTANT, ZipkinApi::health);
  }

  /** Looks up names. */
  private interface Names {
    Collection<String> read(Exchange exchange, StoredNames names);
  }

  private void read(Routes.Api api, String path, Names looked) {
    var _ =
        api.get(
            path,
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint((exchange, context) -> {
              long now = queries.clock().epochNanos();
              StoredNames names =
                  new StoredNames(
                      records, context, now - NAMES_RANGE.toNanos(), now + AHEAD.toNanos());
              return list(looked.read(exchange, names));
            }));
  }

  private static Filter ofService(Exchange exchange, StoredNames names) {
    String service = required(exchange, "serviceName").toLowerCase(Locale.ROOT);
    return names.is(Field.SERVICE_NAME, service);
  }

  private static String required(Exchange exchange, String name) {
    return exchange
        .parameter(name)
        .orElseThrow(() -> RequestException.bad("the parameter '%s' is required".formatted(name)));
  }

  private static Answer list(Collection<String> values) {
    Answer answer =
        Answer.json(
            200,
            Json.bytes(json -> {
              json.writeStartArray();
              for (String value : values) {
                json.writeString(value);
              }
              json.writeEndArray();
            }));
    return values.size() < CACHED_FROM
        ? answer
        : answer.withHeader("cache-control", "max-age=300, must-revalidate");
  }

  private static String asked(Exchange exchange) {
    return exchange.parameter("annotationQuery").orElse("");
  }

  private Answer traces(Exchange exchange, QueryContext context) {
    TraceQuery query = TraceQuery.of(exchange, queries.clock().epochNanos() / NANOS_PER_MS);
    return streamed(context, new TraceFinder(records, context).find(query), true, null);
  }

  private Answer trace(Exchange exchange, QueryContext context) {
    TraceKey key = key(exchange.variable("traceId"));
    return streamed(
        context,
        List.of(key),
        false,
        () -> new RequestException(404, ZipkinJson.traceId(key.high(), key.low()) + " not found"));
  }

  /** Whole traces, written while they are read and sent. */
  private Answer streamed(
      QueryContext context,
      List<TraceKey> keys,
      boolean many,
      @Nullable Supplier<RequestException> none) {
    ZipkinForm form = new ZipkinForm(records, context, many, TraceFinder::lowerCase);
    return Answer.streamed(200, Answer.JSON, new TraceBody(records, context, keys, form, none))
        .compressed();
  }

  private Answer traceMany(Exchange exchange, QueryContext context) {
    String ids = exchange.parameter("traceIds").orElse("");
    if (ids.isEmpty()) {
      throw RequestException.bad("traceIds parameter is empty");
    }
    Set<TraceKey> keys = new LinkedHashSet<>();
    for (String id : ids.split(",", TRACES_MAX)) {
      if (!keys.add(key(id))) {
        throw RequestException.bad("redundant traceId: " + id);
      }
    }
    if (keys.size() == 1) {
      throw RequestException.bad("Use /api/v2/trace/{traceId} endpoint to retrieve a single trace");
    }
    return streamed(context, List.copyOf(keys), true, null);
  }

  private static TraceKey key(String text) {
    String id = text.strip();
    return TraceKey.ofHex(id)
        .orElseThrow(
            () -> RequestException.bad(id + " should be a 1 to 32 character lower-hex string"));
  }

  private Answer links(Exchange exchange, QueryContext context) {
    var _ = required(exchange, "endTs");
    long endMs = TraceQuery.endMs(exchange, 1);
    long startMs = Math.max(0, endMs - TraceQuery.lookbackMs(exchange));
    Map<List<String>, long[]> links =
        new TreeMap<>((a, b) -> {
          int parents = a.getFirst().compareTo(b.getFirst());
          return parents != 0 ? parents : a.getLast().compareTo(b.getLast());
        });
    for (Dependency dependency :
        dependencies
            .between(startMs * NANOS_PER_MS, (endMs + 1) * NANOS_PER_MS, context)
            .dependencies()) {
      if (dependency.caller().equals(Dependencies.USER)) {
        continue;
      }
      long[] counts =
          links.computeIfAbsent(
              List.of(lower(dependency.caller()), lower(dependency.callee())), pair -> new long[2]);
      counts[0] += dependency.callCount();
      counts[1] += dependency.errorCount();
    }
    return Answer.json(200, written(links));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static byte[] written(Map<List<String>, long[]> links) {
    return Json.bytes(json -> {
      json.writeStartArray();
      for (Map.Entry<List<String>, long[]> link : links.entrySet()) {
        json.writeStartObject();
        json.writeStringField("parent", link.getKey().getFirst());
        json.writeStringField("child", link.getKey().getLast());
        json.writeNumberField("callCount", link.getValue()[0]);
        if (link.getValue()[1] > 0) {
          json.writeNumberField("errorCount", link.getValue()[1]);
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }

  /** What Zipkin's UI asks for before it begins. */
  private static CompletionStage<Answer> configuration(Exchange exchange) {
    return CompletableFuture.completedFuture(
        Answer.json(
            200,
            Json.bytes(json -> {
              json.writeStartObject();
              json.writeStringField("environment", "");
              json.writeNumberField("queryLimit", 10);
              json.writeNumberField("defaultLookback", TraceQuery.LOOKBACK_DEFAULT_MS);
              json.writeStringField("instrumented", ".*");
              json.writeStringField("basepath", "/zipkin");
              json.writeBooleanField("searchEnabled", true);
              json.writeObjectFieldStart("dependency");
              json.writeBooleanField("enabled", true);
              json.writeNumberField("lowErrorRate", 0.5);
              json.writeNumberField("highErrorRate", 0.75);
              json.writeEndObject();
              json.writeEndObject();
            })));
  }

  private static CompletionStage<Answer> health(Exchange exchange) {
    return CompletableFuture.completedFuture(
        Answer.json(
            200,
            "{\"status\":\"UP\",\"zipkin\":{\"status\":\"UP\",\"details\":{}}}"
                .getBytes(StandardCharsets.UTF_8)));
  }
}
