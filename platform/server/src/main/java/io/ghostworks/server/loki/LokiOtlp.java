package io.ghostworks.server.loki;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
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
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.otlp.logs.LogStreams;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * OTLP log records where Loki takes them: stored at once, past the collector's pipelines, and
 * answered as Loki answers.
 *
 * <p>Source: the behaviour of grafana/loki pkg/loghttp/push/otlp.go and pkg/distributor/http.go.
 */
public final class LokiOtlp {

  private static final String NO_STREAM =
      "error at least one valid stream is required for ingestion";

  private final TelemetrySink<LogBatch> logs;
  private final Function<TenantId, LogStreams> streams;
  private final Bodies bodies;
  private final Clock clock;
  private final RejectedRows rejected;
  private final OtlpDecoder decoder = new OtlpDecoder(OtlpLimits.DEFAULT);

  /**
   * @param streams files a tenant's records, as it holds at the moment
   */
  public LokiOtlp(
      TelemetrySink<LogBatch> logs,
      Function<TenantId, LogStreams> streams,
      Bodies bodies,
      Clock clock,
      PlatformMetrics metrics) {
    this.logs = logs;
    this.streams = streams;
    this.bodies = bodies;
    this.clock = clock;
    this.rejected = new RejectedRows(metrics, "logs");
  }

  public void addTo(Routes routes) {
    OtlpPushErrors errors = new OtlpPushErrors();
    routes
        .api(ListenerName.LOKI, "", errors)
        .localPost("/otlp/v1/logs", Permission.INGEST, Route.Work.INGEST, this::push);
    routes
        .api(ListenerName.WEB, "", errors)
        .post("/loki/otlp/v1/logs", Permission.INGEST, Route.Work.INGEST, this::push);
  }

  private CompletionStage<Answer> push(Exchange exchange) {
    byte[] body = bodies.decoded(exchange, coding(exchange));
    Decoded<LogBatch> decoded = decoder.logs(encoding(exchange), body, 0, body.length);
    LogBatch batch = decoded.batch();
    if (batch.rows() == 0 && decoded.rejections().isEmpty()) {
      throw new RequestException(422, NO_STREAM);
    }
    streams.apply(exchange.tenant()).assign(batch, clock.epochNanos());
    return logs.offer(exchange.tenant(), batch)
        .thenApply(acknowledged -> {
          rejected.count(exchange.tenant(), decoded.rejections());
          List<Rejection> all = PushRefusals.all(decoded.rejections(), acknowledged);
          return all.isEmpty()
              ? Answer.empty(204)
              : OtlpPushErrors.refusal(PushRefusals.status(all), PushRefusals.message(all));
        });
  }

  private static ContentCoding coding(Exchange exchange) {
    String header = exchange.header("content-encoding").orElse("");
    return switch (header) {
      case "" -> ContentCoding.IDENTITY;
      case "gzip" -> ContentCoding.GZIP;
      case "zstd" -> ContentCoding.ZSTD;
      case "lz4" -> ContentCoding.LZ4;
      default ->
          throw RequestException.bad(
              "unsupported content encoding %s: only gzip, lz4 and zstd are supported"
                  .formatted(header));
    };
  }

  private static OtlpEncoding encoding(Exchange exchange) {
    String type = exchange.header("content-type").orElse("");
    return switch (type) {
      case "application/x-protobuf" -> OtlpEncoding.PROTOBUF;
      case "application/json" -> OtlpEncoding.JSON;
      default -> throw RequestException.bad("content type: %s is not supported".formatted(type));
    };
  }
}
