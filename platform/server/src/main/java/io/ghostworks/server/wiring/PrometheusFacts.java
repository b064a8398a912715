package io.ghostworks.server.wiring;

import io.ghostworks.config.DurationForm;
import io.ghostworks.model.TenantId;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.prometheus.ServerFacts;
import io.ghostworks.server.settings.Settings;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The process as Prometheus's API describes it.
 *
 * @param reload knows the files that hold
 */
record PrometheusFacts(
    TenantId operator,
    String version,
    EngineOptions promql,
    Settings settings,
    Path data,
    URI externalUrl,
    String hostname,
    long startedNanos,
    Clock clock,
    ConfigurationReload reload)
    implements ServerFacts {

  @Override
  public String configurationYaml() {
    return reload.yaml();
  }

  @Override
  public List<String> alertmanagers() {
    return reload.alertmanagers();
  }

  @Override
  public SortedMap<String, String> flags() {
    SortedMap<String, String> flags = new TreeMap<>();
    flags.put("config.file", settings.files().prometheus().map(Path::toString).orElse(""));
    flags.put("query.lookback-delta", duration(Duration.ofMillis(promql.lookbackMs())));
    flags.put("query.max-samples", Long.toString(promql.samplesMax()));
    flags.put("query.timeout", duration(settings.limits().queryTimeout()));
    flags.put("storage.tsdb.path", data.resolve("series").toString());
    flags.put("storage.tsdb.retention.time", retention());
    flags.put("web.enable-admin-api", Boolean.toString(switches().admin()));
    flags.put("web.enable-lifecycle", Boolean.toString(switches().lifecycle()));
    flags.put("web.enable-otlp-receiver", "true");
    flags.put("web.enable-remote-write-receiver", "true");
    flags.put("web.external-url", externalUrl.toString());
    return flags;
  }

  private String retention() {
    return duration(settings.retention().metrics().policy().standard().raw());
  }

  private static String duration(Duration duration) {
    return DurationForm.PROMETHEUS.format(duration);
  }

  @Override
  public Switches switches() {
    return new Switches(
        settings.listen().lifecycleApi(),
        settings.listen().adminApi(),
        settings.ingest().typeAndUnitLabels(),
        settings.ingest().startZeros());
  }

  @Override
  public RuntimeFacts runtime() {
    long heapBytesMax = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax();
    return new RuntimeFacts(
        startedNanos,
        clock.epochNanos(),
        Path.of("").toAbsolutePath().toString(),
        hostname,
        reload.hasSucceeded(),
        reload.loadedMs(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        ManagementFactory.getOperatingSystemMXBean().getAvailableProcessors(),
        heapBytesMax,
        retention());
  }
}
