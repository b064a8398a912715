package io.ghostworks.alertmanager;

import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Tells receivers about the alerts of one tenant. Alerts come in process from the rules ({@link
 * #store} inside their transaction, then {@link #announce}) or over the API ({@link
 * AlertmanagerApi}). Thread-safe.
 */
public final class Alertmanager implements AutoCloseable {

  /** Ended notifications that are kept for the view of recent deliveries. */
  private static final int ENDED_MAX = 500;

  private static final Duration MAINTENANCE = Duration.ofMinutes(15);

  private final TenantId tenant;
  private final AlertmanagerConfig config;
  private final Parts parts;
  private final Dispatcher dispatcher;
  private final long startedNanos;
  private Timers.Timer maintenance = () -> {};

  /**
   * What notifications work with.
   *
   * @param executor runs what blocks: best one virtual thread for each task
   * @param random spreads the pauses between tries
   */
  public record Parts(
      State state,
      HttpTransport http,
      Clock clock,
      Timers timers,
      Executor executor,
      RandomGenerator random,
      PlatformMetrics metrics) {}

  /**
   * @param externalUrl where people reach the alerts, without a slash at its end
   */
  public Alertmanager(TenantId tenant, AlertmanagerConfig config, String externalUrl, Parts parts) {
    this.tenant = tenant;
    this.config = config;
    this.parts = parts;
    this.startedNanos = parts.clock.epochNanos();
    NotificationTemplates templates =
        new NotificationTemplates(config.templates(), parts.clock, externalUrl);
    this.dispatcher =
        new Dispatcher(
            tenant,
            config,
            integrations(config, templates, parts),
            new Deliveries.Tools(
                parts.state,
                parts.clock,
                parts.timers,
                parts.executor,
                parts.random,
                new NotificationMetrics(parts.metrics)));
  }

  private static List<GroupFlush.Integration> integrations(
      AlertmanagerConfig config, NotificationTemplates templates, Parts parts) {
    List<GroupFlush.Integration> all = new ArrayList<>();
    for (Integrations.Named each : Integrations.of(config)) {
      Sender sender =
          switch (each.integration()) {
            case AlertmanagerConfig.Webhook webhook ->
                new WebhookSender(webhook, templates, parts.http);
            case AlertmanagerConfig.Email email -> new EmailSender(email, templates, parts.clock);
          };
      all.add(
          new GroupFlush.Integration(
              new Deliveries.Target(
                  each.name(),
                  sender,
                  config.route().groupInterval(),
                  config.route().repeatInterval().multipliedBy(2)),
              each.integration().sendResolved()));
    }
    return all;
  }

  /**
   * Reads what {@link #start} takes over, and does nothing with it.
   *
   * @throws io.ghostworks.state.StateException if it cannot be read
   */
  public void check() {
    dispatcher.check();
  }

  /** Takes over alerts and undelivered notifications from the state and begins to tell. */
  public void start() {
    dispatcher.start();
    maintenance = parts.timers.every(MAINTENANCE, MAINTENANCE, this::maintain);
  }

  private void maintain() {
    parts.executor.execute(() ->
        parts.state.write(tables -> {
          tables.notificationLog().removeExpired(parts.clock.epochNanos());
          tables.outbox().trim(ENDED_MAX);
        }));
  }

  /** Stores alerts inside the caller's transaction; {@link #announce} must follow. */
  public void store(State.Tables tables, List<ReceivedAlerts.Row> alerts) {
    dispatcher.store(tables, alerts);
  }

  /** Takes alerts that {@link #store} has stored. */
  public void announce(List<ReceivedAlerts.Row> alerts) {
    dispatcher.accept(alerts);
  }

  /** The answers of Alertmanager's API. */
  public AlertmanagerApi api() {
    return new AlertmanagerApi(config, parts, dispatcher, startedNanos);
  }

  /** What was told lately. */
  public RecentNotifications notifications() {
    return new RecentNotifications(tenant, config, parts.state, dispatcher);
  }

  /** Stops telling; what is not delivered stays in the state. */
  @Override
  public void close() {
    maintenance.cancel();
    dispatcher.close();
  }
}
