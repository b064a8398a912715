package io.ghostworks.bench.traces;

import io.ghostworks.bench.traces.TraceEndpoint.Api;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A question in the languages of all servers.
 *
 * @param kind what the answer is made of
 * @param tempo the paths of Tempo's API that ask it
 * @param jaeger those of Jaeger's API, one a service where it wants one; none where it cannot be
 *     asked
 * @param logsql those of VictoriaTraces; none where it cannot be asked
 */
record TraceQuestion(
    String name, Kind kind, List<String> tempo, List<String> jaeger, List<String> logsql) {
  private static final int LIMIT = 1_000;
  private static final int STEP_SECONDS = 300;

  /** What an answer is compared by. */
  enum Kind {
    /** The number of spans of the one trace. */
    SPANS,
    /** The ids of traces. */
    TRACES,
    /** The number of spans that all points of a rate stand for. */
    RATE
  }

  TraceQuestion {
    tempo = List.copyOf(tempo);
    jaeger = List.copyOf(jaeger);
    logsql = List.copyOf(logsql);
  }

  /** The addresses that a server is asked at, one after the other; empty if it cannot be asked. */
  List<URI> uris(TraceEndpoint endpoint) {
    List<String> paths =
        switch (endpoint.api()) {
          case TEMPO -> tempo;
          case JAEGER -> jaeger;
          case LOGSQL -> logsql;
        };
    return paths.stream().map(path -> URI.create(endpoint.query() + path)).toList();
  }

  /** The number of seconds that a point of a rate stands for. */
  static int stepSeconds(Api api) {
    return api == Api.TEMPO ? STEP_SECONDS : 1;
  }

  /**
   * The five questions of the documented run.
   *
   * @param shape of the spans that were sent, over a day
   */
  static List<TraceQuestion> all(TraceRequests.Shape shape) {
    Window window = Window.of(shape);
    SpanTree tree = new SpanTree(shape.seed());
    tree.make(shape.traces() / 2, shape.startNanos(shape.traces() / 2));
    String id = "%016x%016x".formatted(tree.traceIdHigh(), tree.traceIdLow());
    String user = SpanAttributes.user(7);
    int service = SpanTree.ENTRY_SERVICES + 5;
    String route = SpanAttributes.route(service, 1);
    String entry = SpanAttributes.route(0, 0);
    String table = SpanAttributes.table(7);
    return List.of(
        new TraceQuestion(
            "a trace by its id",
            Kind.SPANS,
            List.of("/api/v2/traces/" + id),
            List.of("/api/traces/" + id),
            List.of("/select/jaeger/api/traces/" + id)),
        new TraceQuestion(
            "an attribute equals, over 24 h",
            Kind.TRACES,
            List.of(window.search("{ span.user.id = \"%s\" }".formatted(user))),
            window.everyService("{\"user.id\":\"%s\"}".formatted(user), ""),
            List.of(window.logsql("\"span_attr:user.id\":=\"%s\"".formatted(user)))),
        new TraceQuestion(
            "two attributes and the duration",
            Kind.TRACES,
            List.of(
                window.search(
                    "{ span.http.route = \"%s\" && span.http.response.status_code = 500 && duration > 20ms }"
                        .formatted(route))),
            List.of(
                window.jaeger(
                    service,
                    "{\"http.route\":\"%s\",\"http.response.status_code\":\"500\"}"
                        .formatted(route),
                    "20ms")),
            List.of(
                window.logsql(
                    "\"span_attr:http.route\":=\"%s\" \"span_attr:http.response.status_code\":=500 duration:>20000000"
                        .formatted(route)))),
        new TraceQuestion(
            "{A} >> {B}",
            Kind.TRACES,
            List.of(
                window.search(
                    "{ span.http.route = \"%s\" } >> { span.db.collection.name = \"%s\" && status = error }"
                        .formatted(entry, table))),
            List.of(),
            List.of()),
        new TraceQuestion(
            "rate by service over 24 h",
            Kind.RATE,
            List.of(window.rate("{ } | rate() by (resource.service.name)")),
            List.of(),
            List.of(
                window.logsql(
                    "\"resource_attr:service.name\":* | stats by (\"resource_attr:service.name\")"
                        + " count() spans"))));
  }

  /** The time that is asked about: whole steps around all spans. */
  private record Window(long startSeconds, long endSeconds) {
    static Window of(TraceRequests.Shape shape) {
      long start = shape.startNanos() / 1_000_000_000;
      long end = (shape.startNanos() + shape.spanNanos()) / 1_000_000_000;
      return new Window(
          Math.floorDiv(start, STEP_SECONDS) * STEP_SECONDS,
          (Math.floorDiv(end, STEP_SECONDS) + 2) * STEP_SECONDS);
    }

    String search(String traceql) {
      return "/api/search?q=%s&start=%d&end=%d&limit=%d&spss=1"
          .formatted(encoded(traceql), startSeconds, endSeconds, LIMIT);
    }

    String rate(String traceql) {
      return "/api/metrics/query_range?q=%s&start=%d&end=%d&step=%ds"
          .formatted(encoded(traceql), startSeconds, endSeconds, STEP_SECONDS);
    }

    String jaeger(int service, String tags, String durationMin) {
      return "/api/v3/trace-summaries?query.serviceName=%s&query.attributes=%s&query.startTimeMin=%s&query.startTimeMax=%s&query.searchDepth=%d%s"
          .formatted(
              SpanAttributes.service(service),
              encoded(tags),
              Instant.ofEpochSecond(startSeconds),
              Instant.ofEpochSecond(endSeconds),
              LIMIT,
              durationMin.isEmpty() ? "" : "&query.durationMin=" + durationMin);
    }

    /** Jaeger finds spans of one service at a time. */
    List<String> everyService(String tags, String durationMin) {
      List<String> paths = new ArrayList<>();
      for (int service = 0; service < SpanTree.SERVICES; service++) {
        paths.add(jaeger(service, tags, durationMin));
      }
      return paths;
    }

    String logsql(String query) {
      String fields = query.contains("|") ? query : query + " | fields trace_id";
      return "/select/logsql/query?query=%s&start=%d&end=%d&limit=%d"
          .formatted(encoded(fields), startSeconds, endSeconds, LIMIT);
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }
}
