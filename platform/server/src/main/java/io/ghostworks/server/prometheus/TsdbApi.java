package io.ghostworks.server.prometheus;

import io.ghostworks.model.TenantId;
import io.ghostworks.series.HeadStatistics;
import io.ghostworks.series.SeriesChurn;
import io.ghostworks.series.SeriesEngine;
import io.ghostworks.series.StoredPart;
import io.ghostworks.series.head.LabelStatistics.Count;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@code status/tsdb} and {@code status/tsdb/blocks} as Prometheus 3.14 has them, and {@code
 * status/tsdb/churn}, which Prometheus has not: the metrics whose series begin and end. All are of
 * the request's tenant; parts hold all tenants' samples and are the operator's.
 */
public final class TsdbApi {
  private static final int LIMIT = 10;
  private static final int LIMIT_MAX = 10_000;

  private final SeriesEngine series;
  private final TenantId operator;

  public TsdbApi(SeriesEngine series, TenantId operator) {
    this.series = series;
    this.operator = operator;
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors())
        .get(
            "/api/v1/status/tsdb",
            Permission.READ,
            Route.Work.QUERY,
            exchange -> CompletableFuture.completedFuture(status(exchange)))
        .get(
            "/api/v1/status/tsdb/blocks",
            Permission.READ,
            Route.Work.QUERY,
            exchange -> CompletableFuture.completedFuture(blocks(exchange)))
        .get(
            "/api/v1/status/tsdb/churn",
            Permission.READ,
            Route.Work.QUERY,
            exchange -> CompletableFuture.completedFuture(churn(exchange)));
  }

  private Answer status(Exchange exchange) {
    HeadStatistics head = series.headStatistics(exchange.tenant(), limit(exchange));
    return PrometheusAnswers.success(json -> {
      json.object();
      json.name("headStats").object();
      json.name("numSeries").number(head.labels().series());
      json.name("numLabelPairs").number(head.labels().labelPairs());
      json.name("chunkCount").number(head.chains());
      json.name("minTime").number(head.minTimestampMs());
      json.name("maxTime").number(head.maxTimestampMs());
      json.endObject();
      counts(json, "seriesCountByMetricName", head.labels().seriesByMetric());
      counts(json, "labelValueCountByLabelName", head.labels().valuesByLabel());
      counts(json, "memoryInBytesByLabelName", head.labels().bytesByLabel());
      counts(json, "seriesCountByLabelValuePair", head.labels().seriesByPair());
      json.endObject();
    });
  }

  private static void counts(GoJson json, String field, List<Count> counts) {
    json.name(field).array();
    for (Count count : counts) {
      json.object();
      json.name("name").text(count.name());
      json.name("value").number(count.count());
      json.endObject();
    }
    json.endArray();
  }

  private Answer blocks(Exchange exchange) {
    List<StoredPart> parts = exchange.tenant().equals(operator) ? series.storedParts() : List.of();
    return PrometheusAnswers.success(json -> {
      json.object();
      json.name("blocks").array();
      for (StoredPart part : parts) {
        block(json, part);
      }
      json.endArray();
      json.endObject();
    });
  }

  private static void block(GoJson json, StoredPart part) {
    String ulid = Ulids.of(part.minTimestampMs(), part.name());
    json.object();
    json.name("ulid").text(ulid);
    json.name("minTime").number(part.minTimestampMs());
    // The end of a block's range is exclusive.
    json.name("maxTime").number(part.maxTimestampMs() + 1);
    json.name("stats").object();
    json.name("numSamples").number(part.samples());
    json.name("numSeries").number(part.series());
    json.endObject();
    json.name("compaction").object();
    json.name("level").number(part.level() + 1);
    json.name("sources").array();
    json.text(ulid);
    json.endArray();
    json.endObject();
    json.name("version").number(part.formatVersion());
    json.endObject();
  }

  private Answer churn(Exchange exchange) {
    SeriesChurn churn = series.churn(exchange.tenant(), limit(exchange));
    return PrometheusAnswers.success(json -> {
      json.object();
      json.name("hours").array();
      for (long start : churn.hourStartsMs()) {
        json.number(start / 1_000);
      }
      json.endArray();
      json.name("metrics").array();
      for (SeriesChurn.Metric metric : churn.metrics()) {
        metric(json, metric);
      }
      json.endArray();
      SeriesChurn.Metric others = churn.others();
      if (others != null) {
        json.name("others");
        metric(json, others);
      }
      json.endObject();
    });
  }

  private static void metric(GoJson json, SeriesChurn.Metric metric) {
    json.object();
    json.name("name").text(metric.name());
    json.name("active").number(metric.active());
    numbers(json, "began", metric.began());
    numbers(json, "ended", metric.ended());
    json.endObject();
  }

  private static void numbers(GoJson json, String field, List<Integer> numbers) {
    json.name(field).array();
    for (int number : numbers) {
      json.number(number);
    }
    json.endArray();
  }

  /** As Prometheus reads it. */
  private static int limit(Exchange exchange) {
    String text = exchange.parameter("limit").orElse("");
    if (text.isEmpty()) {
      return LIMIT;
    }
    int limit;
    try {
      limit = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new RequestException(400, "limit must be a positive number", e);
    }
    if (limit < 1) {
      throw RequestException.bad("limit must be a positive number");
    }
    if (limit > LIMIT_MAX) {
      throw RequestException.bad("limit must not exceed %d".formatted(LIMIT_MAX));
    }
    return limit;
  }
}
