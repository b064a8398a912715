package io.ghostworks.server.loki;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.logql.LogAnswer;
import io.ghostworks.logql.LogEngine;
import io.ghostworks.logql.eval.LogqlEngine;
import io.ghostworks.logql.eval.LogqlOptions;
import io.ghostworks.logql.eval.LogqlRequest;
import io.ghostworks.logql.eval.LogqlResult;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * {@code /api/platform/logs/context}: the lines before and after a line, of the query's streams or
 * of one trace, in one call.
 */
final class ContextApi {

  private static final int LINES_DEFAULT = 20;
  private static final Duration REACH = Duration.ofHours(1);

  private final LokiEndpoints endpoints;

  ContextApi(LokiEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.get(
            "/api/platform/logs/context",
            Permission.READ,
            Route.Work.QUERY,
            endpoints.lookup(this::context));
  }

  private Answer context(LokiRequest request) {
    String query = query(request);
    long time =
        request
            .exchange()
            .parameter("time")
            .map(text -> LokiTimes.nanos("time", text))
            .orElseThrow(() ->
                RequestException.bad(
                    "the parameter 'time' is missing: nanoseconds since the epoch of the line"));
    int before = lines(request, "before");
    int after = lines(request, "after");
    long reach = REACH.toNanos();
    LogAnswer earlier =
        answered(request, query, time - reach, time, before, LogEngine.Direction.BACKWARD);
    LogAnswer later =
        answered(request, query, time, time + reach, after + 1, LogEngine.Direction.FORWARD);
    return Answer.json(
            200,
            Json.bytes(json -> {
              json.writeStartObject();
              side(json, "before", earlier);
              side(json, "after", later);
              json.writeEndObject();
            }))
        .compressed();
  }

  private static String query(LokiRequest request) {
    String trace = request.exchange().parameter("trace").orElse("");
    if (trace.isEmpty()) {
      var _ = Selectors.lines(request);
      return request.query();
    }
    if (!trace.matches("[0-9a-zA-Z-]{1,64}")) {
      throw RequestException.bad("the parameter 'trace' must be the id of a trace");
    }
    return "{service_name=~\".+\"} | trace_id=\"%s\"".formatted(trace);
  }

  private static int lines(LokiRequest request, String name) {
    return LokiParameters.entries(request.exchange(), request.limits(), name, LINES_DEFAULT);
  }

  private static LogAnswer answered(
      LokiRequest request,
      String query,
      long start,
      long end,
      int limit,
      LogEngine.Direction direction) {
    return ((LogqlResult.Streams)
            LogqlEngine.query(
                    new LogqlRequest(query, start, end, end - start, limit, direction),
                    request.context(),
                    request.records(),
                    LogqlOptions.DEFAULT)
                .result())
        .answer();
  }

  /** The lines of one side, oldest first, each with its labels. */
  private static void side(JsonGenerator json, String name, LogAnswer answer) throws IOException {
    List<TailEntry> entries = TailEntry.of(answer, true);
    json.writeArrayFieldStart(name);
    for (TailEntry entry : entries) {
      json.writeStartObject();
      json.writeStringField("time", Long.toString(entry.timeNanos()));
      json.writeStringField("line", entry.entry().line());
      json.writeFieldName("stream");
      LokiJson.labels(json, entry.labels());
      json.writeFieldName("structuredMetadata");
      LokiJson.labels(json, entry.entry().structuredMetadata());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
