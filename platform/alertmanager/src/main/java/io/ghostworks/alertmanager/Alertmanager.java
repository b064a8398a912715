package io.ghostworks.alertmanager;

import io.ghostworks.alertmanager.api.AlertFilter;
import io.ghostworks.alertmanager.api.AlertmanagerApi;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.Integrations;
import io.ghostworks.alertmanager.config.Route;
import io.ghostworks.alertmanager.deliver.Deliveries;
import io.ghostworks.alertmanager.deliver.NotificationHistory;
import io.ghostworks.alertmanager.deliver.NotificationLimits;
import io.ghostworks.alertmanager.deliver.NotificationMetrics;
import io.ghostworks.alertmanager.deliver.QueueViews;
import io.ghostworks.alertmanager.dispatch.DispatchMetrics;
import io.ghostworks.alertmanager.dispatch.Dispatcher;
import io.ghostworks.alertmanager.dispatch.IntegrationTarget;
import io.ghostworks.alertmanager.dispatch.Muting;
import io.ghostworks.alertmanager.dispatch.Silencer;
import io.ghostworks.alertmanager.incident.IncidentRecorder;
import io.ghostworks.alertmanager.incident.Incidents;
import io.ghostworks.alertmanager.inhibit.Inhibitor;
import io.ghostworks.alertmanager.interval.Intervals;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.MeasuredSender;
import io.ghostworks.alertmanager.notify.NotificationTemplates;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.alertmanager.trial.Trials;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Tells receivers about the alerts of one tenant. Alerts come in process from the rules ({@link
 * #store} inside their transaction, then {@link #announce}) or over the API ({@link
 * AlertmanagerApi}). Thread-safe.
 */
public final class Alertmanager implements AutoCloseable {

  /** The least time that a try has, however short the group interval. */
  private static final Duration TIMEOUT_MIN = Duration.ofSeconds(10);

  private static final Duration MAINTENANCE = Duration.ofMinutes(15);

  private final TenantId tenant;
  private final AlertmanagerConfig config;
  private final Parts parts;
  private final String externalUrl;
  private final Deliveries deliveries;
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
      Silencer silencer,
      Clock clock,
      Timers timers,
      Executor executor,
      RandomGenerator random,
      PlatformMetrics metrics,
      NotificationLimits limits) {}

  /**
   * @param externalUrl where people reach the alerts, without a slash at its end
   */
  public Alertmanager(TenantId tenant, AlertmanagerConfig config, String externalUrl, Parts parts) {
    this.tenant = tenant;
    this.config = config;
    this.parts = parts;
    this.externalUrl = externalUrl;
    this.startedNanos = parts.clock.epochNanos();
    NotificationTemplates templates =
        new NotificationTemplates(config.templates(), parts.clock, externalUrl);
    Deliveries.Tools tools =
        new Deliveries.Tools(
            parts.state,
            parts.clock,
            parts.timers,
            parts.executor,
            parts.random,
            new NotificationMetrics(parts.metrics),
            parts.limits);
    IncidentRecorder recorder = new IncidentRecorder(tenant);
    this.deliveries = new Deliveries(tenant, tools, recorder);
    this.dispatcher =
        new Dispatcher(
            tenant,
            config,
            new Dispatcher.Parts(
                targets(config, new SenderParts(templates, parts.http, parts.clock), parts.metrics),
                templates,
                muting(config),
                tools,
                deliveries,
                recorder,
                new DispatchMetrics(parts.metrics, tenant)));
  }

  private Muting muting(AlertmanagerConfig given) {
    return new Muting(
        new Inhibitor(given.inhibitRules()),
        new Intervals(given.timeIntervals()),
        parts.silencer,
        new DispatchMetrics(parts.metrics, tenant));
  }

  private static Sender measured(
      Integration integration, SenderParts parts, PlatformMetrics metrics) {
    return new MeasuredSender(
        integration.kind(), integration.sender(parts), metrics, parts.clock());
  }

  /** An integration has one sender, whatever routes tell it. */
  private static Function<Route, List<IntegrationTarget>> targets(
      AlertmanagerConfig config, SenderParts parts, PlatformMetrics metrics) {
    Map<String, List<Integrations.Named>> named = new HashMap<>();
    Map<String, Sender> senders = new HashMap<>();
    for (AlertmanagerConfig.Receiver receiver : config.usedReceivers()) {
      List<Integrations.Named> integrations = Integrations.of(receiver);
      named.put(receiver.name(), integrations);
      integrations.forEach(
          each -> senders.put(each.name(), measured(each.integration(), parts, metrics)));
    }
    IdentityHashMap<Route, List<IntegrationTarget>> targets = new IdentityHashMap<>();
    config
        .route()
        .walk(route ->
            targets.put(
                route,
                named.getOrDefault(route.options().receiver(), List.of()).stream()
                    .map(each ->
                        target(each, Objects.requireNonNull(senders.get(each.name())), route))
                    .toList()));
    return route -> targets.getOrDefault(route, List.of());
  }

  private static IntegrationTarget target(Integrations.Named named, Sender sender, Route route) {
    Duration interval = route.options().groupInterval();
    return new IntegrationTarget(
        new Deliveries.Target(
            named.name(),
            sender,
            interval.compareTo(TIMEOUT_MIN) < 0 ? TIMEOUT_MIN : interval,
            route.options().repeatInterval().multipliedBy(2),
            named.integration().stateful(),
            named.integration().alertsMax()),
        named.integration().sendResolved());
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
    start(true);
  }

  /**
   * As {@link #start}, in the place of another one that took alerts until now.
   *
   * @throws io.ghostworks.state.StateException if the state cannot be read or written
   */
  public void takeOver() {
    start(false);
  }

  /** Tells what comes from here on, where taking over failed. */
  public void startTelling() {
    dispatcher.startTelling();
  }

  private void start(boolean afterPause) {
    new DispatchMetrics(parts.metrics, tenant)
        .configured(
            config.usedReceivers().size(),
            Integrations.of(config).size(),
            config.inhibitRules().size());
    dispatcher.start(afterPause);
    maintenance = parts.timers.every(MAINTENANCE, MAINTENANCE, this::maintain);
  }

  private void maintain() {
    parts.executor.execute(() ->
        parts.state.write(tables -> {
          tables.notificationLog().removeExpired(parts.clock.epochNanos());
          incidents().trim(tables);
          tables
              .outbox()
              .trim(
                  tenant,
                  Deliveries.HISTORY_MAX,
                  parts.clock.epochNanos() - Deliveries.HISTORY_AGE.toNanos());
        }));
    parts.executor.execute(dispatcher::collect);
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
    return new AlertmanagerApi(config, parts.clock, dispatcher, startedNanos);
  }

  /** What holds. */
  public AlertmanagerConfig config() {
    return config;
  }

  /** The alerts that are known. */
  public List<ReceivedAlerts.Row> alerts() {
    return dispatcher.alerts();
  }

  /** To try notifications out; nothing of it is stored. */
  public Trials trials() {
    return new Trials(config, new Trials.Parts(parts.http, parts.clock, externalUrl));
  }

  /**
   * The alerts that matchers take, as a notification would tell of them.
   *
   * @param matchers as the parameter {@code filter} of the API
   * @throws IllegalArgumentException if one is no matcher
   */
  public List<ReceivedAlerts.Row> alerts(List<String> matchers) {
    AlertFilter filter = AlertFilter.of(Map.of("filter", matchers), config.syntax());
    long now = parts.clock.epochNanos();
    return dispatcher.alerts().stream()
        .filter(alert -> filter.takesAlert(alert.labels()))
        .map(alert -> alert.endsAtNanos() > now ? withoutEnd(alert) : alert)
        .toList();
  }

  private static ReceivedAlerts.Row withoutEnd(ReceivedAlerts.Row alert) {
    return new ReceivedAlerts.Row(
        alert.labels(),
        alert.annotations(),
        alert.startsAtNanos(),
        0,
        alert.updatedAtNanos(),
        alert.timeout(),
        alert.generatorUrl());
  }

  /** What was told lately. */
  public NotificationHistory notifications() {
    return new NotificationHistory(tenant, config, parts.state, deliveries, externalUrl);
  }

  /** How the queue of each integration stands. */
  public QueueViews.Queues queues() {
    return QueueViews.of(config, deliveries);
  }

  /** What has happened to groups of alerts, and what people did about it. */
  public Incidents incidents() {
    return new Incidents(tenant, parts.state, parts.clock, externalUrl);
  }

  /** Stops telling; what is not delivered stays in the state. */
  @Override
  public void close() {
    maintenance.cancel();
    dispatcher.close();
    deliveries.close();
  }
}
