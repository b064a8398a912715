package io.ghostworks.server.web;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Readiness;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code /live} and {@code /ready} on every listener. */
public final class HealthRoutes {

  private HealthRoutes() {}

  public static void add(Routes routes, Readiness readiness) {
    for (ListenerName listener : ListenerName.values()) {
      routes
          .api(listener, "", ErrorForm.TEXT)
          .local(
              "/live",
              Permission.PUBLIC,
              Route.Work.INSTANT,
              exchange -> done(Answer.text(200, "live\n")))
          .local(
              "/ready", Permission.PUBLIC, Route.Work.INSTANT, exchange -> done(ready(readiness)));
    }
  }

  /** What {@code /ready} answers. */
  public static Answer ready(Readiness readiness) {
    return readiness.isReady()
        ? Answer.text(200, "ready\n")
        : Answer.text(503, "starting: the journals are being replayed\n");
  }

  private static CompletionStage<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
