package io.ghostworks.server.loki;

import io.ghostworks.logql.syntax.Formatter;
import io.ghostworks.logql.syntax.LogqlParseException;
import io.ghostworks.logql.syntax.LogqlParser;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code format_query}: lays out a query. */
final class FormatQueryApi {

  private FormatQueryApi() {}

  static void addTo(Routes.Api api) {
    var _ =
        api.getOrForm(
            "/loki/api/v1/format_query",
            Permission.READ,
            Route.Work.QUERY,
            FormatQueryApi::formatted);
  }

  private static CompletionStage<Answer> formatted(Exchange exchange) {
    Answer answer;
    try {
      String text = Formatter.format(LogqlParser.parse(exchange.parameter("query").orElse("")));
      answer = answer(200, "success", "data", text);
    } catch (LogqlParseException e) {
      answer = answer(400, "invalid-query", "error", e.getMessage());
    }
    return CompletableFuture.completedFuture(answer);
  }

  private static Answer answer(int status, String word, String name, String text) {
    return new Answer(
        status,
        "application/json; charset=utf-8",
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("status", word);
          json.writeStringField(name, text);
          json.writeEndObject();
          json.writeRaw('\n');
        }),
        Map.of());
  }
}
