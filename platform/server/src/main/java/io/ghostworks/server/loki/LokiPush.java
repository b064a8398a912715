package io.ghostworks.server.loki;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
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
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.loki.LokiPushDecoder;
import io.ghostworks.wire.loki.ServiceName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Receives Loki's push requests, those of its first version too: 204 when all entries are stored,
 * 400 when some were refused for good, the others being stored.
 *
 * <p>Source: the behaviour of grafana/loki pkg/loghttp/push/push.go and pkg/distributor/http.go.
 */
public final class LokiPush {

  private static final int ROWS_MAX = 1_000_000;
  private static final int BACKFILL_SHARD_MAX = 128;
  private static final String BACKFILL_SHARD = "X-Loki-Backfill-Shard";

  /** The part of a content type before its parameters. */
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+(/[!#$%&'*+.^_`|~0-9A-Za-z-]+)?");

  private final TelemetrySink<LogBatch> logs;
  private final Function<TenantId, ServiceName> serviceNames;
  private final Bodies bodies;
  private final RejectedRows rejected;
  private final LokiPushDecoder decoder = new LokiPushDecoder(ROWS_MAX);

  /**
   * @param serviceNames finds the names of a tenant's services, as it holds at the moment
   */
  public LokiPush(
      TelemetrySink<LogBatch> logs,
      Function<TenantId, ServiceName> serviceNames,
      Bodies bodies,
      PlatformMetrics metrics) {
    this.logs = logs;
    this.serviceNames = serviceNames;
    this.bodies = bodies;
    this.rejected = new RejectedRows(metrics, "logs");
  }

  public void addTo(Routes routes) {
    // The API's paths begin with /loki already, so it has no prefix on the web listener.
    routes
        .api(ListenerName.LOKI, "", new PushErrors())
        .post("/loki/api/v1/push", Permission.INGEST, Route.Work.INGEST, e -> push(e, false))
        .post("/api/prom/push", Permission.INGEST, Route.Work.INGEST, e -> push(e, true));
  }

  private CompletionStage<Answer> push(Exchange exchange, boolean legacy) {
    String shard = backfillShard(exchange);
    boolean json = mediaType(exchange).equals("application/json");
    byte[] body = json ? decompressed(exchange) : snappy(exchange);
    ServiceName serviceName = serviceNames.apply(exchange.tenant());
    Decoded<LogBatch> decoded =
        json
            ? decoder.json(body, 0, body.length, legacy, serviceName, shard)
            : decoder.protobuf(body, 0, body.length, serviceName, shard);
    if (decoded.batch().streams().size() == 0) {
      throw new RequestException(422, "error at least one valid stream is required for ingestion");
    }
    return logs.offer(exchange.tenant(), decoded.batch())
        .thenApply(acknowledged -> {
          rejected.count(exchange.tenant(), decoded.rejections());
          List<Rejection> all = PushRefusals.all(decoded.rejections(), acknowledged);
          if (all.isEmpty()) {
            return Answer.empty(204);
          }
          return Answer.text(PushRefusals.status(all), PushRefusals.message(all) + "\n")
              .withHeader("x-content-type-options", "nosniff");
        });
  }

  private static @Nullable String backfillShard(Exchange exchange) {
    String shard = exchange.header(BACKFILL_SHARD.toLowerCase(Locale.ROOT)).orElse("");
    int length = shard.getBytes(StandardCharsets.UTF_8).length;
    if (length > BACKFILL_SHARD_MAX) {
      throw RequestException.bad(
          "invalid %s header: value length %d exceeds limit of %d"
              .formatted(BACKFILL_SHARD, length, BACKFILL_SHARD_MAX));
    }
    return shard.isEmpty() ? null : shard;
  }

  /** The content type in lower case without its parameters; refused as Go refuses it. */
  private static String mediaType(Exchange exchange) {
    String header = exchange.header("content-type").orElse("");
    int end = header.indexOf(';');
    String type = (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    if (type.isEmpty()) {
      throw RequestException.bad("mime: no media type");
    }
    if (!MEDIA_TYPE.matcher(type).matches()) {
      throw RequestException.bad(
          type.indexOf('/') < 0
              ? "mime: unexpected content after media subtype"
              : "mime: expected token after slash");
    }
    return type;
  }

  private byte[] decompressed(Exchange exchange) {
    return bodies.decoded(exchange, 0, coding(exchange));
  }

  /**
   * Snappy is the form of the protocol and no content coding: what a coding says beside it comes on
   * top.
   */
  private byte[] snappy(Exchange exchange) {
    ContentCoding coding = coding(exchange);
    try {
      if (coding == ContentCoding.IDENTITY || coding == ContentCoding.SNAPPY) {
        return bodies.decoded(exchange, ContentCoding.SNAPPY);
      }
      return bodies.decoded(exchange, bodies.decoded(exchange, coding), ContentCoding.SNAPPY);
    } catch (WireFormatException e) {
      throw String.valueOf(e.getMessage()).startsWith("malformed snappy")
          ? new RequestException(400, "snappy: corrupt input", e)
          : e;
    }
  }

  private static ContentCoding coding(Exchange exchange) {
    String header = exchange.header("content-encoding").orElse("");
    return switch (header) {
      case "" -> ContentCoding.IDENTITY;
      case "snappy" -> ContentCoding.SNAPPY;
      case "gzip" -> ContentCoding.GZIP;
      case "deflate" -> ContentCoding.DEFLATE;
      default ->
          throw RequestException.bad("Content-Encoding \"%s\" not supported".formatted(header));
    };
  }
}
