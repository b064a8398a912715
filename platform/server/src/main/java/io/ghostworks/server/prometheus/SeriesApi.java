package io.ghostworks.server.prometheus;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What there is, without evaluating anything: series, labels, label values, metadata, exemplars.
 */
public final class SeriesApi {

  private final Function<TenantId, Map<String, List<MetricMetadata>>> exposed;
  private final SeriesSource source;
  private final Queries queries;
  private final PromqlParser parser;

  public SeriesApi(SeriesSource source, Queries queries, ParserOptions promql) {
    this(source, queries, promql, tenant -> Map.of());
  }

  /**
   * @param exposed what a tenant's targets say of families at the moment; for these families it
   *     stands for all that was ever said
   */
  public SeriesApi(
      SeriesSource source,
      Queries queries,
      ParserOptions promql,
      Function<TenantId, Map<String, List<MetricMetadata>>> exposed) {
    this.exposed = exposed;
    this.source = source;
    this.queries = queries;
    this.parser = new PromqlParser(promql);
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors())
        .getOrForm(
            "/api/v1/series", Permission.READ, Route.Work.QUERY, queries.endpoint(this::series))
        .getOrForm(
            "/api/v1/labels", Permission.READ, Route.Work.QUERY, queries.endpoint(this::labels))
        .get(
            "/api/v1/label/{name}/values",
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint(this::values))
        .get(
            "/api/v1/metadata", Permission.READ, Route.Work.QUERY, queries.endpoint(this::metadata))
        .getOrForm(
            "/api/v1/query_exemplars",
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint(this::exemplars));
  }

  private Answer series(Exchange exchange, QueryContext context) {
    if (exchange.parameters("match[]").isEmpty()) {
      throw RequestException.bad("no match[] parameter provided");
    }
    int limit = Limits.limit(exchange);
    List<Labels> found =
        source.series(
            Selectors.of(exchange, parser, "invalid parameter \"match[]\": "),
            start(exchange),
            end(exchange),
            Limits.wanted(limit),
            context);
    return PrometheusAnswers.array(found, limit, GoJson::labels);
  }

  private Answer labels(Exchange exchange, QueryContext context) {
    int limit = Limits.limit(exchange);
    return PrometheusAnswers.strings(
        source.labelNames(
            Selectors.of(exchange, parser, ""),
            start(exchange),
            end(exchange),
            Limits.wanted(limit),
            context),
        limit);
  }

  private Answer values(Exchange exchange, QueryContext context) {
    String name = EscapedName.unescape(exchange.variable("name"));
    if (name.isEmpty()) {
      throw RequestException.bad("invalid label name: \"\"");
    }
    int limit = Limits.limit(exchange);
    return PrometheusAnswers.strings(
        source.labelValues(
            name,
            Selectors.of(exchange, parser, ""),
            start(exchange),
            end(exchange),
            Limits.wanted(limit),
            context),
        limit);
  }

  private Answer metadata(Exchange exchange, QueryContext context) {
    int limit = number(exchange, "limit", -1);
    int perMetric = number(exchange, "limit_per_metric", -1);
    String only = exchange.parameter("metric").orElse("");
    Map<String, List<MetricMetadata>> all = new TreeMap<>(source.metadata(context));
    all.putAll(exposed.apply(exchange.tenant()));
    List<Map.Entry<String, List<MetricMetadata>>> shown =
        all.entrySet().stream()
            .filter(entry -> only.isEmpty() || only.equals(entry.getKey()))
            .limit(limit < 0 ? Long.MAX_VALUE : limit)
            .toList();
    return PrometheusAnswers.stream(
        "{",
        shown.iterator(),
        (json, entry) -> {
          json.name(entry.getKey()).array();
          entry.getValue().stream()
              .limit(perMetric > 0 ? perMetric : Long.MAX_VALUE)
              .forEach(metadata -> metadata(json, metadata));
          json.endArray();
        },
        "}",
        List.of(),
        List.of());
  }

  private static void metadata(GoJson json, MetricMetadata metadata) {
    json.object().name("type").text(metadata.type().word());
    json.name("unit").text(metadata.unit()).name("help").text(metadata.help()).endObject();
  }

  private Answer exemplars(Exchange exchange, QueryContext context) {
    long start = start(exchange);
    long end = end(exchange);
    if (end < start) {
      throw RequestException.bad("end timestamp must not be before start timestamp");
    }
    String query = exchange.parameter("query").orElse("");
    List<List<LabelMatcher>> selectors;
    try {
      selectors = PromqlParser.selectors(parser.parse(query));
    } catch (PromqlParseException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
    if (selectors.isEmpty()) {
      return PrometheusAnswers.nothing();
    }
    Map<Labels, List<Exemplar>> found = source.exemplars(selectors, start, end, context);
    return PrometheusAnswers.array(
        List.copyOf(found.entrySet()),
        0,
        (json, entry) -> {
          json.object().name("seriesLabels").labels(entry.getKey()).name("exemplars").array();
          entry.getValue().forEach(exemplar -> exemplar(json, exemplar));
          json.endArray().endObject();
        });
  }

  private static void exemplar(GoJson json, Exemplar exemplar) {
    json.object().name("labels").labels(exemplar.labels());
    json.name("value").sample(exemplar.value());
    json.name("timestamp").time(exemplar.timestampMs()).endObject();
  }

  private static long start(Exchange exchange) {
    return TimeParameters.timeMs(exchange, "start", TimeParameters.EARLIEST_MS);
  }

  private static long end(Exchange exchange) {
    return TimeParameters.timeMs(exchange, "end", TimeParameters.LATEST_MS);
  }

  private static int number(Exchange exchange, String name, int absent) {
    try {
      String text = exchange.parameter(name).orElse("");
      return text.isEmpty()
          ? absent
          : Math.clamp(GoParameters.integer(text), -1, Integer.MAX_VALUE);
    } catch (NumberFormatException e) {
      throw new RequestException(400, "%s must be a number".formatted(name), e);
    }
  }
}
