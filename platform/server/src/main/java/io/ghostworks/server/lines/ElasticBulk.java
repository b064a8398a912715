package io.ghostworks.server.lines;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.wire.loki.ServiceName;
import io.ghostworks.wire.ndjson.BulkRequest;
import io.ghostworks.wire.ndjson.JsonLineOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers a bulk request: 200 with an answer for each action, in their order, when all documents
 * that are not refused are stored.
 */
final class ElasticBulk {

  private static final long NANOS_PER_MS = 1_000_000;

  private final TelemetrySink<LogBatch> logs;
  private final Function<TenantId, ServiceName> serviceNames;
  private final Bodies bodies;
  private final Clock clock;
  private final Consumer<Exchange> counted;

  /**
   * @param counted hears of each action that could not be read
   */
  ElasticBulk(
      TelemetrySink<LogBatch> logs,
      Function<TenantId, ServiceName> serviceNames,
      Bodies bodies,
      Clock clock,
      Consumer<Exchange> counted) {
    this.logs = logs;
    this.serviceNames = serviceNames;
    this.bodies = bodies;
    this.clock = clock;
    this.counted = counted;
  }

  /**
   * @param index of actions that name none; "" for none
   */
  CompletionStage<Answer> answer(Exchange exchange, String index) {
    long began = clock.monotonicNanos();
    JsonLineOptions options =
        LineParameters.of(exchange, JsonLineOptions.ECS)
            .withServiceName(serviceNames.apply(exchange.tenant()));
    byte[] body = bodies.decompressed(exchange);
    BulkRequest request =
        BulkRequest.read(body, 0, body.length, index, options, clock.epochNanos());
    if (request.items().isEmpty()) {
      throw RequestException.bad("request body is required");
    }
    LogBatch batch = request.batch();
    int rows = batch.rows();
    return logs.offer(exchange.tenant(), batch)
        .thenApply(acknowledged -> {
          Map<Integer, Rejection> refused = RefusedRows.find(batch, rows, acknowledged);
          request.items().stream()
              .filter(item -> item.row() < 0)
              .forEach(i -> counted.accept(exchange));
          long tookMs = (clock.monotonicNanos() - began) / NANOS_PER_MS;
          return Answer.json(200, bytes(request.items(), refused, tookMs))
              .withHeader(ElasticErrors.PRODUCT_HEADER, ElasticErrors.PRODUCT);
        });
  }

  private static byte[] bytes(
      List<BulkRequest.Item> items, Map<Integer, Rejection> refused, long tookMs) {
    boolean errors =
        !refused.isEmpty() || items.stream().anyMatch(item -> !item.errorType().isEmpty());
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeNumberField("took", tookMs);
      json.writeBooleanField("errors", errors);
      json.writeArrayFieldStart("items");
      for (BulkRequest.Item item : items) {
        item(json, item, refused.get(item.row()));
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void item(JsonGenerator json, BulkRequest.Item item, @Nullable Rejection rejection)
      throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart(item.action());
    json.writeStringField("_index", item.index());
    json.writeStringField("_id", item.id().isEmpty() ? UUID.randomUUID().toString() : item.id());
    if (rejection != null) {
      error(json, "illegal_argument_exception", rejection.example());
    } else if (!item.errorType().isEmpty()) {
      error(json, item.errorType(), item.reason());
    } else {
      json.writeNumberField("_version", 1);
      json.writeStringField("result", "created");
      json.writeObjectFieldStart("_shards");
      json.writeNumberField("total", 1);
      json.writeNumberField("successful", 1);
      json.writeNumberField("failed", 0);
      json.writeEndObject();
      json.writeNumberField("status", 201);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void error(JsonGenerator json, String type, String reason) throws IOException {
    json.writeNumberField("status", 400);
    json.writeObjectFieldStart("error");
    json.writeStringField("type", type);
    json.writeStringField("reason", reason);
    json.writeEndObject();
  }
}
