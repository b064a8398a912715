package io.ghostworks.server.wiring;

import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.alertmanager.notify.OutboundTransport;
import io.ghostworks.collector.generator.GeneratedOutput;
import io.ghostworks.config.ConfigException;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.SystemTimers;
import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import io.ghostworks.scrape.prometheusfile.StorageSettings;
import io.ghostworks.server.access.AccessPolicy;
import io.ghostworks.server.access.Tokens;
import io.ghostworks.server.alerts.Heartbeat;
import io.ghostworks.server.alerts.HeartbeatAlarm;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.prometheus.Lifecycle;
import io.ghostworks.server.prometheus.QueryLog;
import io.ghostworks.server.self.SelfMetrics;
import io.ghostworks.server.self.SelfObservation;
import io.ghostworks.server.self.SelfTraces;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.status.IngestTotals;
import io.ghostworks.state.SqliteState;
import io.ghostworks.state.State;
import io.ghostworks.storage.directory.DataDirectory;
import io.ghostworks.storage.directory.DataDirectoryException;
import io.ghostworks.storage.file.DiskFileSystem;
import io.ghostworks.wire.http.HostMap;
import io.ghostworks.wire.http.OutboundHttp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running platform: everything constructed, connected and started, and closed in the reverse
 * order.
 */
public final class Platform implements AutoCloseable {

  /** The version of this build. */
  public static final String VERSION = "0.1.0-SNAPSHOT";

  private static final Logger log = LoggerFactory.getLogger(Platform.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration INGEST_TOTALS_PERIOD = Duration.ofSeconds(5);

  /** The stored series of one tenant's spans are read at a time. */
  private static final long GENERATED_BYTES = 8 << 20;

  private final Closing closing;
  private final Interfaces interfaces;
  private final ConfigurationReload reloading;
  private final CountDownLatch quit;

  private Platform(
      Closing closing, Interfaces interfaces, ConfigurationReload reloading, CountDownLatch quit) {
    this.closing = closing;
    this.interfaces = interfaces;
    this.reloading = reloading;
    this.quit = quit;
  }

  /**
   * Starts the platform and returns when it is ready.
   *
   * @throws StartException if its operator has to mend something first
   * @throws ConfigException if a file says something that cannot be served
   */
  public static Platform start(ServeOptions options) {
    Installation installation = Installation.read(options);
    Closing closing = new Closing();
    try {
      return start(installation, closing);
    } catch (IOException e) {
      closing.close();
      throw new StartException(
          "the data directory %s cannot be used: %s".formatted(options.data(), e.getMessage()), e);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static Platform start(Installation installation, Closing closing) throws IOException {
    Path data = installation.data();
    openDirectory(data, closing);
    Tokens tokens = Tokens.open(data, new SecureRandom());
    Clock clock = Clock.system();
    SystemTimers timers = closing.add(new SystemTimers("timers"));
    Foundation foundation = Foundation.of(installation, clock, timers);
    Stores stores = closing.add(stores(foundation));
    HostMap hosts = new HostMap(installation.settings().hosts());
    OutboundHttp http = closing.add(new OutboundHttp(hosts, CONNECT_TIMEOUT, null));
    State state = closing.add(SqliteState.open(data));
    Collection collection = closing.add(collection(foundation, stores, state, http));
    Generators generators = closing.add(generators(foundation, stores, state, collection));
    Querying querying = closing.add(querying(foundation));
    openQueryLog(foundation, closing);
    HttpTransport notifying = closing.add(new OutboundTransport(hosts, clock));
    Alerting alerting = closing.add(alerting(foundation, stores, state, notifying, querying));
    Heartbeat heartbeat = closing.add(heartbeat(foundation, state, alerting, http));
    Scraping scraping = closing.add(Scraping.of(foundation, stores, collection));
    ConfigurationReload reload = reload(foundation, scraping, alerting, heartbeat, collection);
    SelfTraces selfTraces = new SelfTraces(new SecureRandom()::nextLong, Installation.instance());
    CountDownLatch quit = new CountDownLatch(1);
    Interfaces interfaces =
        closing.add(
            Interfaces.start(
                foundation,
                new Interfaces.Parts(
                    stores,
                    state,
                    collection,
                    alerting,
                    heartbeat,
                    scraping,
                    querying,
                    reload,
                    access(installation, tokens),
                    selfTraces,
                    ingestTotals(foundation),
                    quit::countDown)));
    RunFile.write(data, interfaces.addresses());
    closing.add(() -> RunFile.delete(data));
    stores.open(() -> Math.min(collection.graph().readThrough(), generators.readThrough()));
    collection.startExports(stores);
    generators.start(stores);
    scraping.start();
    closing.add(selfObservation(foundation, stores, selfTraces)).start();
    foundation.readiness().setReady();
    heartbeat.replace(installation.settings().heartbeat());
    sayReady(installation);
    return new Platform(closing, interfaces, reload, quit);
  }

  private static void openDirectory(Path data, Closing closing) throws IOException {
    try {
      closing.add(DataDirectory.open(new DiskFileSystem(), data, ProcessHandle.current().pid()));
    } catch (DataDirectoryException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static AccessPolicy access(Installation installation, Tokens tokens) {
    return new AccessPolicy(
        tokens,
        installation.operator(),
        installation.settings().listen().origins(),
        installation.options().reachableFromOutside());
  }

  private static Stores stores(Foundation foundation) throws IOException {
    Installation installation = foundation.installation();
    return new Stores(
        new Stores.Parts(
            new DiskFileSystem(),
            installation.data(),
            installation.settings(),
            foundation.limits(),
            foundation.limits()::logs,
            foundation.limits()::spans,
            foundation.limits()::logFields,
            installation
                .files()
                .prometheus()
                .map(PrometheusFile::storage)
                .orElse(StorageSettings.NONE),
            foundation.clock(),
            foundation.timers(),
            foundation.ledger(),
            installation.memory(),
            foundation.metrics()));
  }

  private static Collection collection(
      Foundation foundation, Stores stores, State state, OutboundHttp http) {
    Installation installation = foundation.installation();
    return Collection.start(
        installation.files(),
        installation.settings(),
        installation.options(),
        new Collection.Parts(
            stores,
            foundation.limits()::logStreams,
            new StoredPositions(state),
            http,
            foundation.clock(),
            foundation.timers(),
            foundation.metrics()));
  }

  private static Generators generators(
      Foundation foundation, Stores stores, State state, Collection collection) {
    return new Generators(
        new Generators.Parts(
            foundation.installation().settings().metricsGenerator()::of,
            collection.graph().connectors(),
            new GeneratedOutput.Series(
                stores.scrapes(),
                new GeneratedSeries(
                    stores.series(),
                    foundation.clock(),
                    foundation.ledger().open("series/generated", GENERATED_BYTES))),
            new StoredPositions(state),
            foundation
                .ledger()
                .open("metrics generator", foundation.installation().memory().generatorBytes()),
            foundation.clock(),
            foundation.timers(),
            foundation.metrics()));
  }

  private static Querying querying(Foundation foundation) throws IOException {
    Installation installation = foundation.installation();
    return Querying.open(
        installation.data(),
        installation.settings(),
        foundation.ledger().open("queries", installation.memory().queriesBytes()),
        foundation.clock(),
        foundation.timers(),
        foundation.metrics());
  }

  private static IngestTotals ingestTotals(Foundation foundation) {
    IngestTotals totals = new IngestTotals(foundation.metrics(), foundation.clock());
    foundation.timers().every(INGEST_TOTALS_PERIOD, INGEST_TOTALS_PERIOD, totals::read);
    return totals;
  }

  private static void openQueryLog(Foundation foundation, Closing closing) {
    QueryLog queryLog = closing.add(foundation.queryLog());
    try (QueryLog.Opened opened =
        queryLog.open(
            foundation.installation().files().prometheus().flatMap(PrometheusFile::queryLogFile))) {
      opened.use();
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Alerting alerting(
      Foundation foundation,
      Stores stores,
      State state,
      HttpTransport notifying,
      Querying querying) {
    Installation installation = foundation.installation();
    MemoryBudget ruleMemory = foundation.ledger().open("rules", installation.memory().rulesBytes());
    return Alerting.start(
        installation.files(),
        new Alerting.Parts(
            state,
            installation.operator(),
            stores,
            foundation.limits(),
            installation.engineOptions(),
            querying.running(),
            foundation.queryLog(),
            ruleMemory,
            notifying,
            foundation.clock(),
            foundation.timers(),
            foundation.metrics(),
            installation.settings().limits().notifications(),
            installation.externalUrl()));
  }

  /** Beats while the state can be read, which alerts are told from. */
  private static Heartbeat heartbeat(
      Foundation foundation, State state, Alerting alerting, OutboundHttp http) {
    Installation installation = foundation.installation();
    return new Heartbeat(
        new Heartbeat.Identity(
            Installation.instance(), installation.externalUrl().toString(), VERSION),
        new Heartbeat.Parts(
            call -> http.send(call).status(),
            () -> state.transaction(t -> t.outbox().find(installation.operator(), 0)),
            new HeartbeatAlarm(
                posted -> alerting.alertmanagers().post(installation.operator(), posted),
                foundation.clock()),
            foundation.clock(),
            foundation.timers(),
            task -> Thread.ofVirtual().name("heartbeat").start(task),
            foundation.metrics()));
  }

  private static ConfigurationReload reload(
      Foundation foundation,
      Scraping scraping,
      Alerting alerting,
      Heartbeat heartbeat,
      Collection collection) {
    Installation installation = foundation.installation();
    return new ConfigurationReload(
        installation.configuration(),
        installation::readAnew,
        new ReloadedParts(foundation, scraping, alerting, heartbeat, collection),
        foundation.notifications(),
        foundation.clock(),
        foundation.metrics());
  }

  private static SelfObservation selfObservation(
      Foundation foundation, Stores stores, SelfTraces selfTraces) {
    String instance = Installation.instance();
    return new SelfObservation(
        foundation.installation().operator(),
        foundation.clock(),
        foundation.timers(),
        new SelfMetrics(foundation.metrics(), instance),
        selfTraces,
        instance,
        new SelfObservation.Sinks(
            stores.scrapes(),
            stores.records().logSinkRidingAlong(),
            stores.records().spanSinkRidingAlong()));
  }

  private static void sayReady(Installation installation) {
    if (installation.options().plaintextBeyondLoopback()) {
      log.warn(
          "INSECURE: tokens and telemetry cross the network unencrypted (--insecure-plaintext)");
    }
    log.info("ready: web at {}", installation.externalUrl());
  }

  /** Reads all configuration files anew; a mistake is logged and leaves all as it is. */
  public void reload() {
    try {
      var _ = reloading.reload();
    } catch (Lifecycle.Reload.Failure e) {
      log.debug("the reload failed, which has been logged", e);
    }
  }

  /** Waits until somebody has asked for the end over HTTP. */
  public void awaitQuit() throws InterruptedException {
    quit.await();
  }

  /** The routes of all listeners. */
  Routes routes() {
    return interfaces.routes();
  }

  /** Where a listener listens. */
  public InetSocketAddress address(ListenerName name) {
    InetSocketAddress address = interfaces.addresses().get(name);
    if (address == null) {
      throw new IllegalArgumentException("the listener '%s' is not bound".formatted(name.word()));
    }
    return address;
  }

  @Override
  public void close() {
    closing.close();
  }
}
