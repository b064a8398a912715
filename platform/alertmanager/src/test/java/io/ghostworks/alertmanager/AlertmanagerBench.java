package io.ghostworks.alertmanager;

import io.ghostworks.alertmanager.api.AlertmanagerApi;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.AlertmanagerConfigReader;
import io.ghostworks.alertmanager.deliver.NotificationHistory;
import io.ghostworks.alertmanager.deliver.NotificationLimits;
import io.ghostworks.alertmanager.incident.Incidents;
import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.state.Outbox;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.SqliteState;
import io.ghostworks.state.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** An Alertmanager over simulated time, a real state and a receiver that can fail. */
final class AlertmanagerBench implements AutoCloseable {
  static final long START_MS = 1_700_000_000_000L;

  final SimulatedTime time = new SimulatedTime(START_MS);
  final List<HttpTransport.Request> requests = new ArrayList<>();

  /** "seconds since the start: status alert,alert". */
  final List<String> received = new ArrayList<>();

  /** What each host took. */
  final Map<String, List<String>> bodies = new HashMap<>();

  int status = 200;
  boolean unreachable;

  /** Hosts that cannot be reached. */
  final Set<String> down = new HashSet<>();

  /** Messages with this text get the status 500; "" for none. */
  String poison = "";

  /** Messages with this text get the status 413; "" for none. */
  String refused = "";

  RuntimeException broken;
  Runnable beforeStart = () -> {};
  Runnable afterPost = () -> {};
  final PlatformMetrics metrics = new PlatformMetrics();
  private final NotificationLimits limits;
  Predicate<Labels> silenced = labels -> false;
  private final Path directory;
  private final AlertmanagerConfig config;
  private State state;
  private Alertmanager alertmanager;

  AlertmanagerBench(Path directory, String config) {
    this(directory, config, NotificationLimits.DEFAULT);
  }

  AlertmanagerBench(Path directory, String config, NotificationLimits limits) {
    this.directory = directory;
    this.limits = limits;
    Findings findings = new Findings();
    this.config =
        AlertmanagerConfigReader.read(
            config,
            YamlReader.read("am.yml", config),
            Path.of("/nowhere"),
            MatcherSyntax.FALLBACK,
            findings);
    findings.throwIfNotServable();
    open();
  }

  void open() {
    state = SqliteState.open(directory);
    alertmanager =
        new Alertmanager(
            TenantId.DEFAULT,
            config,
            "http://ghost:3000/alertmanager",
            new Alertmanager.Parts(
                state,
                (request, settings) -> post(request),
                (labels, nowNanos) -> silenced.test(labels) ? List.of("s1") : List.of(),
                time,
                time,
                Runnable::run,
                new Random(1),
                metrics,
                limits));
    beforeStart.run();
    alertmanager.start();
  }

  void end() {
    alertmanager.close();
    state.close();
  }

  @Override
  public void close() {
    end();
  }

  private HttpTransport.Answer post(HttpTransport.Request request) throws IOException {
    requests.add(request);
    if (broken != null) {
      throw broken;
    }
    if (unreachable || down.contains(request.uri().getHost())) {
      throw new IOException("connection refused");
    }
    String body = new String(request.body(), StandardCharsets.UTF_8);
    if (!poison.isEmpty() && body.contains(poison)) {
      return new HttpTransport.Answer(500, "poisoned");
    }
    if (!refused.isEmpty() && body.contains(refused)) {
      return new HttpTransport.Answer(413, "too large");
    }
    if (status / 100 == 2) {
      received.add((time.epochMs() - START_MS) / 1000 + ": " + Webhooks.summary(body));
      bodies.computeIfAbsent(request.uri().getHost(), host -> new ArrayList<>()).add(body);
    }
    afterPost.run();
    return new HttpTransport.Answer(status, "busy");
  }

  /** Tells that an alert fires, as rules do: stored first, then announced. */
  void fire(String name, String... labels) {
    tell(name, 0, labels);
  }

  void resolve(String name, String... labels) {
    tell(name, time.epochNanos(), labels);
  }

  private void tell(String name, long resolvedNanos, String... labels) {
    Labels.Builder set = Labels.of(labels).toBuilder().set("alertname", name);
    long now = time.epochNanos();
    ReceivedAlerts.Row row =
        new ReceivedAlerts.Row(
            set.build(),
            Labels.of("summary", name + " is bad"),
            resolvedNanos == 0 ? now : now - 1,
            resolvedNanos == 0 ? now + Duration.ofHours(10).toNanos() : resolvedNanos,
            now,
            false,
            "http://ghost:3000/graph?g0.expr=up&g0.tab=1");
    state.write(tables -> alertmanager.store(tables, List.of(row)));
    alertmanager.announce(List.of(row));
  }

  void advance(long seconds) {
    time.advance(Duration.ofSeconds(seconds));
  }

  AlertmanagerApi api() {
    return alertmanager.api();
  }

  List<NotificationHistory.NotificationView> notifications(int rowsMax) {
    return history()
        .find(new NotificationHistory.Query(Outbox.Selection.ALL, List.of(), rowsMax))
        .notifications();
  }

  Incidents incidents() {
    return alertmanager.incidents();
  }

  NotificationHistory history() {
    return alertmanager.notifications();
  }

  State state() {
    return state;
  }
}
