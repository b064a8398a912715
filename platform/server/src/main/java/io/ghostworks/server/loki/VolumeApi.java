package io.ghostworks.server.loki;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.record.CountRequest;
import io.ghostworks.query.record.StreamCounts;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code index/volume} and {@code index/volume_range}: how many bytes of lines which streams have.
 * Loki estimates from its chunks, in steps that it rounds to seconds; here the lines are counted.
 */
final class VolumeApi {

  private static final int LIMIT_DEFAULT = 100;
  private static final long NANOS_PER_MS = 1_000_000;

  private final LokiEndpoints endpoints;

  VolumeApi(LokiEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.getOrForm(
                "/loki/api/v1/index/volume",
                Permission.READ_TENANTS,
                Route.Work.QUERY,
                endpoints.lookup(this::volume))
            .getOrForm(
                "/loki/api/v1/index/volume_range",
                Permission.READ_TENANTS,
                Route.Work.QUERY,
                endpoints.lookup(this::volumeRange));
  }

  private Answer volume(LokiRequest request) {
    return answer(request, LokiTimes.range(request), 0);
  }

  private Answer volumeRange(LokiRequest request) {
    LokiTimes.Range range = LokiTimes.range(request);
    return answer(request, range, LokiSteps.stepNanos(request.exchange(), range));
  }

  private static Answer answer(LokiRequest request, LokiTimes.Range range, long stepNanos) {
    int limit = limit(request.exchange());
    Set<String> targets = targets(request.exchange());
    boolean byLabel = byLabel(request.exchange());
    List<LabelMatcher> matchers = matchers(request, targets);
    Volumes.Grouping grouping =
        new Volumes.Grouping(byLabel, names(request, matchers, targets, byLabel));
    List<LokiTimes.Range> steps = steps(range, stepNanos);
    Volumes volumes = new Volumes(grouping, steps.size(), request.limits().volumeSeriesMax());
    if (!steps.isEmpty()) {
      add(request, matchers, steps, 0, 1, volumes);
      if (steps.size() > 1) {
        add(request, matchers, steps, 1, steps.size(), volumes);
      }
    }
    return Answer.json(200, json(request, volumes.largest(limit, timesMs(steps)), byLabel))
        .compressed();
  }

  private static int limit(Exchange exchange) {
    int limit = LokiParameters.integer(exchange, "limit", LIMIT_DEFAULT);
    if (limit < 0) {
      throw RequestException.bad("limit must be a positive value");
    }
    return limit == 0 ? LIMIT_DEFAULT : limit;
  }

  private static Set<String> targets(Exchange exchange) {
    return exchange
        .parameter("targetLabels")
        .map(text -> Set.copyOf(new HashSet<>(List.of(text.split(",", -1)))))
        .orElse(Set.of());
  }

  private static boolean byLabel(Exchange exchange) {
    return switch (exchange.parameter("aggregateBy").orElse("series")) {
      case "series" -> false;
      case "labels" -> true;
      default -> throw RequestException.bad("invalid aggregation option");
    };
  }

  /** Streams without a target label are left out, as with Loki. */
  private static List<LabelMatcher> matchers(LokiRequest request, Set<String> targets) {
    List<LabelMatcher> matchers =
        new ArrayList<>(
            Selectors.isEmpty(request.query())
                ? List.of()
                : Selectors.selective(request, request.query()));
    for (String target : targets) {
      if (matchers.stream().noneMatch(matcher -> matcher.label().equals(target))) {
        matchers.add(new LabelMatcher.NotEqual(target, ""));
      }
    }
    return matchers;
  }

  /** Which labels of the streams count: the target labels, else those of the selector. */
  private static Set<String> names(
      LokiRequest request, List<LabelMatcher> matchers, Set<String> targets, boolean byLabel) {
    if (!targets.isEmpty()) {
      return targets;
    }
    if (byLabel || Selectors.isEmpty(request.query())) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    matchers.forEach(matcher -> names.add(matcher.label()));
    return names;
  }

  /** Steps at multiples of their width; the first and the last may be cut. */
  private static List<LokiTimes.Range> steps(LokiTimes.Range range, long stepNanos) {
    if (range.endNanos() <= range.startNanos()) {
      return List.of();
    }
    if (stepNanos == 0) {
      return List.of(range);
    }
    List<LokiTimes.Range> steps = new ArrayList<>();
    long start = range.startNanos();
    while (start < range.endNanos()) {
      long next = start - Math.floorMod(start, stepNanos) + stepNanos;
      steps.add(new LokiTimes.Range(start, Math.min(next, range.endNanos())));
      start = next;
    }
    return steps;
  }

  /** Adds steps that have one width, except that the last may be shorter. */
  private static void add(
      LokiRequest request,
      List<LabelMatcher> matchers,
      List<LokiTimes.Range> steps,
      int from,
      int to,
      Volumes volumes) {
    LokiTimes.Range first = steps.get(from);
    CountRequest asked =
        new CountRequest(
            List.of(matchers),
            first.startNanos(),
            steps.get(to - 1).endNanos(),
            first.endNanos() - first.startNanos(),
            false);
    for (StreamCounts counts : request.records().counts(asked, request.context())) {
      for (int i = 0; i < counts.steps().length; i++) {
        volumes.add(from + counts.steps()[i], counts.stream(), counts.bytes()[i]);
      }
    }
  }

  /** A step's time is its last millisecond; the end of the range is that of the last one. */
  private static long[] timesMs(List<LokiTimes.Range> steps) {
    long[] times = new long[steps.size()];
    for (int i = 0; i < times.length; i++) {
      long end = steps.get(i).endNanos() / NANOS_PER_MS;
      times[i] = i == times.length - 1 ? end : end - 1;
    }
    return times;
  }

  private static byte[] json(LokiRequest request, List<Volumes.Series> series, boolean byLabel) {
    boolean matrix = series.stream().anyMatch(one -> one.samples().size() > 1);
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeStringField("status", "success");
      json.writeObjectFieldStart("data");
      json.writeStringField("resultType", matrix ? "matrix" : "vector");
      json.writeArrayFieldStart("result");
      for (Volumes.Series one : series) {
        json.writeStartObject();
        json.writeFieldName("metric");
        metric(json, one.labels(), byLabel);
        samples(json, one.samples(), matrix);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeFieldName("stats");
      LokiStatistics.write(json, request.context(), series.size());
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  /** A label that is counted by its name has no value. */
  private static void metric(JsonGenerator json, Labels labels, boolean byLabel)
      throws IOException {
    if (byLabel) {
      json.writeStartObject();
      json.writeStringField(labels.name(0), "");
      json.writeEndObject();
    } else {
      LokiJson.labels(json, labels);
    }
  }

  private static void samples(JsonGenerator json, List<Volumes.Sample> samples, boolean matrix)
      throws IOException {
    json.writeFieldName(matrix ? "values" : "value");
    if (matrix) {
      json.writeStartArray();
    }
    for (Volumes.Sample sample : samples) {
      json.writeStartArray();
      json.writeRawValue(LokiJson.seconds(sample.timeMs()));
      json.writeString(Long.toString(sample.bytes()));
      json.writeEndArray();
    }
    if (matrix) {
      json.writeEndArray();
    }
  }
}
