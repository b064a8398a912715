package io.ghostworks.server.prometheus;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What Prometheus answers outside its API: {@code /-/healthy}, {@code /-/ready}, {@code /-/reload},
 * {@code /-/quit}, {@code /version} and {@code /metrics}.
 */
public final class ProcessApi {

  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final ServerFacts facts;
  private final Lifecycle lifecycle;
  private final Supplier<byte[]> metrics;
  private final AtomicBoolean quitting = new AtomicBoolean();

  /**
   * @param metrics of the process, in the text format
   */
  public ProcessApi(ServerFacts facts, Lifecycle lifecycle, Supplier<byte[]> metrics) {
    this.facts = facts;
    this.lifecycle = lifecycle;
    this.metrics = metrics;
  }

  public void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.PROMETHEUS, "/prometheus", GoPages.ERRORS);
    api.get(
            "/-/healthy",
            Permission.PUBLIC,
            Route.Work.INSTANT,
            exchange -> done(Answer.text(200, "Prometheus Server is Healthy.\n")))
        .get(
            "/-/ready",
            Permission.PUBLIC,
            Route.Work.QUERY,
            exchange -> done(Answer.text(200, "Prometheus Server is Ready.\n")))
        .get("/version", Permission.READ, Route.Work.INSTANT, exchange -> done(version()))
        .get("/metrics", Permission.READ, Route.Work.QUERY, this::metrics)
        .get("/-/reload", Permission.PUBLIC, Route.Work.INSTANT, exchange -> done(notGet()))
        .get("/-/quit", Permission.PUBLIC, Route.Work.INSTANT, exchange -> done(notGet()))
        .postOrPut("/-/reload", permission(), Route.Work.QUERY, exchange -> done(reload()))
        .postOrPut("/-/quit", permission(), Route.Work.QUERY, exchange -> done(quit()));
  }

  /** That it is switched off may be said to anyone. */
  private Permission permission() {
    return lifecycle.enabled() ? Permission.ADMIN : Permission.PUBLIC;
  }

  private Answer version() {
    GoJson json = new GoJson();
    BuildInfo.write(json, facts.version());
    return new Answer(
        200, Answer.TEXT, (json.json() + "\n").getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** The process's metrics concern all tenants: they are the operator's. */
  private CompletionStage<Answer> metrics(Exchange exchange) {
    if (!exchange.tenant().equals(facts.operator())) {
      throw new RequestException(
          403,
          "the metrics of the process are answered to the operator's tenant '%s' only"
              .formatted(facts.operator()));
    }
    return done(new Answer(200, METRICS_TYPE, metrics.get(), Map.of()).compressed());
  }

  private static Answer notGet() {
    return Answer.text(405, "Only POST or PUT requests allowed");
  }

  private Answer reload() {
    if (!lifecycle.enabled()) {
      return notEnabled();
    }
    try {
      List<String> restart = lifecycle.reload().reload();
      return restart.isEmpty()
          ? Answer.empty(200)
          : Answer.text(200, String.join("\n", restart) + "\n");
    } catch (Lifecycle.Reload.Failure e) {
      return Answer.text(500, "failed to reload config: " + e.getMessage() + "\n");
    }
  }

  private Answer quit() {
    if (!lifecycle.enabled()) {
      return notEnabled();
    }
    if (!quitting.compareAndSet(false, true)) {
      return Answer.text(200, "Termination already in progress.");
    }
    lifecycle.quit().run();
    return Answer.text(200, "Requesting termination... Goodbye!");
  }

  private static Answer notEnabled() {
    return Answer.text(403, "Lifecycle API is not enabled.");
  }

  private static CompletionStage<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
