package io.ghostworks.server.wiring;

import com.linecorp.armeria.common.util.EventLoopGroups;
import io.ghostworks.query.QueryWorkers;
import io.ghostworks.server.access.AccessPolicy;
import io.ghostworks.server.alerts.Heartbeat;
import io.ghostworks.server.http.Listener;
import io.ghostworks.server.http.ListenerLimits;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Workers;
import io.ghostworks.server.self.RequestTelemetry;
import io.ghostworks.server.self.SelfTraces;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.Settings;
import io.ghostworks.server.status.IngestTotals;
import io.ghostworks.state.State;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** All that is answered over HTTP and gRPC, bound. */
final class Interfaces implements AutoCloseable {

  private static final Duration ANSWER_GRACE = Duration.ofSeconds(10);
  private static final int EVENT_LOOPS = 2;

  private final Routes routes;
  private final Map<ListenerName, InetSocketAddress> addresses;
  private final Closing closing;

  private Interfaces(
      Routes routes, Map<ListenerName, InetSocketAddress> addresses, Closing closing) {
    this.routes = routes;
    this.addresses = addresses;
    this.closing = closing;
  }

  /**
   * Whom requests reach.
   *
   * @param quit begins the end of the process
   */
  record Parts(
      Stores stores,
      State state,
      Collection collection,
      Alerting alerting,
      Heartbeat heartbeat,
      Scraping scraping,
      Querying querying,
      ConfigurationReload reload,
      AccessPolicy policy,
      SelfTraces selfTraces,
      IngestTotals totals,
      Runnable quit) {}

  /** Binds the listeners; what is not ready answers so. */
  static Interfaces start(Foundation foundation, Parts parts) {
    Closing closing = new Closing();
    try {
      return start(foundation, parts, closing);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static Interfaces start(Foundation foundation, Parts parts, Closing closing) {
    int processors = Runtime.getRuntime().availableProcessors();
    Settings settings = foundation.installation().settings();
    Workers workers = closing.add(new Workers(processors, settings.queries().concurrencyMax()));
    EventLoopGroup eventLoops = EventLoopGroups.newEventLoopGroup(EVENT_LOOPS, "http", true);
    closing.add(() -> eventLoops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly());
    QueryWorkers helpers = closing.add(new QueryWorkers(processors - 1));
    StatusEndpoint status = status(foundation, parts);
    Routes routes = new Routes();
    new ServedRoutes(foundation, parts, workers, helpers).addTo(routes, status);
    Listeners listeners =
        closing.add(
            Listeners.start(
                parts.collection().listenerNames(),
                routes,
                foundation.installation().options(),
                parts.collection().ports(settings),
                parts.collection().openDatagrams(),
                shared(foundation, parts, workers, eventLoops)));
    status.setListeners(listeners);
    return new Interfaces(routes, listeners.addresses(), closing);
  }

  private static Listener.Shared shared(
      Foundation foundation, Parts parts, Workers workers, EventLoopGroup eventLoops) {
    Installation installation = foundation.installation();
    MemoryPlan memory = installation.memory();
    return new Listener.Shared(
        parts.policy(),
        foundation.readiness(),
        workers,
        eventLoops,
        ListenerLimits.of(
            memory.requestBytesMax(),
            installation.settings().limits().queryTimeout().plus(ANSWER_GRACE)),
        foundation.ledger().open("requests", memory.requestsBytes()),
        installation.options().tls(),
        new RequestTelemetry(foundation.metrics(), parts.selfTraces()));
  }

  private static StatusEndpoint status(Foundation foundation, Parts parts) {
    Installation installation = foundation.installation();
    return new StatusEndpoint(
        new StatusEndpoint.Facts(
            Platform.VERSION,
            foundation.startedNanos(),
            installation.operator(),
            installation.data(),
            installation.settings(),
            parts.reload(),
            parts.stores(),
            parts.collection(),
            parts.totals(),
            parts.scraping().pools(),
            parts.querying().unfinished(),
            parts.heartbeat(),
            foundation.clock()));
  }

  /** The routes of all listeners. */
  Routes routes() {
    return routes;
  }

  /** Where each bound listener listens. */
  Map<ListenerName, InetSocketAddress> addresses() {
    return addresses;
  }

  /** Requests under way are answered before what answers them ends. */
  @Override
  public void close() {
    closing.close();
  }
}
