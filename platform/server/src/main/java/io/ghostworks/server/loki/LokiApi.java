package io.ghostworks.server.loki;

import io.ghostworks.logql.LogAnswer;
import io.ghostworks.logql.LogEngine;
import io.ghostworks.logql.LogqlParseException;
import io.ghostworks.logql.LogqlParser;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** {@code query_range}, {@code labels}, {@code label/NAME/values} and {@code series}. */
public final class LokiApi {

  private static final int LIMIT_DEFAULT = 100;
  private static final int LIMIT_MAX = 5_000;

  private final RecordSource records;
  private final Queries queries;

  public LokiApi(RecordSource records, Queries queries) {
    this.records = records;
    this.queries = queries;
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.LOKI, "", ErrorForm.TEXT)
        .refuseUnknown("/loki")
        .getOrForm(
            "/loki/api/v1/labels",
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint(this::labels))
        .getOrForm(
            "/loki/api/v1/query_range",
            Permission.READ,
            Route.Work.QUERY,
            queries.evaluation(
                "logql", exchange -> exchange.parameter("query").orElse(""), this::queryRange))
        .get(
            "/loki/api/v1/label/{name}/values",
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint(this::values))
        .getOrForm(
            "/loki/api/v1/series",
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint(this::series));
  }

  private Answer queryRange(Exchange exchange, QueryContext context) {
    long began = queries.clock().monotonicNanos();
    LokiTimes.Range range = LokiTimes.range(exchange, queries.clock());
    LokiSteps.check(exchange, range);
    LogAnswer answer =
        LogEngine.query(
            exchange.parameter("query").orElse(""),
            range.startNanos(),
            range.endNanos(),
            limit(exchange),
            direction(exchange),
            context,
            records);
    boolean categorized =
        exchange.header("x-loki-response-encoding-flags").orElse("").contains("categorize-labels");
    long nanos = queries.clock().monotonicNanos() - began;
    return Answer.json(200, StreamsAnswer.write(answer, categorized, context, nanos));
  }

  private static int limit(Exchange exchange) {
    try {
      int limit = exchange.parameter("limit").map(Integer::parseInt).orElse(LIMIT_DEFAULT);
      if (limit < 1) {
        throw RequestException.bad("limit must be a positive value");
      }
      if (limit > LIMIT_MAX) {
        throw RequestException.bad(
            "max entries limit per query exceeded, limit > max_entries_limit_per_query (%d > %d)"
                .formatted(limit, LIMIT_MAX));
      }
      return limit;
    } catch (NumberFormatException e) {
      throw new RequestException(
          400,
          "strconv.Atoi: parsing \"%s\": invalid syntax"
              .formatted(exchange.parameter("limit").orElse("")),
          e);
    }
  }

  private static LogEngine.Direction direction(Exchange exchange) {
    String text = exchange.parameter("direction").orElse("backward");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "backward" -> LogEngine.Direction.BACKWARD;
      case "forward" -> LogEngine.Direction.FORWARD;
      default -> throw RequestException.bad("invalid direction '%s'".formatted(text));
    };
  }

  private Answer labels(Exchange exchange, QueryContext context) {
    TreeSet<String> names = new TreeSet<>();
    for (Labels stream : streams(exchange, List.of("query"), context)) {
      stream.forEach((name, value) -> names.add(name));
    }
    return strings(names);
  }

  private Answer values(Exchange exchange, QueryContext context) {
    String name = exchange.variable("name");
    TreeSet<String> values = new TreeSet<>();
    for (Labels stream : streams(exchange, List.of("query"), context)) {
      String value = stream.find(name);
      if (value != null) {
        values.add(value);
      }
    }
    return strings(values);
  }

  private Answer series(Exchange exchange, QueryContext context) {
    List<Labels> found = streams(exchange, List.of("match", "match[]"), context);
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("status", "success");
          json.writeArrayFieldStart("data");
          for (Labels stream : found) {
            json.writeStartObject();
            for (int i = 0; i < stream.size(); i++) {
              json.writeStringField(stream.name(i), stream.value(i));
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        }));
  }

  private List<Labels> streams(Exchange exchange, List<String> parameters, QueryContext context) {
    LokiTimes.Range range = LokiTimes.range(exchange, queries.clock());
    List<List<LabelMatcher>> selectors = new ArrayList<>();
    List<String> texts =
        parameters.stream()
            .flatMap(parameter -> exchange.parameters(parameter).stream())
            .filter(text -> !text.isEmpty())
            .toList();
    for (String text : texts) {
      try {
        selectors.add(LogqlParser.parseSelector(text));
      } catch (LogqlParseException e) {
        throw new RequestException(400, String.valueOf(e.getMessage()), e);
      }
    }
    return records.streams(selectors, range.startNanos(), range.endNanos(), context);
  }

  private static Answer strings(Iterable<String> values) {
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("status", "success");
          json.writeArrayFieldStart("data");
          for (String value : values) {
            json.writeString(value);
          }
          json.writeEndArray();
          json.writeEndObject();
        }));
  }
}
