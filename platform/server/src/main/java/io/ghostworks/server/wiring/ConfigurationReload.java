package io.ghostworks.server.wiring;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import io.ghostworks.scrape.prometheusfile.PrometheusFileText;
import io.ghostworks.server.files.ConfigurationFiles;
import io.ghostworks.server.prometheus.Lifecycle;
import io.ghostworks.server.prometheus.Notifications;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all configuration files anew while the platform runs: what is scraped and evaluated, who is
 * told, the labels of what leaves, limits, dashboards, names of OTLP metrics. A mistake in any file
 * leaves everything as it was, and what a reload did that fails on its way is taken back; what
 * counts from the next start only is named. Thread-safe.
 */
final class ConfigurationReload implements Lifecycle.Reload {

  private static final Logger log = LoggerFactory.getLogger(ConfigurationReload.class);

  /** Lets files take effect. */
  interface Application {
    /**
     * @throws Exception if it cannot; then a part may have taken effect
     */
    void apply(ReadConfiguration anew) throws Exception;

    /**
     * Lets the files that held before take effect again, after {@link #apply} has failed.
     *
     * @throws Exception if it cannot wholly
     */
    void takeBack(ReadConfiguration former) throws Exception;
  }

  /** What holds, and since when. */
  private record Loaded(ReadConfiguration read, long epochMs, List<String> restartNeeds) {}

  private final ReadConfiguration started;
  private final Supplier<ReadConfiguration> reader;
  private final Application application;
  private final Notifications notifications;
  private final Clock clock;
  private volatile Loaded loaded;
  private volatile boolean succeeded = true;

  /**
   * @param started what holds already
   * @param reader reads all anew; throws mistakes
   */
  ConfigurationReload(
      ReadConfiguration started,
      Supplier<ReadConfiguration> reader,
      Application application,
      Notifications notifications,
      Clock clock,
      PlatformMetrics metrics) {
    this.started = started;
    this.reader = reader;
    this.application = application;
    this.notifications = notifications;
    this.clock = clock;
    this.loaded = new Loaded(started, clock.epochMs(), List.of());
    metrics.gauge(
        "prometheus_config_last_reload_successful",
        "Whether the last reload of the configuration succeeded.",
        Labels.EMPTY,
        () -> succeeded ? 1 : 0);
    metrics.gauge(
        "prometheus_config_last_reload_success_timestamp_seconds",
        "When the configuration was last read.",
        Labels.EMPTY,
        () -> loaded.epochMs / 1e3);
  }

  @Override
  public synchronized List<String> reload() throws Failure {
    try {
      ReadConfiguration anew = reader.get();
      apply(anew);
      List<String> restartNeeds = RestartNeeds.of(started, anew);
      loaded = new Loaded(anew, clock.epochMs(), restartNeeds);
      succeeded = true;
      notifications.end(Notifications.RELOAD_FAILED);
      log.info("the configuration was read anew");
      restartNeeds.forEach(need -> log.warn("{}", need));
      return restartNeeds;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(e);
    } catch (Exception e) {
      throw failed(e);
    }
  }

  private void apply(ReadConfiguration anew) throws Exception {
    try {
      application.apply(anew);
    } catch (Exception e) {
      takeBack(e);
      throw e;
    }
  }

  private void takeBack(Exception cause) {
    try {
      application.takeBack(loaded.read);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cause.addSuppressed(e);
    } catch (Exception e) {
      cause.addSuppressed(e);
      log.error("a part of what held before the failed reload could not be taken back", e);
    }
  }

  private Failure failed(Exception e) {
    succeeded = false;
    notifications.begin(Notifications.RELOAD_FAILED);
    log.error("the configuration was not read anew; what held before holds on: {}", e.getMessage());
    return new Failure(String.valueOf(e.getMessage()), e);
  }

  /** What changed since the start and counts from the next one only. */
  List<String> restartNeeds() {
    return loaded.restartNeeds;
  }

  /** The files that hold. */
  ConfigurationFiles files() {
    return loaded.read.files();
  }

  /** The prometheus.yml that holds as YAML; "" if there is none. */
  String yaml() {
    return files().prometheus().map(PrometheusFileText::of).orElse("");
  }

  /** Where the prometheus.yml that holds sends alerts, as Prometheus shows it. */
  List<String> alertmanagers() {
    return files().prometheus().map(PrometheusFile::alertmanagers).orElse(List.of()).stream()
        .flatMap(targets ->
            targets.addresses().stream()
                .map(address ->
                    "%s://%s%s/api/v2/alerts"
                        .formatted(
                            targets.scheme(), address, targets.pathPrefix().replaceAll("/+$", ""))))
        .toList();
  }

  /** The labels of all that leaves. */
  Labels externalLabels() {
    return files()
        .prometheus()
        .map(PrometheusFile::global)
        .map(global -> global.externalLabels())
        .orElse(Labels.EMPTY);
  }

  long loadedMs() {
    return loaded.epochMs;
  }

  boolean hasSucceeded() {
    return succeeded;
  }
}
