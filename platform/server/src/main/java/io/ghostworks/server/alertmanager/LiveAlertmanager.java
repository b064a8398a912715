package io.ghostworks.server.alertmanager;

import io.ghostworks.alertmanager.Alertmanager;
import io.ghostworks.alertmanager.api.AlertmanagerApi;
import io.ghostworks.alertmanager.api.PostedAlerts;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.model.TenantId;
import io.ghostworks.rules.AlertSink;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifications of the {@code alertmanager.yml} that holds at the moment; without one nobody is
 * told. Another file takes over the alerts and what is not delivered yet from the state, as a start
 * does, and gathers the alerts in groups anew, as Alertmanager's own reload does. Thread-safe.
 *
 * <p>Alerts of clients are stored and announced under a lock that a replacement excludes. Those of
 * the rules need none, and the state's thread may not wait for one: whoever announces to the former
 * has stored before the next one reads the state.
 */
final class LiveAlertmanager implements AlertSink, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LiveAlertmanager.class);

  private final Function<AlertmanagerConfig, Alertmanager> maker;
  private final ReadWriteLock replacing = new ReentrantReadWriteLock();
  private volatile Optional<Alertmanager> current = Optional.empty();

  /** What {@link #current} was made of. */
  private Optional<AlertmanagerConfig> held = Optional.empty();

  /** Whether it took over all that the state has. */
  private boolean whole = true;

  LiveAlertmanager(Function<AlertmanagerConfig, Alertmanager> maker) {
    this.maker = maker;
  }

  /**
   * Tells alerts as another file says, or nobody; also the first time. A file that says what holds
   * already changes nothing.
   *
   * @throws io.ghostworks.state.StateException if the state cannot be read or written; then the
   *     former file holds on. Only where the state fails after a first reading succeeded, the
   *     former begins anew; if that fails too, it tells what comes from then on, and what was
   *     stored before once a later call succeeds
   */
  void replace(Optional<AlertmanagerConfig> config) {
    replacing.writeLock().lock();
    try {
      if (whole && config.equals(held)) {
        return;
      }
      Optional<Alertmanager> next = config.map(maker);
      next.ifPresent(Alertmanager::check);
      try {
        begin(next);
      } catch (RuntimeException e) {
        takeBack(e);
        throw e;
      }
      held = config;
      whole = true;
    } finally {
      replacing.writeLock().unlock();
    }
  }

  private void begin(Optional<Alertmanager> next) {
    Optional<Alertmanager> before = current;
    current = next; // what arrives from here on is the next one's, which tells once it is whole
    before.ifPresent(Alertmanager::close);
    next.ifPresent(before.isPresent() ? Alertmanager::takeOver : Alertmanager::start);
  }

  private void takeBack(RuntimeException cause) {
    try {
      whole = false;
      begin(held.map(maker));
      whole = true;
    } catch (RuntimeException e) {
      current.ifPresent(Alertmanager::startTelling);
      cause.addSuppressed(e);
      log.error("alerts stored before are told only after a reload that succeeds", e);
    }
  }

  @Override
  public void store(State.Tables tables, TenantId tenant, List<ReceivedAlerts.Row> alerts) {
    current.ifPresent(manager -> manager.store(tables, alerts));
  }

  @Override
  public void announce(TenantId tenant, List<ReceivedAlerts.Row> alerts) {
    current.ifPresent(manager -> manager.announce(alerts));
  }

  /**
   * Takes alerts of a client, as {@link AlertmanagerApi#post} does.
   *
   * @return what is wrong with them; empty if nobody is told
   */
  Optional<List<String>> post(List<PostedAlerts.Posted> alerts) {
    replacing.readLock().lock();
    try {
      return api().map(api -> api.post(alerts));
    } finally {
      replacing.readLock().unlock();
    }
  }

  /** To read; alerts are taken by {@link #post}. */
  Optional<AlertmanagerApi> api() {
    return current.map(Alertmanager::api);
  }

  /** The one that holds at the moment. */
  Alertmanager current() {
    return current.orElseThrow();
  }

  @Override
  public void close() {
    replacing.writeLock().lock();
    try {
      current.ifPresent(Alertmanager::close);
    } finally {
      replacing.writeLock().unlock();
    }
  }
}
