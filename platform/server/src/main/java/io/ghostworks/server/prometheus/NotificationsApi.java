package io.ghostworks.server.prometheus;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.AnswerStream;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code notifications}, and {@code notifications/live} as a stream of server-sent events. */
public final class NotificationsApi {

  private final Notifications notifications;

  public NotificationsApi(Notifications notifications) {
    this.notifications = notifications;
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors(false))
        .get(
            "/api/v1/notifications",
            Permission.READ,
            Route.Work.INSTANT,
            exchange -> CompletableFuture.completedFuture(now()))
        .get(
            "/api/v1/notifications/live",
            Permission.READ,
            Route.Work.INSTANT,
            exchange -> CompletableFuture.completedFuture(live()));
  }

  private Answer now() {
    GoJson json = new GoJson();
    json.object().name("status").text("success").name("data").array();
    notifications.active().forEach(notification -> notification.write(json));
    return Answer.json(200, json.endArray().endObject().bytes());
  }

  private Answer live() {
    Notifications.Subscription subscription = notifications.subscribe();
    return subscription == null
        ? Answer.empty(204)
        : Answer.streamed(200, "text/event-stream", new Events(subscription))
            .withHeader("cache-control", "no-cache");
  }

  private record Events(Notifications.Subscription subscription) implements AnswerStream {

    @Override
    public boolean write(OutputStream out) throws IOException {
      for (Notifications.Notification notification : subscription.take()) {
        GoJson json = new GoJson();
        notification.write(json);
        out.write("data: ".getBytes(StandardCharsets.UTF_8));
        json.drainTo(out);
        out.write("\n\n".getBytes(StandardCharsets.UTF_8));
      }
      return true;
    }

    @Override
    public CompletionStage<?> ready() {
      return subscription.ready();
    }

    @Override
    public boolean live() {
      return true;
    }

    @Override
    public void close() {
      subscription.close();
    }
  }
}
