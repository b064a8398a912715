package io.ghostworks.server.loki;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Endpoint;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What Loki's ruler answers to those who read rules: there are none of LogQL. */
final class LokiRulesApi {

  private LokiRulesApi() {}

  static void addTo(Routes.Api api) {
    for (String path : List.of("/loki/api/v1/rules", "/api/prom/rules")) {
      for (String below : List.of("", "/{namespace}", "/{namespace}/{group}")) {
        var _ =
            api.get(
                path + below,
                Permission.READ,
                Route.Work.INSTANT,
                exchange -> {
                  throw new RequestException(404, "no rule groups found\n");
                });
      }
    }
    for (String path : List.of("/prometheus/api/v1", "/api/prom/api/v1")) {
      var _ =
          api.local(path + "/rules", Permission.READ, Route.Work.INSTANT, none("groups"))
              .local(path + "/alerts", Permission.READ, Route.Work.INSTANT, none("alerts"));
    }
  }

  private static Endpoint none(String what) {
    byte[] body =
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("status", "success");
          json.writeObjectFieldStart("data");
          json.writeArrayFieldStart(what);
          json.writeEndArray();
          json.writeEndObject();
          json.writeStringField("errorType", "");
          json.writeStringField("error", "");
          json.writeEndObject();
        });
    return exchange -> CompletableFuture.completedFuture(Answer.json(200, body));
  }
}
