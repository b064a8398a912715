package io.ghostworks.alertmanager.trial;

import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.notify.Exchange;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.alertmanager.notify.NotificationTemplates;
import io.ghostworks.alertmanager.notify.ReceiverData;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.template.TemplateException;
import io.ghostworks.template.TemplateSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Tries out a configuration: sends a receiver's notification for a test, or shows what would be
 * sent, or what a template writes. Nothing of it is stored or counted. Thread-safe.
 */
public final class Trials {

  private final AlertmanagerConfig config;
  private final Parts parts;

  /**
   * What trials work with.
   *
   * @param externalUrl where people reach the alerts, without a slash at its end
   */
  public record Parts(HttpTransport http, Clock clock, String externalUrl) {}

  public Trials(AlertmanagerConfig config, Parts parts) {
    this.config = config;
    this.parts = parts;
  }

  /** Those of another configuration. */
  public Trials of(AlertmanagerConfig other) {
    return new Trials(other, parts);
  }

  /** A receiver by its name. */
  public Optional<AlertmanagerConfig.Receiver> receiver(String name) {
    return config.receivers().stream().filter(receiver -> receiver.name().equals(name)).findFirst();
  }

  /** The names of the receivers, in file order. */
  public List<String> receiverNames() {
    return config.receivers().stream().map(AlertmanagerConfig.Receiver::name).toList();
  }

  /** The file as written. */
  String original() {
    return config.original();
  }

  /**
   * How it went with one integration.
   *
   * @param integration such as {@code team/slack[0]}
   * @param target where it goes, without secrets
   * @param delivered whether the service took it
   * @param error "" if it did
   * @param retry whether another try may succeed
   * @param reason as in the metrics; "" if it was delivered
   * @param exchanges what was sent and answered, without secrets
   */
  public record Result(
      String integration,
      String target,
      boolean delivered,
      String error,
      boolean retry,
      String reason,
      double seconds,
      List<Exchange> exchanges) {
    public Result {
      exchanges = List.copyOf(exchanges);
    }
  }

  /**
   * Sends a notification by all integrations of a receiver at once, once each.
   *
   * @param timeout of each
   */
  public List<Result> send(
      AlertmanagerConfig.Receiver receiver, Notification notification, Duration timeout)
      throws InterruptedException {
    return each(receiver, notification, timeout, parts.http);
  }

  /**
   * What would be sent by each integration of a receiver that tells its service over HTTP; the
   * services are not asked, and pretend to agree to everything.
   */
  public List<Result> preview(AlertmanagerConfig.Receiver receiver, Notification notification)
      throws InterruptedException {
    List<Integration> shown =
        receiver.integrations().stream()
            .filter(integration -> !integration.kind().equals("email"))
            .toList();
    return each(
        new AlertmanagerConfig.Receiver(receiver.name(), receiver.labels(), shown),
        notification,
        Duration.ofSeconds(10),
        new AgreeableServices());
  }

  private List<Result> each(
      AlertmanagerConfig.Receiver receiver,
      Notification notification,
      Duration timeout,
      HttpTransport http)
      throws InterruptedException {
    SenderParts senderParts = new SenderParts(templates(), http, parts.clock);
    List<Callable<Result>> tasks = new ArrayList<>();
    Map<String, Integer> indexes = new HashMap<>();
    for (Integration integration : receiver.integrations()) {
      int index = indexes.merge(integration.kind(), 1, Integer::sum) - 1;
      String name = "%s/%s[%d]".formatted(receiver.name(), integration.kind(), index);
      tasks.add(() -> tell(name, integration, senderParts, notification, timeout));
    }
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Result> results = new ArrayList<>();
      for (Future<Result> future : executor.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a trial broke off", e);
    }
  }

  private Result tell(
      String name,
      Integration integration,
      SenderParts senderParts,
      Notification notification,
      Duration timeout) {
    long start = parts.clock.monotonicNanos();
    Sender.Outcome outcome =
        integration.sender(senderParts).send(notification, ReceiverData.NONE, timeout);
    double seconds = (parts.clock.monotonicNanos() - start) / 1e9;
    return switch (outcome) {
      case Sender.Outcome.Delivered delivered ->
          new Result(
              name, integration.target(), true, "", false, "", seconds, delivered.exchanges());
      case Sender.Outcome.Failed failed ->
          new Result(
              name,
              integration.target(),
              false,
              failed.error(),
              failed.retry(),
              failed.reason().word(),
              seconds,
              failed.exchanges());
    };
  }

  private NotificationTemplates templates() {
    return new NotificationTemplates(config.templates(), parts.clock, parts.externalUrl);
  }

  /**
   * What a template wrote, or why it failed.
   *
   * @param text null if it failed
   * @param error "" if it did not
   * @param place where it failed; null if it did not, or that is not known
   */
  public record Rendered(
      @Nullable String text, String error, TemplateException.@Nullable Place place) {}

  /**
   * Renders a template as a field of a receiver, within the limits of notifications.
   *
   * @param definitions further templates by the names of their files
   * @param html whether what its actions write is escaped for HTML
   */
  public Rendered render(
      String template, Map<String, String> definitions, boolean html, Notification notification) {
    try {
      TemplateSet set = config.templates();
      for (Map.Entry<String, String> each : definitions.entrySet()) {
        set = set.parse(each.getKey(), each.getValue());
      }
      NotificationTemplates templates =
          new NotificationTemplates(set, parts.clock, parts.externalUrl);
      var data = templates.data(notification);
      return new Rendered(
          html ? templates.html(template, data) : templates.text(template, data), "", null);
    } catch (TemplateException e) {
      return new Rendered(null, String.valueOf(e.getMessage()), e.place().orElse(null));
    }
  }
}
