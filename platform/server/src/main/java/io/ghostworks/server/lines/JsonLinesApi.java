package io.ghostworks.server.lines;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.self.RejectedRows;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.loki.ServiceName;
import io.ghostworks.wire.ndjson.JsonLineOptions;
import io.ghostworks.wire.ndjson.JsonLines;
import io.ghostworks.wire.otlp.OtlpResponses;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Newline-delimited JSON at {@code /insert/jsonline}: 204 when all lines are stored, 400 with
 * counts and reasons when some were refused for good, the others being stored.
 */
public final class JsonLinesApi {

  private final TelemetrySink<LogBatch> logs;
  private final Function<TenantId, ServiceName> serviceNames;
  private final Bodies bodies;
  private final Clock clock;
  private final RejectedRows rejected;

  public JsonLinesApi(
      TelemetrySink<LogBatch> logs,
      Function<TenantId, ServiceName> serviceNames,
      Bodies bodies,
      Clock clock,
      PlatformMetrics metrics) {
    this.logs = logs;
    this.serviceNames = serviceNames;
    this.bodies = bodies;
    this.clock = clock;
    this.rejected = new RejectedRows(metrics, "logs");
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.WEB, "", ErrorForm.TEXT)
        .refuseUnknown("/insert")
        .post("/insert/jsonline", Permission.INGEST, Route.Work.INGEST, this::lines);
  }

  private CompletionStage<Answer> lines(Exchange exchange) {
    JsonLineOptions options =
        LineParameters.of(exchange, JsonLineOptions.LINES)
            .withServiceName(serviceNames.apply(exchange.tenant()));
    byte[] body = bodies.decompressed(exchange);
    Decoded<LogBatch> decoded = JsonLines.read(body, 0, body.length, options, clock.epochNanos());
    return logs.offer(exchange.tenant(), decoded.batch())
        .thenApply(acknowledged -> {
          rejected.count(exchange.tenant(), decoded.rejections());
          List<Rejection> all = new ArrayList<>(decoded.rejections());
          all.addAll(acknowledged.rejections());
          return all.isEmpty()
              ? Answer.empty(204)
              : Answer.text(400, OtlpResponses.message(all) + "\n");
        });
  }
}
