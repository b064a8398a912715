package io.ghostworks.server.loki;

import io.ghostworks.logql.LogAnswer;
import io.ghostworks.logql.LogEngine;
import io.ghostworks.logql.LogEntry;
import io.ghostworks.logql.LogStream;
import io.ghostworks.logql.eval.LogqlEngine;
import io.ghostworks.logql.eval.LogqlOptions;
import io.ghostworks.logql.eval.LogqlRequest;
import io.ghostworks.logql.eval.LogqlResult;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.util.List;
import java.util.Map;

/**
 * {@code patterns}: what the lines of a query have in common, and how often. Made from the newest
 * lines of the range; where there are more of them than are looked at, a header says so.
 */
final class PatternsApi {

  private static final int LINES_MAX = 20_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final LokiEndpoints endpoints;

  PatternsApi(LokiEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.getOrForm(
            "/loki/api/v1/patterns",
            Permission.READ_TENANTS,
            Route.Work.QUERY,
            endpoints.evaluation(this::patterns));
  }

  private Answer patterns(LokiRequest request) {
    LokiTimes.Range range = LokiTimes.range(request);
    var _ = Selectors.lines(request);
    long step = LokiSteps.stepNanos(request.exchange(), range);
    LogAnswer lines =
        ((LogqlResult.Streams)
                LogqlEngine.query(
                        new LogqlRequest(
                            request.query(),
                            range.startNanos(),
                            range.endNanos(),
                            step,
                            LINES_MAX,
                            LogEngine.Direction.BACKWARD),
                        request.context(),
                        request.records(),
                        LogqlOptions.DEFAULT)
                    .result())
            .answer();
    LinePatterns patterns = new LinePatterns(Math.max(1, step / NANOS_PER_SECOND));
    for (LogStream stream : lines.streams()) {
      for (LogEntry entry : stream.entries()) {
        patterns.add(entry.line(), entry.timeNanos());
      }
      request.context().check();
    }
    Answer answer = Answer.json(200, json(patterns.sorted())).compressed();
    return lines.entries() < LINES_MAX
        ? answer
        : answer.withHeader("x-ghostworks-newest-lines", Integer.toString(LINES_MAX));
  }

  private static byte[] json(List<LinePatterns.Cluster> clusters) {
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeStringField("status", "success");
      json.writeArrayFieldStart("data");
      for (LinePatterns.Cluster cluster : clusters) {
        json.writeStartObject();
        json.writeStringField("pattern", cluster.pattern());
        json.writeArrayFieldStart("samples");
        for (Map.Entry<Long, Integer> count : cluster.counts().entrySet()) {
          json.writeStartArray();
          json.writeNumber(count.getKey());
          json.writeNumber(count.getValue());
          json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }
}
