package io.ghostworks.server.alertmanager;

import io.ghostworks.alertmanager.Alertmanager;
import io.ghostworks.alertmanager.alert.Fingerprint;
import io.ghostworks.alertmanager.api.AlertmanagerApi;
import io.ghostworks.alertmanager.api.PostedAlerts;
import io.ghostworks.alertmanager.api.SilencesApi;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.SecretMask;
import io.ghostworks.alertmanager.deliver.NotificationHistory;
import io.ghostworks.alertmanager.deliver.QueueViews;
import io.ghostworks.alertmanager.incident.Incidents;
import io.ghostworks.alertmanager.silence.Silence;
import io.ghostworks.alertmanager.silence.SilenceLimits;
import io.ghostworks.alertmanager.silence.SilenceState;
import io.ghostworks.alertmanager.silence.Silences;
import io.ghostworks.alertmanager.trial.Trials;
import io.ghostworks.alertmanager.why.Explanation;
import io.ghostworks.alertmanager.why.RoutingView;
import io.ghostworks.alertmanager.why.Why;
import io.ghostworks.config.ConfigException;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.rules.AlertSink;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.state.AlertmanagerConfigurations;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Alertmanagers of all tenants, each with its own alerts, silences and configuration. The
 * operator's follows {@code alertmanager.yml}; another tenant's the configuration that it has
 * stored. Without one its alerts are kept and shown, and nobody is told. Thread-safe.
 */
public final class TenantAlertmanagers implements AlertSink, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TenantAlertmanagers.class);

  /** Tenants that have alerts, silences or a configuration. */
  private static final int TENANTS_MAX = 1_000;

  /** A time that is not longer ago is asked about as now. */
  private static final Duration NOW = Duration.ofMinutes(1);

  private static final Duration MAINTENANCE = Duration.ofMinutes(15);

  private final TenantId operator;
  private final Maker maker;
  private final Parts parts;
  private final Map<TenantId, Held> held = new ConcurrentHashMap<>();
  private Timers.Timer maintenance = () -> {};

  /** Makes the Alertmanager of a tenant. */
  @FunctionalInterface
  public interface Maker {
    Alertmanager make(TenantId tenant, AlertmanagerConfig config, Silences silences);
  }

  /**
   * What silences and configurations are kept with.
   *
   * @param executor runs what blocks
   */
  public record Parts(
      State state,
      Clock clock,
      Timers timers,
      Executor executor,
      RandomGenerator random,
      PlatformMetrics metrics) {}

  private record Held(Silences silences, LiveAlertmanager alertmanager) {}

  public TenantAlertmanagers(TenantId operator, Maker maker, Parts parts) {
    this.operator = operator;
    this.maker = maker;
    this.parts = parts;
  }

  /**
   * Takes over what is stored of all tenants.
   *
   * @param operators the operator's configuration; empty if no file is named
   * @throws io.ghostworks.state.StateException if the state cannot be read or written
   */
  public void start(Optional<AlertmanagerConfig> operators) {
    Set<TenantId> tenants = new TreeSet<>();
    parts.state.write(tables -> {
      tenants.addAll(tables.receivedAlerts().tenants());
      tenants.addAll(tables.silences().tenants());
      tenants.addAll(tables.alertmanagerConfigurations().tenants());
    });
    tenants.remove(operator);
    held.put(operator, made(operator, operators.orElseGet(TenantConfiguration::nobody)));
    tenants.forEach(tenant -> held.put(tenant, made(tenant, stored(tenant))));
    for (SilenceState state : SilenceState.values()) {
      parts.metrics.gauge(
          "alertmanager_silences",
          "How many silences of the operator there are by state.",
          Labels.of("state", state.word()),
          () -> of(operator).silences.counts().getOrDefault(state, 0));
    }
    maintenance =
        parts.timers.every(
            MAINTENANCE,
            MAINTENANCE,
            () -> parts.executor.execute(() -> held.values().forEach(h -> h.silences.maintain())));
  }

  private AlertmanagerConfig stored(TenantId tenant) {
    Optional<AlertmanagerConfigurations.Row> row =
        parts.state.transaction(tables -> tables.alertmanagerConfigurations().current(tenant));
    try {
      return row.map(TenantConfiguration::of)
          .map(TenantConfiguration::config)
          .orElseGet(TenantConfiguration::nobody);
    } catch (ConfigException e) {
      log.error(
          "nobody is told about alerts of the tenant {}: its stored configuration is refused: {}",
          tenant,
          e.getMessage());
      return TenantConfiguration.nobody();
    }
  }

  private Held made(TenantId tenant, AlertmanagerConfig config) {
    Silences silences =
        new Silences(tenant, parts.state, parts.clock, parts.random, SilenceLimits.DEFAULT);
    silences.start();
    LiveAlertmanager alertmanager =
        new LiveAlertmanager(made -> maker.make(tenant, made, silences));
    alertmanager.replace(Optional.of(config));
    return new Held(silences, alertmanager);
  }

  private Held of(TenantId tenant) {
    Held known = held.get(tenant);
    if (known == null) {
      throw new IllegalStateException("the tenant '%s' has no Alertmanager".formatted(tenant));
    }
    return known;
  }

  /** The tenant's, made if it has none. Not for the state's thread. */
  private Held open(TenantId tenant) {
    Held known = held.get(tenant);
    if (known != null) {
      return known;
    }
    synchronized (held) {
      if (held.size() >= TENANTS_MAX && !held.containsKey(tenant)) {
        throw new OverloadedException(
            "%d tenants have alerts already: at most %d may".formatted(held.size(), TENANTS_MAX),
            MAINTENANCE);
      }
      return held.computeIfAbsent(tenant, t -> made(t, stored(t)));
    }
  }

  /** The operator's configuration has changed; see {@link LiveAlertmanager#replace}. */
  public void replace(Optional<AlertmanagerConfig> operators) {
    of(operator)
        .alertmanager
        .replace(Optional.of(operators.orElseGet(TenantConfiguration::nobody)));
  }

  /** Of a tenant without an Alertmanager the rows alone: {@link #announce} makes one from them. */
  @Override
  public void store(State.Tables tables, TenantId tenant, List<ReceivedAlerts.Row> alerts) {
    Held known = held.get(tenant);
    if (known == null) {
      alerts.forEach(alert -> tables.receivedAlerts().put(tenant, alert));
    } else {
      known.alertmanager.store(tables, tenant, alerts);
    }
  }

  @Override
  public void announce(TenantId tenant, List<ReceivedAlerts.Row> alerts) {
    open(tenant).alertmanager.announce(tenant, alerts);
  }

  /**
   * Takes alerts of a client, as {@link AlertmanagerApi#post} does.
   *
   * @return what is wrong with them
   * @throws OverloadedException if there is no room for them
   */
  public List<String> post(TenantId tenant, List<PostedAlerts.Posted> alerts) {
    return open(tenant).alertmanager.post(alerts).orElse(List.of());
  }

  /** To read a tenant's alerts; of a tenant that has none nothing is made. */
  public AlertmanagerApi api(TenantId tenant) {
    return find(tenant).api();
  }

  /** What was told to a tenant's receivers lately. */
  public NotificationHistory notifications(TenantId tenant) {
    return find(tenant).notifications();
  }

  /** How the queues of a tenant's receivers stand. */
  public QueueViews.Queues queues(TenantId tenant) {
    return find(tenant).queues();
  }

  /** The routes, inhibit rules and time intervals of a tenant, as they stand at a time. */
  RoutingView routing(TenantId tenant, long atNanos) {
    return RoutingView.of(find(tenant).config(), atNanos);
  }

  /** What has happened to a tenant's groups of alerts. */
  public Incidents incidents(TenantId tenant) {
    return find(tenant).incidents();
  }

  /** What says who is told of a tenant's alerts at the moment. */
  public AlertmanagerConfig config(TenantId tenant) {
    return find(tenant).config();
  }

  /** To try out notifications of a tenant. */
  public Trials trials(TenantId tenant) {
    return find(tenant).trials();
  }

  /** The tenant's alerts that matchers take, as a notification would tell of them. */
  public List<ReceivedAlerts.Row> alerts(TenantId tenant, List<String> matchers) {
    return find(tenant).alerts(matchers);
  }

  private Alertmanager find(TenantId tenant) {
    Held known = held.get(tenant);
    return known == null
        ? maker.make(tenant, TenantConfiguration.nobody(), noSilences(tenant))
        : known.alertmanager.current();
  }

  private Silences noSilences(TenantId tenant) {
    return new Silences(tenant, parts.state, parts.clock, parts.random, SilenceLimits.DEFAULT);
  }

  /** What happens to an alert with these labels at a time. */
  Explanation why(TenantId tenant, Labels labels, long atNanos) {
    Held known = held.get(tenant);
    Alertmanager alertmanager = find(tenant);
    List<String> notes = new ArrayList<>();
    List<ReceivedAlerts.Row> alerts = new ArrayList<>(alertmanager.alerts());
    if (atNanos < parts.clock.epochNanos() - NOW.toNanos()) {
      notes.add(
          "Routes, inhibit rules and intervals are those of the configuration that holds now.");
      PastAlerts.Found past = PastAlerts.at(parts.state, tenant, atNanos);
      alerts.addAll(past.alerts());
      notes.add(
          past.whole()
              ? "Other alerts are those of incidents that are kept; one that fired again since is"
                  + " known with its newest time."
              : "Inhibitions are those of some of the alerts only: too many fired then.");
    }
    Silences silences = known == null ? noSilences(tenant) : known.silences;
    if (atNanos < silences.keptSinceNanos()) {
      notes.add("Silences that ended more than 120 hours ago are forgotten.");
    }
    return new Why(alertmanager.config(), silences).ask(labels, atNanos, alerts, notes);
  }

  /** The labels of a known alert. */
  Optional<Labels> labels(TenantId tenant, String fingerprint) {
    return find(tenant).alerts().stream()
        .map(ReceivedAlerts.Row::labels)
        .filter(labels -> Fingerprint.of(labels).equals(fingerprint))
        .findFirst();
  }

  /** To read and end a tenant's silences. */
  public SilencesApi silences(TenantId tenant) {
    Held known = held.get(tenant);
    return new SilencesApi(known == null ? noSilences(tenant) : known.silences, parts.clock);
  }

  /** Whether a silence that is still known held for an alert at any time between two. */
  public boolean wasSilenced(TenantId tenant, Labels labels, long startNanos, long endNanos) {
    Held known = held.get(tenant);
    if (known == null) {
      return false;
    }
    Silences silences = known.silences;
    return !silences.silencingAt(labels, startNanos).isEmpty()
        || !silences.silencingAt(labels, endNanos).isEmpty()
        || silences.all().stream()
            .mapToLong(Silence::startsAtNanos)
            .filter(begin -> begin > startNanos && begin < endNanos)
            .anyMatch(begin -> !silences.silencingAt(labels, begin).isEmpty());
  }

  /** To make silences of a tenant. */
  public SilencesApi openSilences(TenantId tenant) {
    return new SilencesApi(open(tenant).silences, parts.clock);
  }

  /** Whether a tenant follows a file and stores no configuration. */
  boolean isOperator(TenantId tenant) {
    return tenant.equals(operator);
  }

  /** The configuration that a tenant has stored. */
  Optional<TenantConfiguration> configuration(TenantId tenant) {
    return parts
        .state
        .transaction(tables -> tables.alertmanagerConfigurations().current(tenant))
        .map(TenantConfiguration::of);
  }

  /** The versions of a tenant's configuration, newest first. */
  List<AlertmanagerConfigurations.Row> versions(TenantId tenant) {
    return parts.state.transaction(tables -> tables.alertmanagerConfigurations().versions(tenant));
  }

  /**
   * What a tenant has edited, as it would hold: with the secrets of what is stored where it has
   * only their places.
   *
   * @throws ConfigException if it is wrong, asks for what a tenant may not have, or a secret is not
   *     known
   */
  public AlertmanagerConfig draft(TenantId tenant, String text, Map<String, String> templates) {
    return whole(tenant, new TenantConfiguration(text, templates)).config();
  }

  /**
   * An edited configuration with the secrets of the stored one; the operator's are not given away.
   */
  TenantConfiguration whole(TenantId tenant, TenantConfiguration edited) {
    String stored = configuration(tenant).map(TenantConfiguration::text).orElse("");
    return new TenantConfiguration(SecretMask.restored(edited.text(), stored), edited.templates());
  }

  /** Stores a tenant's configuration, which holds when this returns. */
  void configure(TenantId tenant, TenantConfiguration configuration) {
    AlertmanagerConfig config = configuration.config();
    Held mine = open(tenant);
    synchronized (mine) {
      parts.state.write(tables -> configuration.store(tables, tenant, parts.clock.epochNanos()));
      mine.alertmanager.replace(Optional.of(config));
    }
  }

  /** Forgets a tenant's configuration: from now on nobody is told. */
  void unconfigure(TenantId tenant) {
    Held mine = held.get(tenant);
    if (mine == null) {
      return;
    }
    synchronized (mine) {
      parts.state.write(
          tables -> tables.alertmanagerConfigurations().delete(tenant, parts.clock.epochNanos()));
      mine.alertmanager.replace(Optional.of(TenantConfiguration.nobody()));
    }
  }

  @Override
  public void close() {
    maintenance.cancel();
    held.values().forEach(each -> each.alertmanager.close());
  }
}
