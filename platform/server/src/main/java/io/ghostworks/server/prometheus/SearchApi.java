package io.ghostworks.server.prometheus;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.AnswerStream;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * {@code search/metric_names}, {@code search/label_names} and {@code search/label_values}: names
 * and values that fit terms, one JSON object a line: batches of results, then how it ended.
 */
public final class SearchApi {

  private static final String LINES = "application/x-ndjson; charset=utf-8";

  private final SeriesSource source;
  private final Queries queries;
  private final PromqlParser parser;

  public SearchApi(SeriesSource source, Queries queries, ParserOptions promql) {
    this.source = source;
    this.queries = queries;
    this.parser = new PromqlParser(promql);
  }

  public void addTo(Routes routes) {
    Routes.Api api =
        routes.api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors(false));
    add(api, "metric_names", this::metricNames);
    add(api, "label_names", this::labelNames);
    add(api, "label_values", this::labelValues);
  }

  private void add(Routes.Api api, String name, Queries.Reading reading) {
    api.getOrForm(
        "/api/v1/search/" + name, Permission.READ, Route.Work.QUERY, queries.endpoint(reading));
  }

  /** A result with how well it fits. */
  private record Found(String text, double score) {}

  private Answer metricNames(Exchange exchange, QueryContext context) {
    SearchRequest request = request(exchange, "metric_names");
    boolean metadata = SearchRequest.flag(exchange, "include_metadata", false);
    Map<String, List<MetricMetadata>> families = metadata ? source.metadata(context) : Map.of();
    return answer(
        request,
        values(request, Labels.METRIC_NAME, context),
        (json, found) -> {
          named(json, "name", found, request);
          List<MetricMetadata> said = families.getOrDefault(found.text, List.of());
          if (!said.isEmpty()) {
            metadata(json, said.getFirst());
          }
          json.endObject();
        });
  }

  private static void metadata(GoJson json, MetricMetadata said) {
    json.name("type").text(said.type().word());
    if (!said.help().isEmpty()) {
      json.name("help").text(said.help());
    }
    if (!said.unit().isEmpty()) {
      json.name("unit").text(said.unit());
    }
  }

  private Answer labelNames(Exchange exchange, QueryContext context) {
    SearchRequest request = request(exchange, "label_names");
    List<String> names =
        source.labelNames(request.selectors(), request.startMs(), request.endMs(), 0, context);
    return answer(
        request,
        names,
        (json, found) -> {
          named(json, "name", found, request);
          json.endObject();
        });
  }

  private Answer labelValues(Exchange exchange, QueryContext context) {
    SearchRequest request = request(exchange, "label_values");
    String label =
        exchange
            .parameter("label")
            .orElseThrow(() -> RequestException.bad("missing required parameter \"label\""));
    return answer(
        request,
        values(request, label, context),
        (json, found) -> {
          named(json, "value", found, request);
          json.endObject();
        });
  }

  private SearchRequest request(Exchange exchange, String endpoint) {
    return SearchRequest.of(exchange, endpoint, parser, queries.clock().epochMs());
  }

  private List<String> values(SearchRequest request, String label, QueryContext context) {
    return source.labelValues(
        label, request.selectors(), request.startMs(), request.endMs(), 0, context);
  }

  private static void named(GoJson json, String name, Found found, SearchRequest request) {
    json.object().name(name).text(found.text);
    if (request.includeScore()) {
      json.name("score").number(found.score);
    }
  }

  private static Answer answer(
      SearchRequest request, List<String> ascending, PrometheusAnswers.Entry<Found> form) {
    List<Found> found = found(request, ascending);
    boolean more = found.size() > request.limit();
    List<Found> shown = more ? found.subList(0, request.limit()) : found;
    return Answer.streamed(200, LINES, new Lines(shown, request.batch(), more, form));
  }

  /** What fits, in the order of the request; at least one more than its limit if there is more. */
  private static List<Found> found(SearchRequest request, List<String> ascending) {
    List<String> values =
        request.order() == SearchRequest.Order.DESCENDING ? ascending.reversed() : ascending;
    boolean sorts = request.order() == SearchRequest.Order.SCORE;
    List<Found> found = new ArrayList<>();
    for (String value : values) {
      double score = request.filter().score(value);
      if (score > 0) {
        found.add(new Found(value, score));
      }
      if (!sorts && found.size() > request.limit()) {
        break;
      }
    }
    if (sorts) {
      found.sort(Comparator.comparingDouble(Found::score).reversed());
    }
    return found;
  }

  /** Batches, at least one, then the end. */
  private static final class Lines implements AnswerStream {
    private final List<Found> found;
    private final int batch;
    private final boolean more;
    private final PrometheusAnswers.Entry<Found> form;
    private int written;
    private boolean begun;

    Lines(List<Found> found, int batch, boolean more, PrometheusAnswers.Entry<Found> form) {
      this.found = found;
      this.batch = batch;
      this.more = more;
      this.form = form;
    }

    @Override
    public boolean write(OutputStream out) throws IOException {
      GoJson json = new GoJson();
      boolean results = !begun || written < found.size();
      if (results) {
        begun = true;
        json.object().name("results").array();
        int end = (int) Math.min(found.size(), (long) written + batch);
        while (written < end) {
          form.write(json, found.get(written++));
        }
        json.endArray().endObject();
      } else {
        json.object().name("status").text("success").name("has_more").bool(more).endObject();
      }
      json.drainTo(out);
      out.write('\n');
      return results;
    }

    @Override
    public void close() {
      // The results belong to nobody else.
    }
  }
}
