package io.ghostworks.server.loki;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.self.RejectedRows;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.loki.LokiPushDecoder;
import io.ghostworks.wire.otlp.OtlpResponses;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Receives Loki's push requests: 204 when all entries are stored, 400 when some were refused for
 * good, the others being stored.
 */
public final class LokiPush {

  private static final int ROWS_MAX = 1_000_000;

  private final TelemetrySink<LogBatch> logs;
  private final Bodies bodies;
  private final RejectedRows rejected;
  private final LokiPushDecoder decoder = new LokiPushDecoder(ROWS_MAX);

  public LokiPush(TelemetrySink<LogBatch> logs, Bodies bodies, PlatformMetrics metrics) {
    this.logs = logs;
    this.bodies = bodies;
    this.rejected = new RejectedRows(metrics, "logs");
  }

  public void addTo(Routes routes) {
    // The API's paths begin with /loki already, so it has no prefix on the web listener.
    routes
        .api(ListenerName.LOKI, "", new LokiErrors())
        .post("/loki/api/v1/push", Permission.INGEST, Route.Work.INGEST, this::push);
  }

  private CompletionStage<Answer> push(Exchange exchange) {
    boolean json = exchange.header("content-type").orElse("").startsWith("application/json");
    byte[] body =
        json ? bodies.decompressed(exchange) : bodies.decoded(exchange, ContentCoding.SNAPPY);
    Decoded<LogBatch> decoded =
        json ? decoder.json(body, 0, body.length) : decoder.protobuf(body, 0, body.length);
    if (decoded.batch().streams().size() == 0) {
      throw new RequestException(422, "error at least one valid stream is required for ingestion");
    }
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
