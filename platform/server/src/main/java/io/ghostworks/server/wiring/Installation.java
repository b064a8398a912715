package io.ghostworks.server.wiring;

import io.ghostworks.config.ConfigException;
import io.ghostworks.config.Findings;
import io.ghostworks.model.TenantId;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.server.files.ConfigurationFiles;
import io.ghostworks.server.self.CgroupLimits;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.Settings;
import io.ghostworks.server.settings.SettingsReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operator asks for, read and checked before anything is opened or bound.
 *
 * @param files as they were at the start; a reload reads them anew
 * @param memory how the heap is divided
 */
record Installation(
    ServeOptions options, Settings settings, ConfigurationFiles files, MemoryPlan memory) {

  private static final Logger log = LoggerFactory.getLogger(Installation.class);

  /**
   * @throws StartException if its operator has to mend something first
   * @throws ConfigException if a file says something that cannot be served
   */
  static Installation read(ServeOptions options) {
    ReadConfiguration read = readConfiguration(options);
    return new Installation(options, read.settings(), read.files(), planMemory(read.settings()));
  }

  private static MemoryPlan planMemory(Settings settings) {
    long heapBytes = MemoryPlan.heapBytesMax();
    MemoryPlan.checkFits(
        heapBytes, MemoryPlan.directBytesMax(), new CgroupLimits().memoryLimitBytes());
    MemoryPlan plan =
        MemoryPlan.of(heapBytes, settings.limits(), settings.promql().resultCacheBytes());
    if (plan.requestBytesMax() < settings.limits().requestBytesMax()) {
      log.warn(
          "requests may have {} bytes and not the {} of limits.request_bytes_max: the heap of {}"
              + " bytes has no room for larger ones",
          plan.requestBytesMax(),
          settings.limits().requestBytesMax(),
          heapBytes);
    }
    return plan;
  }

  /** Warnings, and what has no effect, are logged. */
  private static ReadConfiguration readConfiguration(ServeOptions options) {
    Findings findings = new Findings();
    Settings settings =
        options
            .config()
            .map(file -> SettingsReader.read(file, findings))
            .orElseGet(SettingsReader::defaults);
    findings.throwIfNotServable();
    ConfigurationFiles files = ConfigurationFiles.read(options.config(), settings, findings);
    findings.throwIfNotServable();
    findings.warnings().forEach(warning -> log.warn("{}", warning));
    findings.withoutEffect().forEach(request -> log.warn("{}", request));
    return new ReadConfiguration(settings, files);
  }

  /**
   * Reads all files anew, as they are now.
   *
   * @throws ConfigException if a file says something that cannot be served
   */
  ReadConfiguration readAnew() {
    return readConfiguration(options);
  }

  /** With which the process started. */
  ReadConfiguration configuration() {
    return new ReadConfiguration(settings, files);
  }

  TenantId operator() {
    return new TenantId(settings.tenants().operator());
  }

  /** The data directory, absolute. */
  Path data() {
    return options.data().toAbsolutePath().normalize();
  }

  /** As set, with what a subquery without a step takes from {@code prometheus.yml}, as there. */
  EngineOptions engineOptions() {
    EngineOptions set = settings.promql().engine();
    return files
        .prometheus()
        .map(file -> set.withSubqueryStepMs(file.global().evaluationInterval().toMillis()))
        .orElse(set);
  }

  /** Under which people and notifications reach the web listener. */
  URI externalUrl() {
    int port =
        settings
            .listen()
            .ports()
            .getOrDefault(ListenerName.WEB.word(), ListenerName.WEB.defaultPort());
    return options
        .externalUrl()
        .orElseGet(() ->
            URI.create(
                "%s://%s:%d"
                    .formatted(
                        options.tls().isPresent() ? "https" : "http",
                        options.loopbackOnly() ? "localhost" : instance(),
                        port + options.portOffset())));
  }

  /** This process among others: the machine's name. */
  static String instance() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine without a name of its own
    }
  }
}
