package io.ghostworks.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.collector.config.CollectorConfig;
import io.ghostworks.collector.config.CollectorConfigReader;
import io.ghostworks.collector.config.ComponentId;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.wire.http.HostMap;
import io.ghostworks.wire.http.OutboundHttp;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelineGraphTest {
  private static final ComponentId OTLP = ComponentId.parse("otlp");
  private static final String HEAD =
      """
      receivers:
        otlp: {protocols: {grpc: {}}}
      processors:
        memory_limiter: {check_interval: 1s, limit_mib: 100, spike_limit_mib: 20}
        resource: {attributes: [{key: env, value: prod, action: upsert}]}
        attributes: {actions: [{key: secret, action: delete}]}
      exporters:
        jaeger: {endpoint: 'jaeger:14250'}
        otlp: {endpoint: 'localhost:4317', tls: {insecure: true}}
        prometheus: {endpoint: '0.0.0.0:8889', const_labels: {dc: one}}
        debug:
      service:
        pipelines:
      """;

  private final SimulatedTime time = new SimulatedTime(1_700_000_000_000L);
  private final OutboundHttp http = new OutboundHttp(HostMap.NONE, Duration.ofSeconds(1), null);
  private final PlatformMetrics platformMetrics = new PlatformMetrics();
  private final AtomicLong usedBytes = new AtomicLong();
  private final ExportPositions positions =
      new ExportPositions() {
        @Override
        public Map<String, Long> load() {
          return Map.of();
        }

        @Override
        public void save(String reader, long position) {}

        @Override
        public void forget(String reader) {}
      };
  private final List<SpanBatch> spans = new ArrayList<>();
  private final List<MetricBatch> metrics = new ArrayList<>();
  private final List<SeriesBatch> series = new ArrayList<>();

  @AfterEach
  void close() {
    http.close();
  }

  private Surroundings around(Map<String, String> hosts) {
    return new Surroundings(
        new HostMap(hosts),
        host -> false,
        Set.of(4317, 4318, 14250),
        http,
        time,
        time,
        Runnable::run,
        () -> 0.5,
        platformMetrics,
        usedBytes::get,
        1L << 30);
  }

  private PipelineGraph graph(String pipelines, Set<String> notStored, Map<String, String> hosts) {
    Findings findings = new Findings();
    CollectorConfig config =
        CollectorConfigReader.read(
            Path.of("c.yml"),
            YamlReader.read("c.yml", HEAD + pipelines.indent(4)),
            name -> null,
            findings);
    assertThat(findings.errors()).isEmpty();
    SignalSinks sinks =
        new SignalSinks(
            origin -> (tenant, batch) -> kept(spans, batch, batch.rows()),
            origin ->
                (tenant, batch) -> CompletableFuture.completedFuture(Acknowledgement.accepted(0)),
            (tenant, batch) -> kept(metrics, batch, batch.points()),
            (tenant, batch) -> kept(series, batch, batch.rows()));
    return new PipelineGraph(config, sinks, notStored, positions, around(hosts));
  }

  private static <B> TelemetryTail<B> noTail() {
    throw new AssertionError("nothing is to be read again");
  }

  private static <B> CompletableFuture<Acknowledgement> kept(List<B> list, B batch, int rows) {
    list.add(batch);
    return CompletableFuture.completedFuture(Acknowledgement.accepted(rows));
  }

  private static SpanBatch span() {
    byte[] json =
        """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"a"}}]},
        "scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",
        "attributes":[{"key":"secret","value":{"intValue":1}}]}]}]}]}
        """
            .getBytes(StandardCharsets.UTF_8);
    return new OtlpDecoder(OtlpLimits.DEFAULT)
        .traces(OtlpEncoding.JSON, json, 0, json.length)
        .batch();
  }

  private static MetricBatch metric() {
    byte[] json =
        """
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"a"}}]},
        "scopeMetrics":[{"metrics":[{"name":"jobs","description":"d","gauge":{"dataPoints":[
        {"timeUnixNano":"1700000000000000000","asInt":"3"}]}}]}]}]}
        """
            .getBytes(StandardCharsets.UTF_8);
    return new OtlpDecoder(OtlpLimits.DEFAULT)
        .metrics(OtlpEncoding.JSON, json, 0, json.length)
        .batch();
  }

  @Test
  void storesOnceAsTheFirstPipelineLeavesIt() {
    PipelineGraph graph =
        graph(
            """
            traces: {receivers: [otlp], processors: [resource], exporters: [jaeger]}
            traces/b: {receivers: [otlp], processors: [attributes], exporters: [otlp, debug]}
            """,
            Set.of(),
            Map.of());
    assertThat(graph.refusals()).isEmpty();
    Acknowledgement answer = graph.traces(OTLP).offer(TenantId.DEFAULT, span()).join();
    assertThat(answer.acceptedRows()).isEqualTo(1);
    assertThat(spans).hasSize(1);
    SpanBatch stored = spans.getFirst();
    assertThat(stored.resources().attributes().findString(0, "env")).isEqualTo("prod");
    assertThat(stored.attributes().find(0, stored.keys().intern("secret"))).isNotNegative();
  }

  @Test
  void storesWhatNoPipelineTakesAsItCame() {
    PipelineGraph graph =
        graph("metrics: {receivers: [otlp], exporters: [debug]}", Set.of(), Map.of());
    graph.traces(OTLP).offer(TenantId.DEFAULT, span()).join();
    assertThat(spans.getFirst().resources().attributes().findString(0, "env")).isNull();
  }

  @Test
  void saysWhatWaitsInMemoryOnlyAndWhy() {
    Map<String, String> elsewhere = Map.of("localhost:4317", "10.0.0.1:4317");
    assertThat(
            graph(
                    """
                    traces: {receivers: [otlp], processors: [resource], exporters: [otlp]}
                    traces/b: {receivers: [otlp], processors: [resource, attributes], exporters: [otlp]}
                    """,
                    Set.of(),
                    elsewhere)
                .inMemory())
        .as("what is stored can be made into what both pipelines leave")
        .isEmpty();
    assertThat(
            graph(
                    """
                    traces: {receivers: [otlp], processors: [resource], exporters: [debug]}
                    traces/b: {receivers: [otlp], processors: [attributes], exporters: [otlp]}
                    metrics: {receivers: [otlp], exporters: [otlp]}
                    logs: {receivers: [otlp], exporters: [otlp]}
                    """,
                    Set.of("logs"),
                    elsewhere)
                .inMemory())
        .containsExactly(
            "what exporter otlp of pipeline traces/b sends waits in memory only, as items are"
                + " stored as the processors of the pipeline traces leave them",
            "what exporter otlp of pipeline metrics sends waits in memory only, as metrics are"
                + " stored as samples, of which OTLP cannot be made again",
            "what exporter otlp of pipeline logs sends waits in memory only, as its items are not"
                + " stored");
    assertThat(
            graph("traces: {receivers: [otlp], exporters: [otlp]}", Set.of(), Map.of()).inMemory())
        .as("this process is the store")
        .isEmpty();
  }

  @Test
  void leavesUnstoredWhatIsOptedOutAndSaysSo() {
    PipelineGraph graph =
        graph(
            "traces: {receivers: [otlp], exporters: [debug]}",
            Set.of("traces", "logs/x"),
            Map.of());
    assertThat(graph.traces(OTLP).offer(TenantId.DEFAULT, span()).join().acceptedRows())
        .isEqualTo(1);
    assertThat(spans).isEmpty();
    assertThat(graph.unstored()).containsExactly("traces of receiver otlp (pipeline traces)");
    assertThat(graph.unknownNotStored()).containsExactly("logs/x");
  }

  @Test
  void refusesJaegersProtocolToOtherSystems() {
    PipelineGraph graph =
        graph(
            "traces: {receivers: [otlp], exporters: [jaeger]}",
            Set.of(),
            Map.of("jaeger:14250", "10.0.0.1:14250"));
    assertThat(graph.refusals()).hasSize(1);
    assertThat(graph.refusals().getFirst()).contains("use the otlp exporter");
  }

  @Test
  void refusesItemsWhileMemoryIsShort() {
    PipelineGraph graph =
        graph(
            "traces: {receivers: [otlp], processors: [memory_limiter], exporters: [debug]}",
            Set.of(),
            Map.of());
    usedBytes.set(81L << 20);
    assertThatThrownBy(() -> graph.traces(OTLP).offer(TenantId.DEFAULT, span()).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(OverloadedException.class)
        .hasMessage("data refused due to high memory usage");
    usedBytes.set(79L << 20);
    time.advance(Duration.ofSeconds(1));
    graph.traces(OTLP).offer(TenantId.DEFAULT, span()).join();
    assertThat(spans).hasSize(1);
  }

  @Test
  void servesTheLastValuesUntilTheyExpire() {
    PipelineGraph graph =
        graph("metrics: {receivers: [otlp], exporters: [prometheus]}", Set.of(), Map.of());
    graph.metrics(OTLP).offer(TenantId.DEFAULT, metric()).join();
    assertThat(metrics).hasSize(1);
    graph.driveExports();
    var exporter = graph.prometheusExporters().getFirst();
    assertThat(exporter.endpoint()).isEqualTo("0.0.0.0:8889");
    assertThat(new String(exporter.expose(TenantId.DEFAULT, null).body(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            # HELP jobs d
            # TYPE jobs gauge
            jobs{dc="one",job="a"} 3
            """);
    time.advance(Duration.ofMinutes(6));
    assertThat(exporter.expose(TenantId.DEFAULT, null).body()).isEmpty();
  }

  @Test
  void servesATenantItsOwnSeriesOnly() {
    PipelineGraph graph =
        graph("metrics: {receivers: [otlp], exporters: [prometheus]}", Set.of(), Map.of());
    TenantId acme = new TenantId("acme");
    graph.metrics(OTLP).offer(acme, metric()).join();
    graph.driveExports();
    var exporter = graph.prometheusExporters().getFirst();
    assertThat(exporter.expose(TenantId.DEFAULT, null).body()).isEmpty();
    assertThat(new String(exporter.expose(acme, null).body(), StandardCharsets.UTF_8))
        .contains("jobs{dc=\"one\",job=\"a\"} 3");
  }

  @Test
  void acknowledgesWhateverExportersDoAndCountsWhatTheyDoNotGet() {
    PipelineGraph graph =
        graph("metrics: {receivers: [otlp], exporters: [prometheus, debug]}", Set.of(), Map.of());
    var sink = graph.metrics(OTLP);
    for (int i = 0; i < 1_003; i++) {
      assertThat(sink.offer(TenantId.DEFAULT, metric())).isCompleted();
    }
    assertThat(metrics).hasSize(1_003);
    assertThat(dropped("prometheus")).isEqualTo(3);
    assertThat(dropped("debug")).isEqualTo(3);

    graph.close();

    assertThat(dropped("prometheus")).isEqualTo(1_003);
    assertThat(sink.offer(TenantId.DEFAULT, metric())).isCompleted();
    assertThat(dropped("prometheus")).isEqualTo(1_004);
  }

  @Test
  void exportsOnAThreadOfItsOwnOnceStarted() {
    PipelineGraph graph =
        graph("metrics: {receivers: [otlp], exporters: [prometheus]}", Set.of(), Map.of());
    graph.start(new SignalTails(origin -> noTail(), origin -> noTail()));
    graph.metrics(OTLP).offer(TenantId.DEFAULT, metric()).join();
    var exporter = graph.prometheusExporters().getFirst();
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (exporter.expose(TenantId.DEFAULT, null).body().length == 0
        && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(exporter.expose(TenantId.DEFAULT, null).body()).isNotEmpty();
    graph.close();
    assertThat(dropped("prometheus")).isZero();
  }

  private long dropped(String exporter) {
    return platformMetrics
        .counter("ghostworks_exporter_dropped_batches_total", "", Labels.of("exporter", exporter))
        .value();
  }

  @Test
  void filesLogsAndMetricsForTheEngines() {
    Filing filing =
        new Filing(
            tenant ->
                new io.ghostworks.wire.otlp.logs.LogStreams(
                    io.ghostworks.wire.otlp.logs.OtlpAttributes.DEFAULT,
                    io.ghostworks.wire.loki.ServiceName.DEFAULT),
            new io.ghostworks.wire.otlp.metrics.MetricTranslator(
                io.ghostworks.wire.otlp.metrics.MetricTranslation.DEFAULT),
            time,
            io.ghostworks.wire.otlp.metrics.StoredSeries.NONE);
    List<LogBatch> logs = new ArrayList<>();
    SignalSinks sinks =
        SignalSinks.filing(
            origin -> (tenant, batch) -> kept(spans, batch, 0),
            origin -> (tenant, batch) -> kept(logs, batch, 0),
            (tenant, batch) -> kept(series, batch, batch.rows()),
            (tenant, batch) -> kept(series, batch, batch.rows()),
            filing);
    assertThat(sinks.metrics().offer(TenantId.DEFAULT, metric()).join().acceptedRows())
        .isEqualTo(1);
    assertThat(series.getFirst().sets().labels(0).metricName()).isEqualTo("jobs");
  }
}
