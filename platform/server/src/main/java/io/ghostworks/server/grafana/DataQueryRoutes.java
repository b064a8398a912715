package io.ghostworks.server.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.config.DurationForm;
import io.ghostworks.dashboards.document.DocumentException;
import io.ghostworks.dashboards.document.TreeJson;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /api/ds/query}: queries of Prometheus and Loki, answered as Grafana's data frames. A
 * query that fails has its error in its own result, as there.
 */
final class DataQueryRoutes {

  private static final int QUERIES_MAX = 50;
  private static final long STEP_MIN_MS = 1_000;
  private static final long STEP_DEFAULT_MS = 15_000;
  private static final int POINTS_MAX = 11_000;
  private static final int ANSWER_BYTES_MAX = 64 << 20;
  private static final int LINES_MAX = 5_000;
  private static final int LINES_DEFAULT = 1_000;

  private final ForwardedCalls calls;
  private final Requests requests;
  private final Clock clock;

  DataQueryRoutes(ForwardedCalls calls, Requests requests, Clock clock) {
    this.calls = calls;
    this.requests = requests;
    this.clock = clock;
  }

  void addTo(Routes.Api api) {
    api.post("/api/ds/query", Permission.READ, Route.Work.QUERY, this::answer);
  }

  /** A range in milliseconds since the epoch. */
  private record Range(long fromMs, long toMs) {}

  private CompletionStage<Answer> answer(Exchange exchange) {
    ObjectNode body = requests.object(exchange);
    JsonNode queries = body.path("queries");
    if (!queries.isArray() || queries.isEmpty() || queries.size() > QUERIES_MAX) {
      throw RequestException.bad(
          "bad request data: queries must be a list of 1 to %d queries".formatted(QUERIES_MAX));
    }
    Range range =
        new Range(
            time(Requests.string(body, "from"), "now-1h"),
            time(Requests.string(body, "to"), "now"));
    if (range.toMs < range.fromMs) {
      throw RequestException.bad("bad request data: from must be before to");
    }
    Map<String, CompletableFuture<ObjectNode>> results = new LinkedHashMap<>();
    for (JsonNode query : queries) {
      if (!Requests.truth(query, "hide")) {
        String refId = Requests.string(query, "refId");
        results.put(refId.isEmpty() ? "A" : refId, result(exchange, query, range));
      }
    }
    return CompletableFuture.allOf(results.values().toArray(CompletableFuture[]::new))
        .thenApply(done -> {
          ObjectNode answer = TreeJson.object();
          ObjectNode all = answer.putObject("results");
          boolean failed = false;
          for (Map.Entry<String, CompletableFuture<ObjectNode>> each : results.entrySet()) {
            ObjectNode result = each.getValue().join();
            failed |= result.has("error");
            all.set(each.getKey(), result);
          }
          return Answer.json(
              failed ? 400 : 200, TreeJson.write(answer).getBytes(StandardCharsets.UTF_8));
        });
  }

  private CompletableFuture<ObjectNode> result(Exchange exchange, JsonNode query, Range range) {
    try {
      DataSource source = source(query);
      String refId = Requests.string(query, "refId");
      List<CompletableFuture<List<ObjectNode>>> parts = new ArrayList<>();
      for (Asked asked : asked(source, query, range)) {
        parts.add(
            calls
                .call(exchange, "GET", source.path(asked.path), asked.parameters)
                .thenApply(reply -> frames(reply, refId, asked))
                .toCompletableFuture());
      }
      return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
          .handle((done, failure) -> {
            ObjectNode result = TreeJson.object();
            if (failure != null) {
              return failed(failure);
            }
            var frames = result.put("status", 200).putArray("frames");
            parts.forEach(part -> part.join().forEach(frames::add));
            return result;
          });
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(failed(e));
    }
  }

  private static ObjectNode failed(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    ObjectNode result = TreeJson.object();
    result.put("error", String.valueOf(cause.getMessage())).put("status", 400).putArray("frames");
    return result;
  }

  private static DataSource source(JsonNode query) {
    JsonNode named = query.path("datasource");
    String uid = named.isTextual() ? named.asText() : Requests.string(named, "uid");
    long id = query.path("datasourceId").asLong(0);
    for (DataSource source : DataSource.values()) {
      boolean queried = source == DataSource.PROMETHEUS || source == DataSource.LOKI;
      boolean meant =
          uid.isEmpty()
              ? id == source.id() || source.word().equals(Requests.string(named, "type"))
              : source.word().equals(uid) || source.title().equalsIgnoreCase(uid);
      if (meant && queried) {
        return source;
      }
      if (meant) {
        throw RequestException.bad(
            "queries of %s are asked under %s".formatted(source.title(), source.path("")));
      }
    }
    throw RequestException.bad("Data source not found");
  }

  /** One call of an API. */
  private record Asked(
      String path, Map<String, List<String>> parameters, String text, long stepMs) {}

  private static List<Asked> asked(DataSource source, JsonNode query, Range range) {
    String text = Requests.string(query, "expr");
    long wanted = Math.max(STEP_MIN_MS, query.path("intervalMs").asLong(STEP_DEFAULT_MS));
    long step = Math.max(wanted, (range.toMs - range.fromMs) / POINTS_MAX + 1);
    long start = Math.floorDiv(range.fromMs, step) * step;
    Map<String, List<String>> over = new LinkedHashMap<>();
    over.put("query", List.of(text));
    over.put("start", List.of(seconds(source == DataSource.LOKI ? range.fromMs : start)));
    over.put("end", List.of(seconds(range.toMs)));
    over.put("step", List.of(seconds(step)));
    Map<String, List<String>> at = new LinkedHashMap<>();
    at.put("query", List.of(text));
    at.put("time", List.of(seconds(range.toMs)));
    if (source == DataSource.LOKI) {
      int lines = Math.min(LINES_MAX, Math.max(1, query.path("maxLines").asInt(LINES_DEFAULT)));
      over.put("limit", List.of(Integer.toString(lines)));
      at.put("limit", List.of(Integer.toString(lines)));
    }
    boolean instant =
        Requests.truth(query, "instant") || Requests.string(query, "queryType").equals("instant");
    boolean overTime = Requests.truth(query, "range") || !instant;
    String api = source == DataSource.LOKI ? "loki/api/v1/" : "api/v1/";
    List<Asked> asked = new ArrayList<>();
    if (overTime) {
      asked.add(new Asked(api + "query_range", over, text, step));
    }
    if (instant) {
      asked.add(new Asked(api + "query", at, text, step));
    }
    return asked;
  }

  private static String seconds(long ms) {
    return BigDecimal.valueOf(ms, 3).toPlainString();
  }

  private static List<ObjectNode> frames(Answer reply, String refId, Asked asked) {
    try {
      byte[] body = reply.wholeBody();
      if (body.length > ANSWER_BYTES_MAX) {
        throw RequestException.bad(
            "the answer has more than %d bytes: ask for fewer series or a larger step"
                .formatted(ANSWER_BYTES_MAX));
      }
      JsonNode json = TreeJson.read(new String(body, StandardCharsets.UTF_8));
      if (reply.status() != 200) {
        throw RequestException.bad(json.path("error").asText("the query failed"));
      }
      return new DataFrames(refId, asked.text, asked.stepMs).of(json.path("data"));
    } catch (DocumentException e) {
      throw RequestException.bad("the query failed: " + e.getMessage());
    }
  }

  /** Milliseconds since the epoch, of {@code now}, {@code now-6h} or a number of them. */
  private long time(String given, String absent) {
    String text = given.isEmpty() ? absent : given;
    try {
      if (text.equals("now")) {
        return clock.epochMs();
      }
      return text.startsWith("now-")
          ? clock.epochMs() - DurationForm.PROMETHEUS.parse(text.substring(4)).toMillis()
          : Math.max(0, Long.parseLong(text));
    } catch (IllegalArgumentException e) {
      throw new RequestException(
          400, "bad request data: '%s' is no time: use now-1h or milliseconds".formatted(text), e);
    }
  }
}
