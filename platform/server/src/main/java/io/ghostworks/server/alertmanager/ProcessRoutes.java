package io.ghostworks.server.alertmanager;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Endpoint;
import io.ghostworks.server.http.Readiness;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.prometheus.Lifecycle;
import io.ghostworks.server.settings.ListenerName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What Alertmanager answers beside its API: {@code /-/healthy}, {@code /-/ready}, {@code
 * /-/reload}, {@code /metrics}, and that the API v1 is gone.
 */
public final class ProcessRoutes {

  private static final String V1_IS_GONE =
      "{\"status\":\"deprecated\",\"error\":\"The Alertmanager v1 API was deprecated in version"
          + " 0.16.0 and is removed as of version 0.27.0 - please use the equivalent route in the"
          + " v2 API\"}\n";

  private final Readiness readiness;
  private final Lifecycle.Reload reload;
  private final Supplier<byte[]> metrics;

  /**
   * @param metrics in the text format
   */
  public ProcessRoutes(Readiness readiness, Lifecycle.Reload reload, Supplier<byte[]> metrics) {
    this.readiness = readiness;
    this.reload = reload;
    this.metrics = metrics;
  }

  public void addTo(Routes routes) {
    Routes.Api api =
        routes.api(ListenerName.ALERTMANAGER, "/alertmanager", new AlertmanagerErrors());
    api.get("/-/healthy", Permission.PUBLIC, Route.Work.INSTANT, e -> done(Answer.text(200, "OK")))
        .get("/-/ready", Permission.PUBLIC, Route.Work.INSTANT, e -> done(ready()))
        .post("/-/reload", Permission.ADMIN, Route.Work.QUERY, e -> done(reload()))
        .get("/metrics", Permission.READ, Route.Work.QUERY, e -> done(metrics()));
    Endpoint gone = e -> done(Answer.json(410, V1_IS_GONE.getBytes(StandardCharsets.UTF_8)));
    for (String path : List.of("status", "receivers", "alerts", "silences", "silence/{id}")) {
      api.get("/api/v1/" + path, Permission.PUBLIC, Route.Work.INSTANT, gone);
    }
    for (String path : List.of("alerts", "silences")) {
      api.post("/api/v1/" + path, Permission.PUBLIC, Route.Work.INSTANT, gone);
    }
    api.delete("/api/v1/silence/{id}", Permission.PUBLIC, Route.Work.INSTANT, gone);
  }

  private Answer ready() {
    return readiness.isReady()
        ? Answer.text(200, "OK")
        : Answer.text(503, "starting: the journals are being replayed\n");
  }

  private Answer reload() {
    try {
      var _ = reload.reload();
      return Answer.empty(200);
    } catch (Lifecycle.Reload.Failure e) {
      return Answer.text(500, "failed to reload config: %s\n".formatted(e.getMessage()));
    }
  }

  private Answer metrics() {
    return new Answer(
        200,
        "text/plain; version=0.0.4; charset=utf-8; escaping=underscores",
        metrics.get(),
        Map.of());
  }

  private static CompletionStage<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
