package io.ghostworks.server.prometheus;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What Prometheus answers outside its API: {@code /-/healthy}, {@code /-/ready}, {@code /version}.
 */
public final class ProcessApi {

  private final ServerFacts facts;

  public ProcessApi(ServerFacts facts) {
    this.facts = facts;
  }

  public void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.PROMETHEUS, "/prometheus", ErrorForm.TEXT);
    api.get(
        "/-/healthy",
        Permission.PUBLIC,
        Route.Work.INSTANT,
        exchange -> done(Answer.text(200, "Prometheus Server is Healthy.\n")));
    api.get(
        "/-/ready",
        Permission.PUBLIC,
        Route.Work.QUERY,
        exchange -> done(Answer.text(200, "Prometheus Server is Ready.\n")));
    api.get("/version", Permission.READ, Route.Work.INSTANT, exchange -> done(version()));
  }

  private Answer version() {
    GoJson json = new GoJson();
    BuildInfo.write(json, facts.version());
    return new Answer(
        200, Answer.TEXT, (json.json() + "\n").getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private static CompletionStage<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
