package io.ghostworks.server.wiring;

import io.ghostworks.alertmanager.Alertmanager;
import io.ghostworks.alertmanager.AlertmanagerApi;
import io.ghostworks.alertmanager.AlertmanagerConfig;
import io.ghostworks.alertmanager.RecentNotifications;
import io.ghostworks.model.TenantId;
import io.ghostworks.rules.AlertSink;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The notifications of the {@code alertmanager.yml} that holds at the moment; without one nobody is
 * told. Another file takes over the alerts and what is not delivered yet from the state, as a start
 * does, and gathers the alerts in groups anew, as Alertmanager's own reload does. Thread-safe.
 */
final class LiveAlertmanager implements AlertSink, AutoCloseable {

  private final Function<AlertmanagerConfig, Alertmanager> maker;
  private volatile Optional<Alertmanager> current = Optional.empty();

  LiveAlertmanager(Function<AlertmanagerConfig, Alertmanager> maker) {
    this.maker = maker;
  }

  /** Tells alerts as another file says, or nobody; also the first time. */
  synchronized void replace(Optional<AlertmanagerConfig> config) {
    Optional<Alertmanager> before = current;
    Optional<Alertmanager> next = config.map(maker);
    current = next; // what arrives from here on is the next one's
    before.ifPresent(Alertmanager::close);
    next.ifPresent(Alertmanager::start);
  }

  @Override
  public void store(State.Tables tables, TenantId tenant, List<ReceivedAlerts.Row> alerts) {
    current.ifPresent(manager -> manager.store(tables, alerts));
  }

  @Override
  public void announce(TenantId tenant, List<ReceivedAlerts.Row> alerts) {
    current.ifPresent(manager -> manager.announce(alerts));
  }

  Optional<AlertmanagerApi> api() {
    return current.map(Alertmanager::api);
  }

  Optional<RecentNotifications> notifications() {
    return current.map(Alertmanager::notifications);
  }

  @Override
  public synchronized void close() {
    current.ifPresent(Alertmanager::close);
  }
}
