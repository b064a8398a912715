package io.ghostworks.server.alerts;

import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.alertmanager.trial.ReceiverField;
import io.ghostworks.alertmanager.trial.Trials;
import io.ghostworks.model.TenantId;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * {@code POST /api/platform/notifications/test} sends a notification for a test by a receiver's
 * integrations; {@code POST /api/platform/notifications/preview} shows what would be sent, or what
 * a template writes, by the configuration of the tenant. For admins only, as it says where requests
 * go.
 */
public final class NotificationTrialsApi {

  private final Function<TenantId, Trials> trials;
  private final Bodies bodies;
  private final Executor executor;
  private final TrialRequests requests;

  /**
   * @param trials those of a tenant's configuration at the moment
   * @param executor runs what waits for receivers
   */
  public NotificationTrialsApi(
      Function<TenantId, Trials> trials, Bodies bodies, Executor executor, TrialRequests requests) {
    this.trials = trials;
    this.bodies = bodies;
    this.executor = executor;
    this.requests = requests;
  }

  public void addTo(Routes.Api api) {
    api.post(
        "/api/platform/notifications/test",
        Permission.ADMIN,
        Route.Work.QUERY,
        exchange -> answer(exchange, this::test));
    api.post(
        "/api/platform/notifications/preview",
        Permission.ADMIN,
        Route.Work.QUERY,
        exchange -> answer(exchange, this::preview));
  }

  @FunctionalInterface
  private interface Trial {
    Object run(Trials trials, TrialRequest request) throws InterruptedException;
  }

  private CompletionStage<Answer> answer(Exchange exchange, Trial trial) {
    TrialRequest request = requests.read(exchange.tenant(), bodies.decompressed(exchange));
    Trials running = trials.apply(exchange.tenant());
    Trials used = request.configuration().map(running::of).orElse(running);
    return CompletableFuture.supplyAsync(() -> run(trial, used, request), executor);
  }

  private static Answer run(Trial trial, Trials trials, TrialRequest request) {
    try {
      return Views.answer(trial.run(trials, request));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestException(503, "the process ends", e);
    } catch (IllegalArgumentException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * How a test went.
   *
   * @param delivered whether all integrations took it
   */
  record Sent(
      String receiver, String notifiedAt, boolean delivered, List<Trials.Result> integrations) {}

  private Object test(Trials trials, TrialRequest request) throws InterruptedException {
    AlertmanagerConfig.Receiver receiver = receiver(trials, request);
    Notification notification = request.notification(receiver.name());
    List<Trials.Result> results = trials.send(receiver, notification, request.timeout());
    return new Sent(
        receiver.name(),
        Instant.ofEpochSecond(0, request.nowNanos()).toString(),
        results.stream().allMatch(Trials.Result::delivered),
        results);
  }

  private Object preview(Trials trials, TrialRequest request) throws InterruptedException {
    Optional<String> template = request.template();
    if (template.isEmpty() && request.field().isPresent()) {
      template =
          Optional.of(
              ReceiverField.find(
                  trials, receiver(trials, request).name(), request.field().orElseThrow()));
    }
    if (template.isPresent()) {
      return TemplateView.of(
          trials.render(
              template.get(),
              request.definitions(),
              request.html(),
              request.notification(request.receiver().orElse("preview"))));
    }
    AlertmanagerConfig.Receiver receiver = receiver(trials, request);
    return new Previewed(
        receiver.name(), trials.preview(receiver, request.notification(receiver.name())));
  }

  /** What each integration would send. */
  record Previewed(String receiver, List<Trials.Result> integrations) {}

  private static AlertmanagerConfig.Receiver receiver(Trials trials, TrialRequest request) {
    String name =
        request
            .receiver()
            .orElseThrow(() -> new IllegalArgumentException("the field 'receiver' is missing"));
    return trials
        .receiver(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no receiver '%s', only %s"
                    .formatted(name, String.join(", ", trials.receiverNames()))));
  }

  /** Time for the receivers, at most. */
  static final Duration TIMEOUT_MAX = Duration.ofSeconds(30);
}
