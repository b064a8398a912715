package io.ghostworks.server.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.relabel.RelabelRule;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.promql.text.QuotedText;
import io.ghostworks.scrape.ActiveTarget;
import io.ghostworks.scrape.ScrapePools;
import io.ghostworks.scrape.Targets;
import io.ghostworks.scrape.prometheusfile.PrometheusFileText;
import io.ghostworks.scrape.prometheusfile.ScrapeJob;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * {@code targets}, {@code targets/metadata}, {@code targets/relabel_steps}, {@code scrape_pools}
 * and {@code scrape_pools/config}. They are the operator's; another tenant has none.
 */
public final class TargetsApi {

  private static final Targets NONE = new Targets(List.of(), List.of(), Map.of(), List.of());
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final TenantId operator;
  private final ScrapePools pools;
  private final TargetJson form;
  private final PromqlParser parser = new PromqlParser(ParserOptions.STABLE);

  /**
   * @param form writes targets
   */
  public TargetsApi(TenantId operator, ScrapePools pools, TargetJson form) {
    this.operator = operator;
    this.pools = pools;
    this.form = form;
  }

  public void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors());
    add(api, "/api/v1/targets", this::targets);
    add(api, "/api/v1/targets/metadata", this::metadata);
    add(api, "/api/v1/targets/relabel_steps", this::relabelSteps);
    add(api, "/api/v1/scrape_pools", this::scrapePools);
    add(api, "/api/v1/scrape_pools/config", this::scrapePoolConfig);
  }

  private static void add(Routes.Api api, String path, Function<Exchange, Answer> endpoint) {
    api.get(
        path,
        Permission.READ,
        Route.Work.QUERY,
        exchange -> CompletableFuture.completedFuture(endpoint.apply(exchange)));
  }

  private boolean isOperator(Exchange exchange) {
    return exchange.tenant().equals(operator);
  }

  private Targets all(Exchange exchange) {
    return isOperator(exchange) ? pools.targets() : NONE;
  }

  private Answer targets(Exchange exchange) {
    Targets all = all(exchange);
    String state = exchange.parameter("state").orElse("any").toLowerCase(Locale.ROOT);
    String pool = exchange.parameter("scrapePool").orElse("");
    boolean active = state.equals("any") || state.equals("active");
    boolean dropped = state.equals("any") || state.equals("dropped");
    GoJson end = new GoJson();
    end.opening("],\"droppedTargets\":").array();
    if (dropped) {
      all.dropped().stream()
          .filter(target -> pool.isEmpty() || pool.equals(target.scrapePool()))
          .forEach(target -> TargetJson.dropped(end, target));
    }
    end.endArray().name("droppedTargetCounts");
    if (dropped) {
      end.object();
      new TreeMap<>(all.droppedCounts()).forEach((name, count) -> end.name(name).number(count));
      end.endObject();
    } else {
      end.nothing();
    }
    List<ActiveTarget> shown =
        active
            ? all.active().stream()
                .filter(target -> pool.isEmpty() || pool.equals(target.scrapePool()))
                .toList()
            : List.of();
    return PrometheusAnswers.stream(
        "{\"activeTargets\":[",
        shown.iterator(),
        form::active,
        end.endObject().json(),
        List.of(),
        List.of());
  }

  /** What targets say of their metrics; the limit ends the list at a target, as in Prometheus. */
  private Answer metadata(Exchange exchange) {
    long limit = -1;
    try {
      String text = exchange.parameter("limit").orElse("");
      limit = text.isEmpty() ? -1 : GoParameters.integer(text);
    } catch (NumberFormatException e) {
      throw new RequestException(400, "limit must be a number", e);
    }
    List<LabelMatcher> matchers = targetMatchers(exchange);
    String metric = exchange.parameter("metric").orElse("");
    List<Said> found = new ArrayList<>();
    for (ActiveTarget target : all(exchange).active()) {
      if (limit >= 0 && found.size() >= limit) {
        break;
      }
      Labels labels = target.labels();
      if (!matchers.stream().allMatch(m -> m.matches(labels.get(m.label())))) {
        continue;
      }
      if (metric.isEmpty()) {
        new TreeMap<>(target.metadata())
            .forEach((family, said) -> found.add(new Said(labels, family, said)));
      } else {
        MetricMetadata said = target.metadata().get(metric);
        if (said != null) {
          found.add(new Said(labels, "", said));
        }
      }
    }
    return PrometheusAnswers.array(found, 0, TargetsApi::said);
  }

  /** What a target says of a metric; the family is "" where the request named it. */
  private record Said(Labels target, String family, MetricMetadata metadata) {}

  private static void said(GoJson json, Said said) {
    json.object().name("target").labels(said.target);
    if (!said.family.isEmpty()) {
      json.name("metric").text(said.family);
    }
    json.name("type").text(said.metadata.type().word()).name("help").text(said.metadata.help());
    json.name("unit").text(said.metadata.unit()).endObject();
  }

  private List<LabelMatcher> targetMatchers(Exchange exchange) {
    String text = exchange.parameter("match_target").orElse("");
    try {
      return text.isEmpty() ? List.of() : parser.parseSelector(text);
    } catch (PromqlParseException e) {
      throw PrometheusErrors.parameter("match_target", String.valueOf(e.getMessage()));
    }
  }

  private Answer scrapePools(Exchange exchange) {
    List<String> names =
        isOperator(exchange)
            ? pools.jobs().stream().map(ScrapeJob::name).sorted().toList()
            : List.of();
    return PrometheusAnswers.success(
        json -> json.object().name("scrapePools").texts(names).endObject());
  }

  private Answer scrapePoolConfig(Exchange exchange) {
    String yaml = PrometheusFileText.of(job(exchange));
    return PrometheusAnswers.success(json -> json.object().name("yaml").text(yaml).endObject());
  }

  private Answer relabelSteps(Exchange exchange) {
    if (exchange.parameter("scrapePool").isEmpty()) {
      throw RequestException.bad("no scrapePool parameter provided");
    }
    Labels.Builder labels = givenLabels(exchange);
    ScrapeJob job = job(exchange);
    return PrometheusAnswers.success(json -> {
      json.object().name("steps").array();
      boolean keep = true;
      for (RelabelRule rule : job.relabelRules()) {
        keep = keep && rule.apply(labels);
        json.object().name("rule");
        TargetJson.rule(json, rule);
        json.name("output").labels(keep ? labels.build() : Labels.EMPTY);
        json.name("keep").bool(keep).endObject();
      }
      json.endArray().endObject();
    });
  }

  private static Labels.Builder givenLabels(Exchange exchange) {
    String text =
        exchange
            .parameter("labels")
            .orElseThrow(() -> RequestException.bad("no labels parameter provided"));
    Labels.Builder labels = Labels.builder();
    try {
      MAPPER
          .readValue(text, new TypeReference<Map<String, String>>() {})
          .forEach((name, value) -> {
            if (value != null && !value.isEmpty()) {
              labels.set(name, value);
            }
          });
    } catch (JsonProcessingException e) {
      throw new RequestException(400, "error parsing labels: " + e.getOriginalMessage(), e);
    }
    return labels;
  }

  private ScrapeJob job(Exchange exchange) {
    String name =
        exchange
            .parameter("scrapePool")
            .orElseThrow(() -> RequestException.bad("no scrapePool parameter provided"));
    List<ScrapeJob> jobs = isOperator(exchange) ? pools.jobs() : List.of();
    return jobs.stream()
        .filter(job -> job.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            RequestException.bad(
                "error retrieving scrape config: scrape pool %s not found"
                    .formatted(QuotedText.quote(name))));
  }
}
