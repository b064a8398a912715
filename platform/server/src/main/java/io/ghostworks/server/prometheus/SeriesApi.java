package io.ghostworks.server.prometheus;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.promql.text.FloatText;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What there is, without evaluating anything: series, labels, label values, metadata, exemplars.
 */
public final class SeriesApi {

  private final SeriesSource source;
  private final Queries queries;
  private final PromqlParser parser;

  public SeriesApi(SeriesSource source, Queries queries, ParserOptions promql) {
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
            selectors(exchange, "invalid parameter \"match[]\": "),
            start(exchange),
            end(exchange),
            Limits.wanted(limit),
            context);
    return PrometheusAnswers.success(
        json -> {
          json.writeStartArray();
          for (Labels labels : Limits.limited(found, limit)) {
            PrometheusAnswers.labels(json, labels);
          }
          json.writeEndArray();
        },
        Limits.warnings(found, limit),
        List.of());
  }

  private Answer labels(Exchange exchange, QueryContext context) {
    int limit = Limits.limit(exchange);
    return PrometheusAnswers.strings(
        source.labelNames(
            selectors(exchange, ""), start(exchange), end(exchange), Limits.wanted(limit), context),
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
            selectors(exchange, ""),
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
    Map<String, List<MetricMetadata>> all = source.metadata(context);
    return PrometheusAnswers.success(json -> {
      json.writeStartObject();
      int written = 0;
      for (Map.Entry<String, List<MetricMetadata>> entry : all.entrySet()) {
        if (limit >= 0 && written >= limit) {
          break;
        }
        if (!only.isEmpty() && !only.equals(entry.getKey())) {
          continue;
        }
        written++;
        json.writeArrayFieldStart(entry.getKey());
        int kept =
            perMetric > 0 ? Math.min(perMetric, entry.getValue().size()) : entry.getValue().size();
        for (MetricMetadata metadata : entry.getValue().subList(0, kept)) {
          json.writeStartObject();
          json.writeStringField("type", metadata.type().word());
          json.writeStringField("help", metadata.help());
          json.writeStringField("unit", metadata.unit());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    });
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
      return PrometheusAnswers.strings(List.of(), 0);
    }
    Map<Labels, List<Exemplar>> found = source.exemplars(selectors, start, end, context);
    return PrometheusAnswers.success(json -> {
      json.writeStartArray();
      for (Map.Entry<Labels, List<Exemplar>> entry : found.entrySet()) {
        json.writeStartObject();
        json.writeFieldName("seriesLabels");
        PrometheusAnswers.labels(json, entry.getKey());
        json.writeArrayFieldStart("exemplars");
        for (Exemplar exemplar : entry.getValue()) {
          json.writeStartObject();
          json.writeFieldName("labels");
          PrometheusAnswers.labels(json, exemplar.labels());
          json.writeStringField("value", FloatText.formatJson(exemplar.value()));
          json.writeFieldName("timestamp");
          PrometheusAnswers.time(json, exemplar.timestampMs());
          json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }

  /**
   * @param prefix of errors, which are not told alike by all endpoints
   */
  private List<List<LabelMatcher>> selectors(Exchange exchange, String prefix) {
    List<List<LabelMatcher>> selectors = new ArrayList<>();
    for (String text : exchange.parameters("match[]")) {
      List<LabelMatcher> matchers;
      try {
        matchers = parser.parseSelector(text);
      } catch (PromqlParseException e) {
        throw new RequestException(400, prefix + e.getMessage(), e);
      }
      if (matchers.stream().allMatch(matcher -> matcher.matches(""))) {
        throw RequestException.bad(prefix + "match[] must contain at least one non-empty matcher");
      }
      selectors.add(matchers);
    }
    return selectors;
  }

  private static long start(Exchange exchange) {
    return TimeParameters.timeMs(exchange, "start", TimeParameters.EARLIEST_MS);
  }

  private static long end(Exchange exchange) {
    return TimeParameters.timeMs(exchange, "end", TimeParameters.LATEST_MS);
  }

  private static int number(Exchange exchange, String name, int absent) {
    try {
      return exchange.parameter(name).map(Integer::parseInt).orElse(absent);
    } catch (NumberFormatException e) {
      throw new RequestException(400, "%s must be a number".formatted(name), e);
    }
  }
}
