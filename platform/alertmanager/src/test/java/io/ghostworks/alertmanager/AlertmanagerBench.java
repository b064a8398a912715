package io.ghostworks.alertmanager;

import io.ghostworks.config.Findings;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.SqliteState;
import io.ghostworks.state.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An Alertmanager over simulated time, a real state and a receiver that can fail. */
final class AlertmanagerBench implements AutoCloseable {
  static final long START_MS = 1_700_000_000_000L;

  final SimulatedTime time = new SimulatedTime(START_MS);
  final List<HttpTransport.Request> requests = new ArrayList<>();

  /** "seconds since the start: status alert,alert". */
  final List<String> received = new ArrayList<>();

  int status = 200;
  boolean unreachable;
  RuntimeException broken;
  Runnable afterPost = () -> {};
  private final Path directory;
  private final AlertmanagerConfig config;
  private State state;
  private Alertmanager alertmanager;

  AlertmanagerBench(Path directory, String config) {
    this.directory = directory;
    Findings findings = new Findings();
    this.config = AlertmanagerConfigReaderTest.read(config, findings);
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
                this::post,
                time,
                time,
                Runnable::run,
                new Random(1),
                new PlatformMetrics()));
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
    if (unreachable) {
      throw new IOException("connection refused");
    }
    if (status / 100 == 2) {
      received.add(
          (time.epochMs() - START_MS) / 1000
              + ": "
              + Webhooks.summary(new String(request.body(), StandardCharsets.UTF_8)));
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

  List<RecentNotifications.NotificationView> notifications(int rowsMax) {
    return alertmanager.notifications().newest(rowsMax);
  }

  State state() {
    return state;
  }
}
