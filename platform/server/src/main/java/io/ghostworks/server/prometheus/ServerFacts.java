package io.ghostworks.server.prometheus;

import io.ghostworks.model.TenantId;
import io.ghostworks.promql.eval.EngineOptions;
import java.util.List;
import java.util.SortedMap;

/** What the API says about the process; read at each request, as a reload changes it. */
public interface ServerFacts {

  /** Whose the configuration files are. */
  TenantId operator();

  /** Of this platform. */
  String version();

  /** The prometheus.yml that holds now, with defaults and without secrets. */
  String configurationYaml();

  /** Where the prometheus.yml that holds now sends alerts, as URLs. */
  List<String> alertmanagers();

  /** Settings by the names that Prometheus's command line has for them. */
  SortedMap<String, String> flags();

  EngineOptions promql();

  Switches switches();

  RuntimeFacts runtime();

  /**
   * What can be switched on.
   *
   * @param lifecycle reload and end by HTTP
   * @param admin deletion and snapshots by HTTP
   */
  record Switches(
      boolean lifecycle, boolean admin, boolean typeAndUnitLabels, boolean startZeros) {}

  /**
   * The process as it is now.
   *
   * @param startedNanos since the epoch
   * @param nowNanos since the epoch
   * @param configurationMs since the epoch, when the configuration that holds was read
   * @param memoryLimitBytes of the heap
   * @param retention how long samples are kept
   */
  record RuntimeFacts(
      long startedNanos,
      long nowNanos,
      String workingDirectory,
      String hostname,
      boolean reloadSucceeded,
      long configurationMs,
      int threads,
      int cores,
      long memoryLimitBytes,
      String retention) {}
}
