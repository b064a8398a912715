package io.ghostworks.collector.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.collector.attribute.AttributeAction;
import io.ghostworks.collector.attribute.AttributeValue;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectorConfigReaderTest {
  private static final String BASE =
      """
      receivers:
        otlp:
          protocols:
            grpc:
      exporters:
        debug:
      service:
        pipelines:
          traces:
            receivers: [otlp]
            exporters: [debug]
      """;

  private final Findings findings = new Findings();

  private CollectorConfig read(String yaml, Map<String, String> environment) {
    return CollectorConfigReader.read(
        Path.of("otelcol.yml"), YamlReader.read("otelcol.yml", yaml), environment::get, findings);
  }

  private CollectorConfig read(String yaml) {
    return read(yaml, Map.of());
  }

  @Test
  void loadsTheDecisionsOwnFileWithAWarningThatNamesTodaysForm() {
    String root = System.getenv("GHOSTWORKS_SHARED");
    Path path = Path.of(root == null ? "../shared" : root).resolve("adr/otelcol-config.yml");
    Assumptions.assumeTrue(
        Files.exists(path) || "true".equals(System.getenv("CI")), "published data is missing");
    CollectorConfig config = CollectorConfigReader.read(path, name -> null, findings);
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.unsupported()).isEmpty();
    assertThat(findings.warnings()).hasSize(1);
    assertThat(findings.warnings().getFirst().message())
        .contains("today's form is the otlp exporter");
    assertThat(config.pipelines()).hasSize(2);
    assertThat(config.processors().get(ComponentId.parse("batch")))
        .isEqualTo(new ProcessorConfig.Batch(Duration.ofSeconds(1), 1024, 0));
    assertThat(
            ((ProcessorConfig.Resource) config.processors().get(ComponentId.parse("resource")))
                .actions())
        .containsExactly(
            new AttributeAction.Upsert(
                "service.environment",
                new AttributeAction.Source.Literal(new AttributeValue.Text("production"))));
    assertThat(config.exporters().get(ComponentId.parse("jaeger")))
        .isEqualTo(new ExporterConfig.Jaeger("jaeger:14250"));
  }

  @Test
  void acceptsAProtocolWithoutSettings() {
    CollectorConfig config = read(BASE);
    assertThat(findings.errors()).isEmpty();
    assertThat(config.receivers().get(ComponentId.parse("otlp")))
        .isEqualTo(new ReceiverConfig.Otlp("localhost:4317", "", java.util.List.of()));
  }

  @Test
  void readsTheReceiversOfJaegerAndZipkin() {
    CollectorConfig config =
        read(
            """
            receivers:
              jaeger:
                protocols:
                  grpc:
                  thrift_compact: {endpoint: 0.0.0.0:16831, max_packet_size: 100000, queue_size: 5}
              zipkin: {endpoint: 0.0.0.0:19411, parse_string_tags: true}
            exporters: {debug: }
            service: {pipelines: {traces: {receivers: [jaeger, zipkin], exporters: [debug]}}}
            """);
    assertThat(findings.errors()).isEmpty();
    assertThat(config.receivers().get(ComponentId.parse("jaeger")))
        .isEqualTo(
            new ReceiverConfig.Jaeger(
                "localhost:14250",
                "",
                new ReceiverConfig.Datagrams("0.0.0.0:16831", 5, 65_535),
                null));
    assertThat(config.receivers().get(ComponentId.parse("zipkin")))
        .isEqualTo(new ReceiverConfig.Zipkin("0.0.0.0:19411", true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "  otlp:|  jaeger: {protocols: {}}\\n"
            + "  otlp:|must specify at least one protocol when using the Jaeger receiver",
        "  otlp:|  jaeger: {}\\n  otlp:|empty \"protocols\" config for Jaeger receiver",
        "  otlp:|  jaeger: {protocols: {thrift_udp: }}\\n"
            + "  otlp:|'protocols' has invalid keys: thrift_udp",
        "receivers: [otlp]|receivers: [zipkin]|service::pipelines::traces: references receiver"
            + " \"zipkin\" which is not configured",
        "exporters: [debug]|exporters: [otlp]|service::pipelines::traces: references exporter"
            + " \"otlp\" which is not configured",
        "receivers: [otlp]|receivers: []|service::pipelines::traces: must have at least one"
            + " receiver",
        "exporters: [debug]|exporters: []|service::pipelines::traces: must have at least one"
            + " exporter",
        "exporters: [debug]|processors: [batch]\\n"
            + "      exporters: [debug]|service::pipelines::traces: references processor \"batch\""
            + " which is not configured",
        "exporters: [debug]|processors: [batch, batch]\\n"
            + "      exporters: [debug]|references processor \"batch\" multiple times",
        "    traces:|    spans:|unknown pipeline signal: \"spans\"",
        "    traces:|    profiles:|profiling signal support is at alpha level",
        "  debug:|  debugger:|unknown type: \"debugger\" for id: \"debugger\"",
        "  debug:|  debug/:|in \"debug/\" id: the part after / should not be empty",
        "  debug:|  /x:|in \"/x\" id: the part before / should not be empty",
        "  debug:|  de-bug:|in \"de-bug\" id: invalid character(s) in type \"de-bug\"",
        "      grpc:|      grcp:|'protocols' has invalid keys: grcp",
        "      grpc:||must specify at least one protocol when using the OTLP receiver",
        "  debug:|  debug: {verbosity: none}|verbosity level \"none\" is not supported",
        "  debug:|  debug: {x: 1}|'' has invalid keys: x",
        "      grpc:|      grpc: {endpont: x}|'protocols.grpc' has invalid keys: endpont",
        "      grpc:|      http: {cors: {origins: [x]}}|'protocols.http.cors' has invalid keys:"
            + " origins",
        "      grpc:|      grpc: {keepalive: {server_parameters: {tme:"
            + " 1s}}}|'protocols.grpc.keepalive.server_parameters' has invalid keys: tme",
        "      grpc:|      grpc: {middlewares: [{id: a}, {name:"
            + " b}]}|'protocols.grpc.middlewares[1]' has invalid keys: name",
        "  debug:|  otlp: {endpoint: 'h:4317', tls: {insecur: true}}|'tls' has invalid keys:"
            + " insecur",
        "  debug:|  otlp: {endpoint: 'h:4317', tls: {insecur: true}}|did you mean 'insecure'?",
        "  debug:|  otlp: {endpoint: 'h:4317', proxy_url: x}|'' has invalid keys: proxy_url",
        "  debug:|  otlp: {endpoint: 'h:4317', sending_queue: {batch: {size:"
            + " 1}}}|'sending_queue.batch' has invalid keys: size",
        "  debug:|  otlp: {endpoint: 'h:4317', retry_on_failure: {interval: 1s}}|'retry_on_failure'"
            + " has invalid keys: interval",
        "  debug:|  otlphttp: {endpoint: 'http://h', keepalive: {}}|'' has invalid keys: keepalive",
        "  debug:|  prometheus: {endpoint: ':8889', tls: {insecure: true}}|'tls' has invalid keys:"
            + " insecure",
        "  debug:|  jaeger: {endpoint: 'jaeger:14250', tls: {insecur: true}}|'tls' has invalid"
            + " keys: insecur",
        "service:|processors: {attributes: {actions: [{key: a, action: delete}, {kee:"
            + " b}]}}\\nservice:|'actions[1]' has invalid keys: kee",
        "service:|processors: {attributes: {include: {services: [a], name: b}, actions: [{key: a,"
            + " action: delete}]}}\\nservice:|'include' has invalid keys: name",
        "service:|service:\\n"
            + "  telemetry: {logs: {lvl: debug}}|'service.telemetry.logs' has invalid keys: lvl",
        "service:|service:\\n  pipeline: {}|'service' has invalid keys: pipeline",
        "    traces:|    traces:\\n"
            + "      receiver: [otlp]|'service.pipelines[traces]' has invalid keys: receiver",
        "service:|foo: 1\\nservice:|'' has invalid keys: foo",
        "service:|processors: {batch: {send_batch_size: 10, send_batch_max_size:"
            + " 5}}\\nservice:|send_batch_max_size must be greater or equal to send_batch_size",
        "service:|processors: {memory_limiter: {limit_mib: 5}}\\nservice:|'check_interval' must be"
            + " greater than zero",
        "service:|processors: {memory_limiter: {check_interval: 1s}}\\nservice:|'limit_mib' or"
            + " 'limit_percentage' must be greater than zero",
        "service:|processors: {memory_limiter: {check_interval: 1s, limit_mib: 5, spike_limit_mib:"
            + " 6}}\\nservice:|'spike_limit_mib' must be smaller than 'limit_mib'",
        "service:|processors: {resource: {}}\\nservice:|missing required field \"attributes\"",
        "service:|processors: {attributes: {actions: [{action: insert, value:"
            + " 1}]}}\\nservice:|error creating AttrProc due to missing required field \"key\" at"
            + " the 0-th actions",
        "service:|processors: {attributes: {actions: [{key: a, action:"
            + " insert}]}}\\nservice:|setting must be specified for 0-th action",
        "service:|processors: {attributes: {actions: [{key: a, action: set, value:"
            + " 1}]}}\\nservice:|unsupported action \"set\" at the 0-th actions",
        "service:|processors: {attributes: {actions: [{key: a, action: extract, pattern:"
            + " '(x)'}]}}\\nservice:|at least one unnamed matcher group at the 0-th actions",
        "service:|extensions: {}\\nservice:\\n"
            + "  extensions: [zpages]|service::extensions: references extension \"zpages\" which is"
            + " not configured",
        "  debug:|  otlp: {endpoint: ''}|requires a non-empty \"endpoint\"",
        "  debug:|  otlphttp: {}|at least one endpoint must be specified",
        "  debug:|  debug: {verbosity: '${file:x}'}|scheme \"file\" is not supported for uri"
            + " \"file:x\"",
        "  debug:|  debug: {verbosity: '${1x}'}|environment variable \"1x\" has invalid name",
      })
  void refusesInTheCollectorsWords(String good, String bad, String message) {
    String replacement = bad == null ? "" : bad.replace("\\n", "\n");
    read(BASE.replace(good, replacement));
    assertThat(findings.errors()).extracting(Object::toString).anyMatch(e -> e.contains(message));
  }

  @Test
  void refusesEmptyFilesAndMissingSections() {
    read("");
    assertThat(findings.errors().getFirst().toString()).contains("empty configuration file");
  }

  @Test
  void refusesByNameWhatIsNotBuiltWhereAPipelineUsesIt() {
    read(
        BASE.replace("  debug:\n", "  debug:\n  kafka:\n")
            .replace("exporters: [debug]", "exporters: [debug, kafka]"));
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.unsupported()).hasSize(1);
    assertThat(findings.unsupported().getFirst().reason())
        .isEqualTo("the exporter \"kafka\" is not built in this version");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "      grpc:|      grpc: {max_recv_msg_size_mib:"
            + " 4}|receivers.otlp.protocols.grpc.max_recv_msg_size_mib",
        "      grpc:|      grpc: {tls: {cert_file: x, key_file:"
            + " y}}|receivers.otlp.protocols.grpc.tls",
        "      grpc:|      http: {traces_url_path:"
            + " /x}|receivers.otlp.protocols.http.traces_url_path",
        "      grpc:|      http: {cors: {exposed_headers:"
            + " [x]}}|receivers.otlp.protocols.http.cors.exposed_headers",
        "  debug:|  otlp: {endpoint: 'h:4317', tls: {ca_file: x}}|exporters.otlp.tls.ca_file",
        "  debug:|  otlp: {endpoint: 'h:4317', keepalive: {time: 1s}}|exporters.otlp.keepalive",
        "  debug:|  otlp: {endpoint: 'h:4317', user_agent: x}|exporters.otlp.user_agent",
        "  debug:|  otlp: {endpoint: 'h:4317', sending_queue: {sizer:"
            + " bytes}}|exporters.otlp.sending_queue.sizer",
        "  debug:|  otlphttp: {endpoint: 'http://h', profiles_endpoint:"
            + " x}|exporters.otlphttp.profiles_endpoint",
        "  debug:|  prometheus: {endpoint: ':8889', read_timeout:"
            + " 1s}|exporters.prometheus.read_timeout",
        "  debug:|  debug: {output_paths: [x]}|exporters.debug.output_paths",
        "service:|processors: {attributes: {actions: [{key: a, action: insert, from_attribute: b,"
            + " default_value: c}]}}\\nservice:|processors.attributes.actions[0].default_value",
        "service:|service:\\n  telemetry: {logs: {level: debug}}|service.telemetry",
      })
  void refusesToServeAKnownKeyThatIsNotDoneAndTakesItInACheck(
      String good, String bad, String keyPath) {
    read(BASE.replace(good, bad.replace("\\n", "\n")));
    assertThat(findings.errors().stream().filter(e -> !e.toString().contains("references")))
        .isEmpty();
    assertThat(findings.unsupported()).extracting(request -> request.keyPath()).contains(keyPath);
  }

  @Test
  void tellsTheLineAndTheKeyOfAnUnknownKeyOnce() {
    read(BASE.replace("      grpc:", "      grpc:\n        endpont: x"));
    assertThat(findings.errors()).hasSize(1);
    assertThat(findings.errors().getFirst().toString())
        .contains("otelcol.yml:5")
        .contains("receivers.otlp.protocols.grpc.endpont")
        .contains("did you mean 'endpoint'?");
    assertThat(findings.unsupported()).isEmpty();
  }

  @Test
  void warnsOfWhatIsNotBuiltAndNotUsed() {
    read(BASE.replace("  debug:\n", "  debug:\n  kafka/a:\n"));
    assertThat(findings.unsupported()).isEmpty();
    assertThat(findings.warnings().getFirst().message()).contains("\"kafka/a\"");
  }

  @Test
  void replacesReferencesToTheEnvironment() {
    CollectorConfig config =
        read(
            BASE.replace(
                "  debug:\n",
                """
                  debug:
                  otlp/a:
                    endpoint: ${env:HOST}:${PORT:-4317}
                    headers: {key: "a$$b$c${env:HOST}"}
                    sending_queue: {queue_size: "${env:SIZE}"}
                """),
            Map.of("HOST", "example", "SIZE", "7"));
    assertThat(findings.errors()).isEmpty();
    ExporterConfig.Otlp otlp =
        (ExporterConfig.Otlp) config.exporters().get(ComponentId.parse("otlp/a"));
    assertThat(otlp.endpoint()).isEqualTo("example:4317");
    assertThat(otlp.sending().headers()).containsEntry("key", "a$b$cexample");
    assertThat(otlp.sending().queueSize()).isEqualTo(7);
  }

  @Test
  void readsAPrometheusReceiversJobs() {
    CollectorConfig config =
        read(
            BASE.replace(
                "exporters:\n  debug",
                """
                  prometheus:
                    config:
                      scrape_configs:
                        - job_name: api
                          scrape_interval: 5s
                          static_configs: [{targets: ['api:8000']}]
                exporters:
                  debug\
                """));
    assertThat(findings.errors()).isEmpty();
    ReceiverConfig.Prometheus receiver =
        (ReceiverConfig.Prometheus) config.receivers().get(ComponentId.parse("prometheus"));
    assertThat(receiver.file().jobs()).hasSize(1);
    assertThat(receiver.file().jobs().getFirst().name()).isEqualTo("api");
  }

  private static final String EVERY_KIND =
      """
      receivers:
        otlp: {protocols: {grpc: }}
        otlp/b: {protocols: {http: }}
        prometheus: {config: {scrape_configs: [{job_name: a}]}}
        prometheus/b: {config: {scrape_configs: [{job_name: b}]}}
      processors:
        attributes: {actions: [{key: a, action: delete}]}
      exporters:
        debug:
        otlp: {endpoint: 'elsewhere:4317'}
        jaeger: {endpoint: 'jaeger:14250'}
        prometheus: {endpoint: ':8889'}
      connectors:
        forward:
      service:
        pipelines:
          PIPELINE
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "traces: {receivers: [prometheus], exporters: [debug]}|failed to create \"prometheus\""
            + " receiver for data type \"traces\": telemetry type is not supported",
        "logs/x: {receivers: [prometheus/b], exporters: [debug]}|failed to create \"prometheus/b\""
            + " receiver for data type \"logs\": telemetry type is not supported",
        "traces: {receivers: [otlp], exporters: [prometheus]}|failed to create \"prometheus\""
            + " exporter for data type \"traces\": telemetry type is not supported",
        "logs: {receivers: [otlp], exporters: [prometheus]}|failed to create \"prometheus\""
            + " exporter for data type \"logs\": telemetry type is not supported",
        "logs: {receivers: [otlp], exporters: [jaeger]}|failed to create \"jaeger\" exporter for"
            + " data type \"logs\": telemetry type is not supported",
        "metrics: {receivers: [otlp], exporters: [jaeger]}|failed to create \"jaeger\" exporter for"
            + " data type \"metrics\": telemetry type is not supported",
        "traces: {receivers: [otlp], exporters: [forward]}|connector \"forward\" used as exporter"
            + " in [traces] pipeline but not used in any supported receiver pipeline",
        "traces: {receivers: [forward], exporters: [debug]}|connector \"forward\" used as receiver"
            + " in [traces] pipeline but not used in any supported exporter pipeline",
      })
  void refusesInTheCollectorsWordsWhatDoesNotGoTogether(String pipeline, String message) {
    read(EVERY_KIND.replace("PIPELINE", pipeline));
    assertThat(findings.errors())
        .extracting(Object::toString)
        .singleElement()
        .asString()
        .contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "metrics: {receivers: [prometheus], exporters: [debug]}|not given to the exporter"
            + " \"debug\"",
        "metrics: {receivers: [prometheus], exporters: [prometheus]}|not given to the exporter"
            + " \"prometheus\"",
        "metrics: {receivers: [prometheus], processors: [attributes], exporters:"
            + " [otlp]}|\"attributes\" does not change what the prometheus receiver scrapes",
        "metrics: {receivers: [prometheus, prometheus/b], exporters: [otlp]}|only one set of"
            + " scrape_configs is supported",
        "traces: {receivers: [otlp, otlp/b], exporters: [debug]}|only one otlp receiver is"
            + " supported",
      })
  void tellsACheckWhatServeRefuses(String pipeline, String reason) {
    read(EVERY_KIND.replace("PIPELINE", pipeline));
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.unsupported()).singleElement().asString().contains(reason);
  }

  @Test
  void refusesASecondPrometheusExporter() {
    read(
        EVERY_KIND
            .replace("  debug:\n", "  debug:\n  prometheus/b: {endpoint: ':8890'}\n")
            .replace("PIPELINE", "metrics: {receivers: [otlp], exporters: [prometheus]}"));
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.unsupported())
        .singleElement()
        .asString()
        .contains("only one prometheus exporter is supported");
  }

  @Test
  void warnsOfScrapesForAnExporterThatMayLeadElsewhere() {
    read(EVERY_KIND.replace("PIPELINE", "metrics: {receivers: [prometheus], exporters: [otlp]}"));
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.unsupported()).isEmpty();
    assertThat(findings.warnings())
        .extracting(Object::toString)
        .anyMatch(warning -> warning.contains("where the endpoint leads to another system"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{scrape_configs: []}|no Prometheus scrape_configs or target_allocator set",
        "{global: {}}|no Prometheus scrape_configs or target_allocator set",
        "{scrape_configs: [{job_name: a}], rule_files: [a.yml]}|unsupported features: rule_files",
        "{scrape_configs: [{job_name: a}], remote_write: [{url: 'http://h'}]}|unsupported features:"
            + " remote_write",
        "{scrape_configs: [{job_name: a}], alerting: {alertmanagers: [{static_configs: [{targets:"
            + " [h]}]}]}}|unsupported features: alert_config.alertmanagers",
      })
  void refusesWhatAPrometheusReceiverDoesNotTake(String config, String message) {
    read(
        EVERY_KIND
            .replace("{scrape_configs: [{job_name: a}]}", config)
            .replace("PIPELINE", "metrics: {receivers: [prometheus], exporters: [otlp]}"));
    assertThat(findings.errors()).extracting(Object::toString).anyMatch(e -> e.contains(message));
  }

  private static final String CONNECTED =
      """
      receivers: {otlp: {protocols: {http: }}}
      exporters: {debug: }
      connectors:
        CONNECTOR
      service:
        pipelines:
          traces: {receivers: [otlp], exporters: [spanmetrics, servicegraph]}
          metrics: {receivers: [spanmetrics, servicegraph], exporters: [debug]}
      """;

  @Test
  void readsConnectorsWithTheirDefaults() {
    CollectorConfig config =
        read(CONNECTED.replace("CONNECTOR", "{spanmetrics: , servicegraph: {store: {ttl: 3s}}}"));
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.unsupported()).isEmpty();
    ConnectorConfig.SpanMetrics spans =
        (ConnectorConfig.SpanMetrics) config.connectors().get(ComponentId.parse("spanmetrics"));
    assertThat(spans.namespace()).isEqualTo("traces.span.metrics");
    assertThat(spans.durations().bounds()).hasSize(16).startsWith(2, 4).endsWith(15_000);
    assertThat(spans.flushing().interval()).isEqualTo(Duration.ofSeconds(15));
    assertThat(spans.exemplarsMax()).isZero();
    ConnectorConfig.ServiceGraph graph =
        (ConnectorConfig.ServiceGraph) config.connectors().get(ComponentId.parse("servicegraph"));
    assertThat(graph.bounds()).hasSize(16).startsWith(0.002);
    assertThat(graph.ttl()).isEqualTo(Duration.ofSeconds(3));
    assertThat(graph.itemsMax()).isEqualTo(1_000);
    assertThat(graph.databaseNameAttributes()).containsExactly("db.name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "histogram: {explicit: {buckets: [1ms]}, exponential: {max_size: 10}}"
            + "|use either `explicit` or `exponential` buckets histogram",
        "dimensions: [{name: a}, {name: a}]|duplicate dimension name a",
        "dimensions: [{name: span.name}]|duplicate dimension name span.name",
        "events: {enabled: true}|no dimensions configured for events",
        "metrics_expiration: -1s|invalid metrics_expiration: -1s, the duration should be positive",
        "aggregation_cardinality_limit: -1|invalid aggregation_cardinality_limit: -1",
        "histogram: {bounds: [1]}|'histogram' has invalid keys: bounds",
      })
  void refusesMistakesOfAConnector(String key, String message) {
    read(CONNECTED.replace("CONNECTOR", "{servicegraph: , spanmetrics: {%s}}".formatted(key)));
    assertThat(findings.errors()).extracting(Object::toString).asString().contains(message);
  }

  @Test
  void saysWhatAConnectorDoesNotDo() {
    read(
        CONNECTED.replace(
            "CONNECTOR",
            "{spanmetrics: {aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA},"
                + " servicegraph: {metrics_flush_interval: 0s, metrics_timestamp_offset: 1s}}"));
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.unsupported())
        .extracting(Object::toString)
        .asString()
        .contains("aggregation_temporality", "metrics_flush_interval", "metrics_timestamp_offset");
  }

  @Test
  void aConnectorOfTracesDoesNotEndLogs() {
    read(
        CONNECTED
            .replace("CONNECTOR", "{spanmetrics: , servicegraph: }")
            .replace("traces: {receivers: [otlp]", "logs: {receivers: [otlp]"));
    assertThat(findings.errors())
        .extracting(Object::toString)
        .asString()
        .contains(
            "connector \"spanmetrics\" used as exporter in [logs] pipeline but not used in any"
                + " supported receiver pipeline");
  }
}
