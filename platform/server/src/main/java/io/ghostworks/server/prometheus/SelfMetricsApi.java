package io.ghostworks.server.prometheus;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.UserRegex;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * {@code status/self_metrics}: the process's metrics as JSON, family by family, in protobuf's JSON
 * form of client_model's {@code MetricFamily}.
 */
public final class SelfMetricsApi {

  private final TenantId operator;
  private final PlatformMetrics metrics;

  /**
   * @param operator to whom the process's metrics belong
   */
  public SelfMetricsApi(TenantId operator, PlatformMetrics metrics) {
    this.operator = operator;
    this.metrics = metrics;
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors())
        .get(
            "/api/v1/status/self_metrics",
            Permission.READ,
            Route.Work.QUERY,
            exchange -> CompletableFuture.completedFuture(answer(exchange)));
  }

  private Answer answer(Exchange exchange) {
    if (!exchange.tenant().equals(operator)) {
      throw new RequestException(
          403,
          "the metrics of the process are answered to the operator's tenant '%s' only"
              .formatted(operator));
    }
    Predicate<String> names = names(exchange.parameter("metric_name_pattern").orElse(""));
    return PrometheusAnswers.success(json -> {
      json.array();
      Families families = new Families(json, names);
      metrics.read(families);
      families.end();
      json.endArray();
    });
  }

  private static Predicate<String> names(String pattern) {
    if (pattern.isEmpty()) {
      return name -> true;
    }
    try {
      Pattern compiled = UserRegex.compile("^(?:" + pattern + ")$");
      return name -> compiled.matcher(name).matches();
    } catch (PatternSyntaxException e) {
      throw new RequestException(
          400, "invalid metric_name_pattern: " + String.valueOf(e.getMessage()), e);
    }
  }

  /** Writes the families that are wanted; samples of one histogram follow each other. */
  private static final class Families implements PlatformMetrics.Reader {
    private final GoJson json;
    private final Predicate<String> names;
    private boolean shown;
    private boolean inBuckets;
    private String family = "";
    private MetricType type = MetricType.UNKNOWN;
    private double sum;
    private GoJson buckets = new GoJson();

    Families(GoJson json, Predicate<String> names) {
      this.json = json;
      this.names = names;
    }

    @Override
    public void family(String name, String help, MetricType type) {
      end();
      this.family = name;
      this.type = type;
      shown = names.test(name);
      if (shown) {
        json.object().name("name").text(name).name("help").text(help);
        json.name("type").text(type.word().toUpperCase(Locale.ROOT)).name("metric").array();
      }
    }

    @Override
    public void sample(String name, Labels labels, double value) {
      if (!shown) {
        return;
      }
      if (type != MetricType.HISTOGRAM) {
        metric(labels, json);
        json.name(type.word()).object().name("value");
        number(json, value);
        json.endObject().endObject();
      } else if (name.length() == family.length() + "_bucket".length()) {
        bucket(labels.get("le"), value);
      } else if (name.endsWith("_sum")) {
        sum = value;
      } else {
        histogram(labels, value);
      }
    }

    /** That of all observations is the count. */
    private void bucket(String bound, double cumulative) {
      if (!inBuckets) {
        buckets = new GoJson();
        buckets.array();
        inBuckets = true;
      }
      if (!bound.equals("+Inf")) {
        buckets.object().name("cumulativeCount").text(Long.toString((long) cumulative));
        buckets.name("upperBound").number(Double.parseDouble(bound)).endObject();
      }
    }

    private void histogram(Labels labels, double count) {
      metric(labels, json);
      json.name("histogram").object().name("sampleCount").text(Long.toString((long) count));
      json.name("sampleSum");
      number(json, sum);
      json.name("bucket").raw(buckets.endArray().bytes()).endObject().endObject();
      inBuckets = false;
    }

    private static void metric(Labels labels, GoJson json) {
      json.object();
      if (labels.size() > 0) {
        json.name("label").array();
        labels.forEach((name, value) ->
            json.object().name("name").text(name).name("value").text(value).endObject());
        json.endArray();
      }
    }

    /** What JSON has no number for is text in protobuf's form. */
    private static void number(GoJson json, double value) {
      if (Double.isFinite(value)) {
        json.number(value);
      } else {
        json.text(Double.toString(value));
      }
    }

    void end() {
      if (shown) {
        json.endArray().endObject();
        shown = false;
      }
    }
  }
}
