package io.ghostworks.collector.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.collector.ExportPositions;
import io.ghostworks.collector.config.ConnectorConfig;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.wire.otlp.metrics.MetricTranslation;
import io.ghostworks.wire.otlp.metrics.MetricTranslator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricsGeneratorTest {
  private static final TenantId ACME = new TenantId("acme");
  private static final int SERVER = 2;
  private static final int CLIENT = 3;

  private final SimulatedTime time = new SimulatedTime(1_700_000_000_000L);
  private final FakeTail tail = new FakeTail();
  private final Map<String, Long> positions = new HashMap<>();
  private final FakeStore store = new FakeStore();
  private GeneratorSettings settings = GeneratorSettings.DEFAULT;
  private GeneratedOutput output =
      new GeneratedOutput.Series((tenant, batch) -> store.offer(batch), store);
  private long memoryBytes = 16 << 20;
  private MemoryBudget memory = new MemoryLedger().open("none", 1);
  private MetricsGenerator generator = start();

  /** One span in a batch. */
  private static SpanBatch span(
      String service,
      String name,
      int kind,
      long trace,
      long id,
      long parent,
      int status,
      String traceState,
      String... attributes) {
    SpanBatch batch = new SpanBatch();
    batch.resources().attributes().add("service.name", service);
    int resource = batch.resources().end(ByteArena.EMPTY, 0);
    int scope = batch.scopes().end(ByteArena.EMPTY, ByteArena.EMPTY, ByteArena.EMPTY, 0);
    for (int i = 0; i < attributes.length; i += 2) {
      batch.attributes().add(attributes[i], attributes[i + 1]);
    }
    batch.endRow(
        resource,
        scope,
        0,
        trace,
        id,
        parent,
        batch.arena().append(traceState),
        0,
        batch.arena().append(name),
        kind,
        1_000_000_000L,
        1_005_000_000L,
        status,
        ByteArena.EMPTY,
        0,
        0,
        0);
    return batch;
  }

  private static final class FakeTail implements TelemetryTail<SpanBatch> {
    private final TreeMap<Long, Supplier<SpanBatch>> batches = new TreeMap<>();
    private final Map<Long, TenantId> tenants = new HashMap<>();
    private TenantId tenant = ACME;

    void store(Supplier<SpanBatch> batch) {
      tenants.put(endPosition() + 1, tenant);
      batches.put(endPosition() + 1, batch);
    }

    @Override
    public long endPosition() {
      return batches.isEmpty() ? 0 : batches.lastKey();
    }

    @Override
    public Cursor<SpanBatch> cursor(long afterPosition) {
      return new Cursor<>() {
        private long position = afterPosition;

        @Override
        public void read(Reader<SpanBatch> reader) {
          boolean goesOn = true;
          while (goesOn && batches.higherKey(position) != null) {
            long next = batches.higherKey(position);
            goesOn = reader.batch(next, tenants.getOrDefault(next, ACME), batches.get(next).get());
            position = next;
          }
        }

        @Override
        public long position() {
          return position;
        }

        @Override
        public long framesMissed() {
          return 0;
        }

        @Override
        public void close() {}
      };
    }
  }

  /** The newest value of each series, and what its counters grew by. */
  private static final class FakeStore implements StoredSamples {
    private final Map<Labels, Double> newest = new HashMap<>();
    private final Map<Labels, Double> grown = new HashMap<>();
    private final List<String> exemplars = new ArrayList<>();
    private final Map<Labels, TreeMap<Long, Double>> samples = new HashMap<>();
    private boolean refuses;
    private boolean cut;
    private int batches;

    CompletableFuture<Acknowledgement> offer(SeriesBatch batch) {
      if (refuses) {
        return CompletableFuture.failedFuture(
            new OverloadedException("full", Duration.ofSeconds(1)));
      }
      batches++;
      for (int row = 0; row < batch.rows(); row++) {
        Labels labels = batch.sets().labels(batch.set(row));
        if (Samples.isStale(batch.valueBits(row))) {
          newest.remove(labels);
          samples.remove(labels);
          continue;
        }
        if (cut && labels.metricName().equals(GeneratorPosition.METRIC)) {
          continue;
        }
        double value = Double.longBitsToDouble(batch.valueBits(row));
        samples.computeIfAbsent(labels, l -> new TreeMap<>()).put(batch.timestampMs(row), value);
        Double before = newest.put(labels, value);
        if (before != null) {
          grown.merge(labels, value >= before ? value - before : value, Double::sum);
        }
      }
      for (int i = 0; i < batch.exemplars(); i++) {
        exemplars.add(batch.exemplar(i).labels().toString());
      }
      return CompletableFuture.completedFuture(Acknowledgement.accepted(batch.rows()));
    }

    @Override
    public SeriesBatch newest(TenantId tenant, List<String> names, long startMs, long endMs) {
      SeriesBatch found = new SeriesBatch("");
      samples.forEach((labels, ofSeries) -> {
        Map.Entry<Long, Double> last = ofSeries.floorEntry(endMs);
        if (names.contains(labels.metricName()) && last != null && last.getKey() >= startMs) {
          found.add(found.sets().add(labels), last.getKey(), last.getValue());
        }
      });
      return found;
    }

    double grown(String series) {
      return grown.entrySet().stream()
          .filter(entry -> entry.getKey().toString().startsWith(series))
          .mapToDouble(Map.Entry::getValue)
          .sum();
    }

    @Nullable Double newest(String series) {
      return newest.entrySet().stream()
          .filter(entry ->
              entry.getKey().toBuilder()
                  .set("otel_scope_name", "")
                  .build()
                  .toString()
                  .equals(series))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(null);
    }
  }

  private MetricsGenerator start() {
    memory = new MemoryLedger().open("test", memoryBytes);
    MetricsGenerator started =
        new MetricsGenerator(
            new MetricsGenerator.Parts(
                tenant -> settings,
                new ExportPositions() {
                  @Override
                  public Map<String, Long> load() {
                    return Map.copyOf(positions);
                  }

                  @Override
                  public void save(String reader, long position) {
                    positions.put(reader, position);
                  }

                  @Override
                  public void forget(String reader) {
                    positions.remove(reader);
                  }
                },
                output,
                memory,
                time,
                time,
                Runnable::run,
                new PlatformMetrics()));
    started.open(tail);
    return started;
  }

  private void pass(Duration duration) {
    for (long i = 0; i < duration.toSeconds(); i++) {
      time.advance(Duration.ofSeconds(1));
      generator.work();
    }
  }

  private void request(long trace, int status) {
    tail.store(() -> span("front", "call", CLIENT, trace, 2, 1, status, ""));
    tail.store(() -> span("api", "serve", SERVER, trace, 3, 2, 0, ""));
  }

  @Test
  void callsLatenciesAndSizesHaveTempoNames() {
    request(7, 2);
    pass(Duration.ofSeconds(20));
    assertThat(
            store.newest(
                "traces_spanmetrics_calls_total{service=\"front\", span_kind=\"SPAN_KIND_CLIENT\","
                    + " span_name=\"call\", status_code=\"STATUS_CODE_ERROR\"}"))
        .isEqualTo(1);
    assertThat(
            store.newest(
                "traces_spanmetrics_latency_bucket{le=\"0.008\", service=\"api\","
                    + " span_kind=\"SPAN_KIND_SERVER\", span_name=\"serve\","
                    + " status_code=\"STATUS_CODE_UNSET\"}"))
        .isEqualTo(1);
    assertThat(store.grown("traces_spanmetrics_latency_sum")).isZero();
    assertThat(store.grown("traces_spanmetrics_latency_count")).isEqualTo(2);
    assertThat(store.grown("traces_spanmetrics_size_total")).isPositive();
    assertThat(store.exemplars).contains("{traceID=\"7\"}");
  }

  @Test
  void bothSidesOfARequestAreAnEdge() {
    request(7, 2);
    pass(Duration.ofSeconds(20));
    assertThat(store.newest("traces_service_graph_request_total{client=\"front\", server=\"api\"}"))
        .isEqualTo(1);
    assertThat(store.grown("traces_service_graph_request_failed_total")).isEqualTo(1);
    assertThat(store.grown("traces_service_graph_request_server_seconds_count")).isEqualTo(1);
    assertThat(store.grown("traces_service_graph_request_client_seconds_count")).isEqualTo(1);
  }

  @Test
  void databasesPeersAndUsersAreNodes() {
    tail.store(
        () -> span("api", "q", CLIENT, 7, 4, 3, 0, "", "db.name", "orders", "db.system", "pg"));
    tail.store(
        () -> span("api", "q", CLIENT, 7, 5, 3, 0, "", "db.system", "pg", "net.peer.name", "pg-1"));
    tail.store(() -> span("api", "m", CLIENT, 7, 6, 3, 0, "", "peer.service", "mail"));
    tail.store(() -> span("api", "nobody", CLIENT, 7, 9, 3, 0, ""));
    tail.store(() -> span("front", "r", SERVER, 8, 1, 0, 0, ""));
    pass(Duration.ofSeconds(40));
    String total = "traces_service_graph_request_total";
    assertThat(
            store.newest(
                total + "{client=\"api\", connection_type=\"database\", server=\"orders\"}"))
        .isEqualTo(1);
    assertThat(
            store.newest(total + "{client=\"api\", connection_type=\"database\", server=\"pg-1\"}"))
        .isEqualTo(1);
    assertThat(
            store.newest(
                total + "{client=\"api\", connection_type=\"virtual_node\", server=\"mail\"}"))
        .isEqualTo(1);
    assertThat(
            store.newest(
                total + "{client=\"user\", connection_type=\"virtual_node\", server=\"front\"}"))
        .isEqualTo(1);
    assertThat(store.grown(total)).isEqualTo(4);
  }

  @Test
  void aSampledSpanStandsForThoseThatWereNotKept() {
    tail.store(() -> span("api", "s", SERVER, 7, 1, 0, 0, "ot=th:c"));
    pass(Duration.ofSeconds(20));
    assertThat(store.grown("traces_spanmetrics_calls_total")).isEqualTo(4);
    assertThat(store.grown("traces_spanmetrics_latency_count")).isEqualTo(4);
  }

  @Test
  void aCrashAtAnyMomentNeitherLosesNorDoubles() {
    for (int crash = 0; crash < 40; crash++) {
      request(100 + crash, 0);
      tail.store(() -> span("front", "call", CLIENT, 1_000, 2, 1, 0, ""));
      pass(Duration.ofSeconds(crash % 7 * 5L));
      if (crash % 3 == 0) {
        generator = start(); // what was not written is gone with the old one
      }
      tail.store(() -> span("api", "serve", SERVER, 1_000, 3, 2, 0, ""));
      pass(Duration.ofSeconds(1));
    }
    pass(Duration.ofMinutes(2));
    assertThat(store.grown("traces_spanmetrics_calls_total{service=\"front\"")).isEqualTo(80);
    assertThat(store.grown("traces_spanmetrics_latency_count{service=\"api\"")).isEqualTo(80);
    assertThat(store.grown("traces_service_graph_request_total{client=\"front\", server=\"api\""))
        .isBetween(40.0, 80.0); // a side that waits too long is given up, after a crash later
  }

  @Test
  void everyEdgeWhoseSidesCameInTimeIsCountedOnceHoweverOftenTheProcessEnds() {
    for (int crash = 0; crash < 60; crash++) {
      long trace = 2_000L + crash;
      tail.store(() -> span("front", "call", CLIENT, trace, 2, 1, 0, ""));
      pass(Duration.ofSeconds(crash % 5 * 2L));
      if (crash % 2 == 0) {
        generator = start();
      }
      if (crash % 3 == 0) {
        pass(Duration.ofSeconds(1));
        generator = start();
      }
      tail.store(() -> span("api", "serve", SERVER, trace, 3, 2, 0, ""));
      pass(Duration.ofSeconds(crash % 4 * 7L));
      if (crash % 5 == 0) {
        generator = start();
      }
    }
    pass(Duration.ofMinutes(2));
    assertThat(store.grown("traces_service_graph_request_total{client=\"front\", server=\"api\""))
        .isEqualTo(60);
    assertThat(store.grown("traces_service_graph_request_client_seconds_count")).isEqualTo(60);
  }

  @Test
  void aStoreThatIsFullGetsEverythingLater() {
    store.refuses = true;
    request(7, 0);
    pass(Duration.ofSeconds(40));
    assertThat(store.batches).isZero();
    store.refuses = false;
    pass(Duration.ofSeconds(20));
    assertThat(store.grown("traces_spanmetrics_calls_total")).isEqualTo(2);
  }

  @Test
  void whatFindsNoRoomIsCountedTogether() {
    settings =
        new GeneratorSettings(
            settings.names(),
            settings.spanMetrics(),
            settings.serviceGraphs(),
            settings.histograms(),
            settings.collectionInterval(),
            settings.staleDuration(),
            40,
            settings.traceIdLabelName(),
            settings.ingestionSlack(),
            Map.of(),
            0,
            0);
    for (int i = 0; i < 10; i++) {
      String name = "op" + i;
      tail.store(() -> span("api", name, 1, 7, 1, 0, 0, ""));
    }
    pass(Duration.ofSeconds(20));
    assertThat(store.newest("traces_spanmetrics_calls_total{metric_overflow=\"true\"}"))
        .isEqualTo(8);
    assertThat(store.grown("traces_spanmetrics_calls_total")).isEqualTo(10);
  }

  /** The names of a hostile sender make way when they have got nothing for long. */
  @Test
  void whatFoundNoRoomHasItsOwnSeriesAgainWhenOthersHaveEnded() {
    memoryBytes = 64 << 10;
    generator = start();
    for (int i = 0; i < 1_000; i++) {
      String name = "hostile" + i;
      tail.store(() -> span("api", name, 1, 7, 1, 0, 0, ""));
    }
    tail.store(() -> span("api", "good", 1, 7, 1, 0, 0, ""));
    pass(Duration.ofSeconds(20));
    assertThat(store.newest("traces_spanmetrics_calls_total{metric_overflow=\"true\"}"))
        .isGreaterThan(900);
    assertThat(memory.usedBytes()).isBetween(32L << 10, 64L << 10);
    String good =
        "traces_spanmetrics_calls_total{service=\"api\", span_kind=\"SPAN_KIND_INTERNAL\","
            + " span_name=\"good\", status_code=\"STATUS_CODE_UNSET\"}";
    assertThat(store.newest(good)).isNull();
    pass(Duration.ofMinutes(17));
    assertThat(memory.usedBytes()).isZero();
    tail.store(() -> span("api", "good", 1, 7, 1, 0, 0, ""));
    pass(Duration.ofSeconds(20));
    assertThat(store.newest(good)).isEqualTo(1);
  }

  /** The last quarter of the memory is for tenants that hold less than a quarter. */
  @Test
  void aTenantWhoseNamesAreManyLeavesRoomForOthers() {
    memoryBytes = 256 << 10;
    generator = start();
    for (int i = 0; i < 1_000; i++) {
      String name = "hostile" + i;
      tail.store(() -> span("api", name, 1, 7, 1, 0, 0, ""));
    }
    pass(Duration.ofSeconds(1));
    assertThat(memory.usedBytes()).isBetween(128L << 10, 192L << 10);
    tail.tenant = new TenantId("globex");
    tail.store(() -> span("calm", "good", 1, 7, 1, 0, 0, ""));
    pass(Duration.ofSeconds(20));
    assertThat(
            store.newest(
                "traces_spanmetrics_calls_total{service=\"calm\", span_kind=\"SPAN_KIND_INTERNAL\","
                    + " span_name=\"good\", status_code=\"STATUS_CODE_UNSET\"}"))
        .isEqualTo(1);
  }

  @Test
  void theConnectorsNamesCanBeChosen() {
    GeneratorSettings.SpanMetrics spans = settings.spanMetrics();
    settings =
        new GeneratorSettings(
            GeneratorSettings.Names.CONNECTOR,
            new GeneratorSettings.SpanMetrics(
                true,
                true,
                false,
                GeneratorSettings.Names.CONNECTOR.spanBuckets(),
                spans.intrinsics(),
                List.of("http.method"),
                List.of(),
                false,
                List.of(),
                true,
                spans.weighing(),
                List.of()),
            settings.serviceGraphs(),
            settings.histograms(),
            settings.collectionInterval(),
            settings.staleDuration(),
            0,
            "trace_id",
            settings.ingestionSlack(),
            Map.of(),
            0,
            0);
    tail.store(() -> span("api", "s", SERVER, 7, 1, 0, 0, "", "http.method", "GET"));
    request(9, 2);
    pass(Duration.ofSeconds(20));
    assertThat(
            store.newest(
                "traces_span_metrics_duration_milliseconds_bucket{http_method=\"GET\", le=\"6\","
                    + " service_name=\"api\", span_kind=\"SPAN_KIND_SERVER\", span_name=\"s\","
                    + " status_code=\"STATUS_CODE_UNSET\"}"))
        .isEqualTo(1);
    assertThat(
            store.newest(
                "traces_service_graph_request_total{client=\"front\", failed=\"true\","
                    + " server=\"api\"}"))
        .isEqualTo(1);
  }

  @Test
  void seriesThatGetNothingEndAndThenNothingIsWritten() {
    request(7, 0);
    pass(Duration.ofMinutes(16));
    assertThat(store.newest.keySet())
        .allMatch(labels -> labels.metricName().equals(GeneratorPosition.METRIC));
    int before = store.batches;
    pass(Duration.ofMinutes(5));
    assertThat(store.batches).isEqualTo(before);
  }

  /** From now on what is made goes as OTLP points through the translation to samples. */
  private void connect(ConnectorConfig connector) {
    MetricTranslator translator = new MetricTranslator(MetricTranslation.DEFAULT);
    settings = ConnectorSettings.of(connector);
    output =
        new GeneratedOutput.Points(
            "test",
            (tenant, points) -> store.offer(translator.translate(points).batch()),
            connector instanceof ConnectorConfig.SpanMetrics spans ? spans : null);
    generator = start();
  }

  private static ConnectorConfig.SpanMetrics spanMetrics(
      double @Nullable [] bounds, int cardinalityMax, boolean resources) {
    return new ConnectorConfig.SpanMetrics(
        "traces.span.metrics",
        Set.of("status.code"),
        List.of(new ConnectorConfig.Dimension("tier", "none")),
        List.of(),
        new ConnectorConfig.Durations(true, true, bounds, 160, List.of()),
        false,
        List.of(),
        5,
        Set.of(),
        false,
        new ConnectorConfig.Resources(resources, Set.of()),
        new ConnectorConfig.Flushing(Duration.ofSeconds(15), Duration.ofMinutes(5), Duration.ZERO),
        cardinalityMax);
  }

  private static ConnectorConfig.ServiceGraph graph() {
    return new ConnectorConfig.ServiceGraph(
        new double[] {0.001, 1},
        160,
        List.of("tier"),
        Duration.ofSeconds(10),
        1_000,
        List.of("peer.service"),
        true,
        List.of("db.name"),
        Duration.ofSeconds(15));
  }

  @Test
  void aConnectorsPointsAreStoredUnderTheNamesOfPrometheus() {
    connect(spanMetrics(new double[] {2, 6}, 0, true));
    tail.store(() -> span("api", "s", SERVER, 7, 1, 0, 2, "ot=th:c", "tier", "gold"));
    tail.store(() -> span("api", "s", SERVER, 8, 1, 0, 2, ""));
    pass(Duration.ofSeconds(20));
    String span = "service_name=\"api\", span_kind=\"SPAN_KIND_SERVER\", span_name=\"s\"";
    assertThat(
            store.newest(
                "traces_span_metrics_calls_total{job=\"api\", %s, tier=\"gold\"}".formatted(span)))
        .isEqualTo(4);
    assertThat(
            store.newest(
                "traces_span_metrics_duration_milliseconds_bucket{job=\"api\", le=\"6\", %s, tier=\"none\"}"
                    .formatted(span)))
        .isEqualTo(1);
    assertThat(store.grown("traces_span_metrics_duration_milliseconds_count")).isEqualTo(5);
    assertThat(store.exemplars).anyMatch(exemplar -> exemplar.contains("span_id"));
    pass(Duration.ofMinutes(6));
    assertThat(store.newest.keySet())
        .noneMatch(labels -> labels.metricName().startsWith("traces_"));
  }

  @Test
  void aConnectorCountsTogetherWhatIsAboveItsLimit() {
    connect(spanMetrics(null, 2, false));
    for (int i = 0; i < 5; i++) {
      String name = "op" + i;
      tail.store(() -> span("api", name, 1, 7, 1, 0, 0, ""));
    }
    pass(Duration.ofSeconds(20));
    assertThat(store.newest("traces_span_metrics_calls_total{otel_metric_overflow=\"true\"}"))
        .isEqualTo(3);
    assertThat(store.grown("traces_span_metrics_calls_total")).isEqualTo(5);
  }

  @Test
  void aConnectorsGraphKnowsDatabasesByNameAndUnknownServers() {
    connect(graph());
    tail.store(() -> span("api", "q", CLIENT, 7, 4, 3, 0, "", "db.name", "orders", "tier", "gold"));
    tail.store(() -> span("api", "nobody", CLIENT, 7, 9, 3, 0, ""));
    tail.store(() -> span("front", "r", SERVER, 8, 1, 0, 0, ""));
    request(9, 2);
    pass(Duration.ofSeconds(40));
    String total = "traces_service_graph_request_total{client=";
    assertThat(
            store.newest(
                total
                    + "\"api\", client_tier=\"gold\", connection_type=\"database\","
                    + " failed=\"false\", server=\"orders\"}"))
        .isEqualTo(1);
    assertThat(
            store.newest(
                total
                    + "\"api\", connection_type=\"virtual_node\", failed=\"false\","
                    + " server=\"unknown\", virtual_node=\"server\"}"))
        .isEqualTo(1);
    assertThat(
            store.newest(
                total
                    + "\"user\", connection_type=\"virtual_node\", failed=\"false\","
                    + " server=\"front\", virtual_node=\"client\"}"))
        .isEqualTo(1);
    assertThat(store.newest(total + "\"front\", failed=\"true\", server=\"api\"}")).isEqualTo(1);
    assertThat(store.grown("traces_service_graph_request_server_seconds_count")).isEqualTo(4);
  }

  @Test
  void aConnectorThatStartsAgainGoesOnBehindWhatItGaveOn() {
    connect(graph());
    for (int crash = 0; crash < 30; crash++) {
      request(100 + crash, 0);
      pass(Duration.ofSeconds(crash % 7 * 5L + 1));
      if (crash % 3 == 0) {
        generator = start();
      }
    }
    pass(Duration.ofMinutes(1));
    assertThat(store.grown("traces_service_graph_request_total")).isEqualTo(30);
    connect(spanMetrics(null, 0, false)); // behind the position that is saved
    request(200, 0);
    pass(Duration.ofMinutes(1));
    assertThat(store.grown("traces_span_metrics_calls_total")).isEqualTo(2);
  }

  @Test
  void whatAConnectorMakesUnderTheSameNamesIsNotMadeTwice() {
    GeneratorSettings beside = ConnectorSettings.beside(settings, graph());
    assertThat(beside.serviceGraphs().isOn()).isFalse();
    assertThat(beside.spanMetrics().isOn()).isTrue();
    ConnectorConfig.SpanMetrics spans = spanMetrics(null, 0, false);
    assertThat(ConnectorSettings.beside(settings, spans).spanMetrics().isOn()).isTrue();
  }

  @Test
  void samplesThatWereStoredWithoutTheirPositionAreNotGoneOnFrom() {
    request(7, 0);
    pass(Duration.ofSeconds(20));
    store.cut = true; // the position is in a frame that a crash keeps from the journal
    request(8, 0);
    pass(Duration.ofSeconds(15));
    store.cut = false;
    generator = start();
    pass(Duration.ofSeconds(40));
    assertThat(store.grown("traces_spanmetrics_calls_total")).isEqualTo(4);
    assertThat(store.grown("traces_service_graph_request_total{client=\"front\"")).isEqualTo(2);
  }
}
