package io.ghostworks.collector.generator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is made of a tenant's spans, in the words of Tempo's overrides.
 *
 * @param names whose names of metrics and labels
 * @param collectionInterval how often samples are written
 * @param staleDuration a series without spans for so long ends
 * @param maxActiveSeries of the tenant; what is more goes to a series of its own, {@code
 *     metric_overflow="true"}; 0 for no bound but that of memory
 * @param traceIdLabelName of exemplars
 * @param ingestionSlack spans that end so much before or after they are read do not count; zero
 *     counts all
 * @param externalLabels that every series gets
 * @param labelNameMax UTF-16 units of a label's name, beyond which it is cut; 0 for none
 */
public record GeneratorSettings(
    Names names,
    SpanMetrics spanMetrics,
    ServiceGraphs serviceGraphs,
    Histograms histograms,
    Duration collectionInterval,
    Duration staleDuration,
    int maxActiveSeries,
    String traceIdLabelName,
    Duration ingestionSlack,
    Map<String, String> externalLabels,
    int labelNameMax,
    int labelValueMax) {

  /** What holds where nothing is said. */
  public static final GeneratorSettings DEFAULT =
      new GeneratorSettings(
          Names.TEMPO,
          SpanMetrics.DEFAULT,
          ServiceGraphs.DEFAULT,
          Histograms.DEFAULT,
          Duration.ofSeconds(15),
          Duration.ofMinutes(15),
          100_000,
          "traceID",
          Duration.ZERO,
          Map.of(),
          1024,
          2048);

  public GeneratorSettings {
    externalLabels = Map.copyOf(externalLabels);
  }

  /** Whose names of metrics and labels are used. */
  public enum Names {
    /** Those of Tempo's metrics generator. */
    TEMPO,
    /** Those under which Prometheus gets what the Collector's connectors publish. */
    CONNECTOR;

    /** Bounds of latencies of spans: in seconds, or in milliseconds as the connector has them. */
    public double[] spanBuckets() {
      return this == TEMPO
          ? exponential(0.002, 2, 14)
          : new double[] {
            2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1000, 1400, 2000, 5000, 10_000, 15_000
          };
    }

    /** Bounds of latencies of requests in seconds. */
    public double[] requestBuckets() {
      return this == TEMPO
          ? exponential(0.1, 2, 8)
          : new double[] {
            0.002, 0.004, 0.006, 0.008, 0.01, 0.05, 0.1, 0.2, 0.4, 0.8, 1, 1.4, 2, 5, 10, 15
          };
    }
  }

  /** Whether anything is made. */
  public boolean isOn() {
    return spanMetrics.isOn() || serviceGraphs.isOn();
  }

  /**
   * How latencies are written.
   *
   * @param bucketFactor of native histograms: how much larger a bucket's bound may be than the one
   *     before; above 1. Or 0: as fine as {@code bucketsMax} permits, empty ones in between counted
   * @param bucketsMax of one native histogram; more are merged into coarser ones
   */
  public record Histograms(
      boolean classic, boolean nativeOnes, double bucketFactor, int bucketsMax) {
    static final Histograms DEFAULT = new Histograms(true, false, 1.1, 100);
  }

  /** By which a span stands for others. */
  public record Weighing(String multiplierKey, boolean traceState) {
    static final Weighing DEFAULT = new Weighing("", true);
  }

  /** A label that is made of several attributes. */
  public record DimensionMapping(String name, List<String> sourceLabels, String join) {
    public DimensionMapping {
      sourceLabels = List.copyOf(sourceLabels);
    }
  }

  /**
   * {@code traces_spanmetrics_*}.
   *
   * @param buckets bounds, ascending: in seconds, or milliseconds with the connector's names
   */
  public record SpanMetrics(
      boolean count,
      boolean latency,
      boolean size,
      double[] buckets,
      Intrinsics intrinsics,
      List<String> dimensions,
      List<DimensionMapping> mappings,
      boolean targetInfo,
      List<String> targetInfoExcluded,
      boolean instanceLabel,
      Weighing weighing,
      List<FilterPolicy> filterPolicies) {

    static final SpanMetrics DEFAULT =
        new SpanMetrics(
            true,
            true,
            true,
            Names.TEMPO.spanBuckets(),
            new Intrinsics(true, true, true, true, false),
            List.of(),
            List.of(),
            false,
            List.of(),
            true,
            Weighing.DEFAULT,
            List.of());

    public SpanMetrics {
      buckets = buckets.clone();
      dimensions = List.copyOf(dimensions);
      mappings = List.copyOf(mappings);
      targetInfoExcluded = List.copyOf(targetInfoExcluded);
      filterPolicies = List.copyOf(filterPolicies);
    }

    boolean isOn() {
      return count || latency || size;
    }
  }

  /** Which labels come from the span itself. */
  public record Intrinsics(
      boolean service,
      boolean spanName,
      boolean spanKind,
      boolean statusCode,
      boolean statusMessage) {}

  /**
   * {@code traces_service_graph_*}.
   *
   * @param waitTime how long one side of a request waits for the other
   * @param itemsMax sides that wait at once
   * @param connector as the Collector's connector: OTLP's names, databases by their own names,
   *     clients that nobody answers call {@code unknown}
   */
  public record ServiceGraphs(
      boolean request,
      boolean latency,
      boolean connectionInfo,
      Duration waitTime,
      int itemsMax,
      double[] buckets,
      List<String> dimensions,
      boolean clientServerPrefix,
      boolean messagingLatency,
      List<String> peerAttributes,
      List<String> databaseNameAttributes,
      boolean virtualNodeLabel,
      Weighing weighing,
      List<FilterPolicy> filterPolicies,
      boolean connector) {

    static final ServiceGraphs DEFAULT =
        new ServiceGraphs(
            true,
            true,
            false,
            Duration.ofSeconds(10),
            10_000,
            Names.TEMPO.requestBuckets(),
            List.of(),
            false,
            false,
            List.of("peer.service", "db.name", "db.system", "db.system.name"),
            List.of("db.namespace", "db.name", "db.system", "db.system.name"),
            false,
            Weighing.DEFAULT,
            List.of(),
            false);

    public ServiceGraphs {
      buckets = buckets.clone();
      dimensions = List.copyOf(dimensions);
      peerAttributes = List.copyOf(peerAttributes);
      databaseNameAttributes = List.copyOf(databaseNameAttributes);
      filterPolicies = List.copyOf(filterPolicies);
    }

    boolean isOn() {
      return request || latency || connectionInfo;
    }
  }

  private static double[] exponential(double start, double factor, int count) {
    double[] bounds = new double[count];
    double bound = start;
    for (int i = 0; i < count; i++) {
      bounds[i] = bound;
      bound *= factor;
    }
    return bounds;
  }
}
