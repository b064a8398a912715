package io.ghostworks.server.tempo;

import io.ghostworks.config.DurationForm;
import io.ghostworks.model.TenantId;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.TraceQueryLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * {@code /api/traces/ID}, {@code /api/search}, {@code /api/search/tags}, {@code
 * /api/search/tag/NAME/values} and {@code /api/echo}, as Tempo answers them. Search takes tags and
 * durations; TraceQL ({@code q}) is refused.
 */
public final class TempoApi {

  private static final int LIMIT_DEFAULT = 20;
  private static final int LIMIT_MAX = 1_000;
  private static final int SPANS_PER_SET_DEFAULT = 3;
  private static final int VALUES_MAX = 10_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final Duration DEFAULT_RANGE = Duration.ofDays(7);

  private final RecordSource records;
  private final Queries queries;
  private final TempoEndpoints endpoints;
  private final StatusApi status;

  /**
   * @param version of this platform
   */
  public TempoApi(
      RecordSource records,
      Queries queries,
      Function<TenantId, TraceQueryLimits> limits,
      String version) {
    this.records = records;
    this.queries = queries;
    this.endpoints = new TempoEndpoints(records, queries, limits);
    this.status = new StatusApi(version);
  }

  public void addTo(Routes routes) {
    Routes.Api api =
        routes.api(ListenerName.TEMPO, "/tempo", new TempoErrors()).refuseUnknown("/tempo");
    status.addTo(api);
    new TraceApi(endpoints).addTo(api);
    new TraceDiffApi(endpoints).addTo(api);
    var _ =
        api.get(
                "/api/search",
                Permission.READ,
                Route.Work.QUERY,
                queries.evaluation("tags", TempoApi::searched, this::search))
            .get(
                "/api/search/tags", Permission.READ, Route.Work.QUERY, queries.endpoint(this::tags))
            .get(
                "/api/search/tag/{tag}/values",
                Permission.READ,
                Route.Work.QUERY,
                queries.endpoint(this::values));
  }

  private static String searched(Exchange exchange) {
    return exchange.parameter("q").or(() -> exchange.parameter("tags")).orElse("");
  }

  private Answer search(Exchange exchange, QueryContext context) {
    if (exchange.parameter("q").isPresent()) {
      throw RequestException.bad(
          "TraceQL (the parameter 'q') is not supported by this version: search with 'tags',"
              + " 'minDuration' and 'maxDuration'");
    }
    long now = queries.clock().epochNanos();
    TraceSearch search =
        new TraceSearch(
            exchange.parameter("tags").map(LogfmtTags::read).orElse(Map.of()),
            duration(exchange, "minDuration"),
            duration(exchange, "maxDuration"),
            seconds(exchange, "start").orElse(now - DEFAULT_RANGE.toNanos()),
            seconds(exchange, "end").orElse(now + NANOS_PER_SECOND * 600),
            integer(exchange, "limit", LIMIT_DEFAULT, 1, LIMIT_MAX),
            integer(exchange, "spss", SPANS_PER_SET_DEFAULT, 0, 1_000));
    if (search.endNanos() <= search.startNanos()) {
      throw RequestException.bad(
          "http parameter start must be before end. received start=%d end=%d"
              .formatted(
                  search.startNanos() / NANOS_PER_SECOND, search.endNanos() / NANOS_PER_SECOND));
    }
    if (search.maxDuration().isPresent()
        && search.minDuration().orElse(Duration.ZERO).compareTo(search.maxDuration().get()) > 0) {
      throw RequestException.bad("invalid maxDuration: must be greater than minDuration");
    }
    return Answer.json(
        200, SearchAnswer.write(new TraceSearcher(records, context, search).find(), context));
  }

  private Answer tags(Exchange exchange, QueryContext context) {
    long now = queries.clock().epochNanos();
    long start = seconds(exchange, "start").orElse(now - DEFAULT_RANGE.toNanos());
    long end = seconds(exchange, "end").orElse(now);
    String scope = exchange.parameter("scope").orElse("none");
    TreeSet<String> names = new TreeSet<>();
    switch (scope) {
      case "none", "resource", "span" -> {
        Field.Scope read =
            switch (scope) {
              case "resource" -> Field.Scope.RESOURCE;
              case "span" -> Field.Scope.ATTRIBUTE;
              default -> Field.Scope.ATTRIBUTE_OR_RESOURCE;
            };
        names.addAll(records.attributeKeys(Signal.SPANS, read, start, end, VALUES_MAX, context));
      }
      case "intrinsic" -> {}
      default -> throw RequestException.bad("invalid scope: " + scope);
    }
    if (scope.equals("none") || scope.equals("intrinsic")) {
      names.add("name");
      names.add("status.code");
    }
    return Answer.json(200, strings("tagNames", names, context));
  }

  private Answer values(Exchange exchange, QueryContext context) {
    long now = queries.clock().epochNanos();
    String tag = exchange.variable("tag");
    if (tag.equals("status.code")) {
      return Answer.json(200, strings("tagValues", List.of("error", "ok", "unset"), context));
    }
    Field field =
        switch (tag) {
          case "name" -> Field.NAME;
          case "service.name" -> Field.SERVICE_NAME;
          default -> new Field(Field.Scope.ATTRIBUTE_OR_RESOURCE, tag);
        };
    List<String> values =
        records.fieldValues(
            Signal.SPANS,
            field,
            Filter.ALL,
            seconds(exchange, "start").orElse(now - DEFAULT_RANGE.toNanos()),
            seconds(exchange, "end").orElse(now),
            VALUES_MAX,
            context);
    return Answer.json(200, strings("tagValues", values, context));
  }

  private static byte[] strings(String name, Iterable<String> values, QueryContext context) {
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart(name);
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("metrics");
      if (context.bytesRead() > 0) {
        json.writeStringField("inspectedBytes", Long.toString(context.bytesRead()));
      }
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  private static Optional<Duration> duration(Exchange exchange, String name) {
    return exchange
        .parameter(name)
        .map(text -> {
          try {
            return DurationForm.GO.parse(text);
          } catch (IllegalArgumentException e) {
            throw new RequestException(400, "invalid %s: %s".formatted(name, e.getMessage()), e);
          }
        });
  }

  private static Optional<Long> seconds(Exchange exchange, String name) {
    return exchange
        .parameter(name)
        .map(text -> {
          try {
            return Math.multiplyExact(Long.parseLong(text), NANOS_PER_SECOND);
          } catch (ArithmeticException | NumberFormatException e) {
            throw new RequestException(
                400,
                "invalid %s: must be seconds since the epoch, got '%s'".formatted(name, text),
                e);
          }
        });
  }

  private static int integer(Exchange exchange, String name, int absent, int min, int max) {
    return exchange
        .parameter(name)
        .map(text -> {
          try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
              return value;
            }
          } catch (NumberFormatException e) {
            throw new RequestException(
                400, "invalid %s: must be a number, got '%s'".formatted(name, text), e);
          }
          throw RequestException.bad(
              "invalid %s: must be from %d to %d, got %s".formatted(name, min, max, text));
        })
        .orElse(absent);
  }
}
