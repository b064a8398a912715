package io.ghostworks.server.loki;

import io.ghostworks.query.record.Filter;
import io.ghostworks.records.RecordDelete;
import io.ghostworks.records.RecordDeletes;
import io.ghostworks.records.RefusedDeleteException;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** {@code delete}: asks for deletes of log records, lists them and takes them back. */
final class DeleteApi {

  private final Supplier<RecordDeletes> deletes;
  private final Clock clock;

  /**
   * @param deletes of the store, once it is open
   */
  DeleteApi(Supplier<RecordDeletes> deletes, Clock clock) {
    this.deletes = deletes;
    this.clock = clock;
  }

  void addTo(Routes.Api api) {
    String path = "/loki/api/v1/delete";
    var _ =
        api.get(path, Permission.READ, Route.Work.QUERY, this::list)
            .postOrPut(path, Permission.ADMIN, Route.Work.QUERY, this::request)
            .delete(path, Permission.ADMIN, Route.Work.QUERY, this::cancel);
  }

  private CompletionStage<Answer> request(Exchange exchange) {
    String query = exchange.parameter("query").orElse("");
    if (query.isEmpty()) {
      throw bad("query not set");
    }
    Filter selected = DeletedRecords.of(query);
    String start = exchange.parameter("start").orElseThrow(() -> bad("start time not set"));
    long startMs = milliseconds("start", start);
    long endMs =
        exchange.parameter("end").map(end -> milliseconds("end", end)).orElseGet(clock::epochMs);
    try {
      return deletes
          .get()
          .request(exchange.tenant(), query, selected, startMs, endMs)
          .thenApply(delete -> Answer.empty(204));
    } catch (RefusedDeleteException e) {
      throw refused(e);
    }
  }

  private static long milliseconds(String name, String text) {
    try {
      return text.matches("[0-9]{10}")
          ? Long.parseLong(text) * 1000
          : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw new RequestException(
          400, "invalid %s time: require unix seconds or RFC3339 format\n".formatted(name), e);
    }
  }

  private CompletionStage<Answer> list(Exchange exchange) {
    List<RecordDelete> all =
        deletes.get().list(exchange.tenant()).stream()
            .sorted(Comparator.comparingLong(RecordDelete::createdMs))
            .toList();
    byte[] body =
        Json.bytes(json -> {
          json.writeStartArray();
          for (RecordDelete delete : all) {
            json.writeStartObject();
            json.writeStringField("request_id", delete.id());
            json.writeFieldName("start_time");
            json.writeRawValue(LokiJson.seconds(delete.startMs()));
            json.writeFieldName("end_time");
            json.writeRawValue(LokiJson.seconds(delete.endMs()));
            json.writeStringField("query", delete.query());
            json.writeStringField("status", delete.state().name().toLowerCase(Locale.ROOT));
            json.writeFieldName("created_at");
            json.writeRawValue(LokiJson.seconds(delete.createdMs()));
            json.writeEndObject();
          }
          json.writeEndArray();
        });
    String text = new String(body, StandardCharsets.UTF_8) + "\n";
    return CompletableFuture.completedFuture(
        new Answer(200, Answer.JSON, text.getBytes(StandardCharsets.UTF_8), Map.of()));
  }

  private CompletionStage<Answer> cancel(Exchange exchange) {
    try {
      return deletes
          .get()
          .cancel(
              exchange.tenant(),
              exchange.parameter("request_id").orElse(""),
              exchange.parameter("force").orElse("").equals("true"))
          .thenApply(nothing -> Answer.empty(204));
    } catch (RefusedDeleteException e) {
      throw refused(e);
    }
  }

  private static RequestException refused(RefusedDeleteException e) {
    return new RequestException(e.isUnknown() ? 404 : 400, e.getMessage() + "\n", e);
  }

  private static RequestException bad(String message) {
    return RequestException.bad(message + "\n");
  }
}
