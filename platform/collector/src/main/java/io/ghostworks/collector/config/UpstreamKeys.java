package io.ghostworks.collector.config;

import java.util.Optional;

/**
 * The keys of the file's own sections, and of the components that are built here.
 *
 * <p>Source: the {@code mapstructure} names of opentelemetry-collector (otelcol, service,
 * confighttp, configgrpc, configtls, confignet, configretry, exporterhelper and its components) and
 * of opentelemetry-collector-contrib (prometheus, jaeger, zipkin, attributes, resource,
 * spanmetrics, servicegraph). A section that is optional there has {@code enabled} too.
 */
final class UpstreamKeys {
  private static final Keys TLS =
      Keys.of(
              """
              ca_file ca_pem cert_file cert_pem cipher_suites curve_preferences
              include_insecure_cipher_suites include_system_ca_certs_pool key_file key_pem
              max_version min_version reload_interval
              """)
          .with("tpm", Keys.of("auth enabled owner_auth path"));
  private static final Keys TLS_CLIENT =
      TLS.and(Keys.of("insecure insecure_skip_verify server_name_override"));
  private static final Keys TLS_SERVER =
      TLS.and(Keys.of("client_ca_file client_ca_file_reload")).optional();
  private static final Keys AUTH = Keys.of("authenticator").optional();
  private static final Keys SERVER =
      Keys.of("endpoint transport include_metadata")
          .with("dialer", Keys.of("timeout"))
          .with("tls", TLS_SERVER)
          .with("auth", AUTH)
          .with("middlewares", Keys.of("id"));
  private static final Keys HTTP_SERVER =
      SERVER
          .and(
              Keys.of(
                  """
                  max_request_body_size response_headers compression_algorithms read_timeout
                  read_header_timeout write_timeout idle_timeout keep_alives_enabled
                  """))
          .with("auth", AUTH.and(Keys.of("request_params")))
          .with(
              "cors",
              Keys.of("allowed_origins allowed_headers exposed_headers max_age").optional());
  private static final Keys GRPC_SERVER =
      SERVER
          .and(
              Keys.of(
                  "max_recv_msg_size_mib max_concurrent_streams read_buffer_size"
                      + " write_buffer_size"))
          .with(
              "keepalive",
              Keys.of("enabled")
                  .with(
                      "server_parameters",
                      Keys.of(
                              """
                              max_connection_idle max_connection_age max_connection_age_grace time
                              timeout
                              """)
                          .optional())
                  .with(
                      "enforcement_policy", Keys.of("min_time permit_without_stream").optional()));
  private static final Keys DATAGRAMS =
      Keys.of("endpoint queue_size max_packet_size workers socket_buffer_size");
  private static final Keys CLIENT =
      Keys.of("endpoint read_buffer_size write_buffer_size timeout headers compression")
          .with("tls", TLS_CLIENT)
          .with("auth", AUTH)
          .with("middlewares", Keys.of("id"));
  private static final Keys HTTP_CLIENT =
      CLIENT
          .and(
              Keys.of(
                  """
                  proxy_url max_idle_conns max_idle_conns_per_host max_conns_per_host
                  idle_conn_timeout disable_keep_alives http2_read_idle_timeout http2_ping_timeout
                  force_attempt_http2
                  """))
          .with("compression_params", Keys.of("level"))
          .with("cookies", Keys.of("enabled"));
  private static final Keys GRPC_CLIENT =
      CLIENT
          .and(Keys.of("wait_for_ready user_agent balancer_name authority"))
          .with("keepalive", Keys.of("time timeout permit_without_stream").optional());
  private static final Keys QUEUE =
      Keys.of(
              """
              enabled wait_for_result sizer queue_size block_on_overflow storage num_consumers
              """)
          .with(
              "batch",
              Keys.of("flush_timeout sizer min_size max_size")
                  .with("partition", Keys.of("metadata_keys"))
                  .optional());
  private static final Keys SENDING =
      Keys.of("timeout")
          .with("sending_queue", QUEUE)
          .with(
              "retry_on_failure",
              Keys.of(
                  """
                  enabled initial_interval max_elapsed_time max_interval multiplier
                  randomization_factor
                  """));
  private static final Keys ACTION =
      Keys.of(
          """
          key value default_value pattern from_attribute from_context converted_type action
          """);
  private static final Keys MATCH =
      Keys.of(
              """
              match_type services span_names log_bodies log_severity_texts metric_names span_kinds
              """)
          .with("regexp", Keys.of("cacheenabled cachemaxnumentries"))
          .with("log_severity_number", Keys.of("min match_undefined"))
          .with("attributes", Keys.of("key value"))
          .with("resources", Keys.of("key value"))
          .with("libraries", Keys.of("name version"));
  private static final Keys DIMENSION = Keys.of("name default");
  private static final Keys TELEMETRY =
      Keys.of("resource")
          .with(
              "logs",
              Keys.of(
                      """
                      level development encoding disable_caller disable_stacktrace output_paths
                      error_output_paths initial_fields processors disable_zap_resource
                      """)
                  .with("sampling", Keys.of("enabled tick initial thereafter")))
          .with("metrics", Keys.of("level readers views"))
          .with("traces", Keys.of("level propagators limits processors sampler"));

  /** The file as a whole; of components their ids only. */
  static final Keys FILE =
      Keys.of("receivers processors exporters connectors extensions")
          .with(
              "service",
              Keys.of("extensions")
                  .with("telemetry", TELEMETRY)
                  .with("pipelines", Keys.each(Keys.of("receivers processors exporters"))));

  private UpstreamKeys() {}

  /** The keys of a receiver's type that is built here. */
  static Optional<Keys> ofReceiver(String type) {
    return switch (type) {
      case "otlp" ->
          Optional.of(
              Keys.of("protocols")
                  .with(
                      "protocols",
                      Keys.of("grpc http")
                          .with("grpc", GRPC_SERVER.optional())
                          .with(
                              "http",
                              HTTP_SERVER
                                  .and(Keys.of("traces_url_path metrics_url_path logs_url_path"))
                                  .optional())));
      case "prometheus" ->
          Optional.of(
              Keys.of(
                      """
                      config trim_metric_suffixes use_start_time_metric start_time_metric_regex
                      report_extra_scrape_metrics endpoint
                      """)
                  .with(
                      "target_allocator",
                      HTTP_CLIENT
                          .and(Keys.of("interval collector_id http_sd_config http_scrape_config"))
                          .optional())
                  .with("api_server", Keys.of("enabled").with("server_config", HTTP_SERVER)));
      case "jaeger" ->
          Optional.of(
              Keys.of("protocols remote_sampling")
                  .with(
                      "protocols",
                      Keys.of("grpc thrift_http thrift_compact thrift_binary")
                          .with("grpc", GRPC_SERVER.optional())
                          .with("thrift_http", HTTP_SERVER.optional())
                          .with("thrift_compact", DATAGRAMS.optional())
                          .with("thrift_binary", DATAGRAMS.optional())));
      case "zipkin" ->
          Optional.of(
              HTTP_SERVER
                  .and(Keys.of("protocols parse_string_tags"))
                  .with("protocols", Keys.of("http").with("http", HTTP_SERVER.optional())));
      default -> Optional.empty();
    };
  }

  /** The keys of a processor's type that is built here. */
  static Optional<Keys> ofProcessor(String type) {
    return switch (type) {
      case "batch" ->
          Optional.of(
              Keys.of(
                  """
                  timeout send_batch_size send_batch_max_size metadata_keys
                  metadata_cardinality_limit
                  """));
      case "memory_limiter" ->
          Optional.of(
              Keys.of(
                  """
                  check_interval min_gc_interval_when_soft_limited
                  min_gc_interval_when_hard_limited max_gc_interval_when_soft_limited
                  max_gc_interval_when_hard_limited limit_mib spike_limit_mib limit_percentage
                  spike_limit_percentage
                  """));
      case "attributes" ->
          Optional.of(
              Keys.of("actions")
                  .with("actions", ACTION)
                  .with("include", MATCH)
                  .with("exclude", MATCH));
      case "resource" -> Optional.of(Keys.of("attributes").with("attributes", ACTION));
      default -> Optional.empty();
    };
  }

  /** The keys of an exporter's type that is built here. */
  static Optional<Keys> ofExporter(String type) {
    return switch (type) {
      case "debug" ->
          Optional.of(
              Keys.of(
                      """
                      verbosity sampling_initial sampling_thereafter use_internal_logger
                      output_paths
                      """)
                  .with("sending_queue", QUEUE));
      case "prometheus" ->
          Optional.of(
              HTTP_SERVER
                  .and(
                      Keys.of(
                          """
                          namespace const_labels send_timestamps metric_expiration
                          enable_open_metrics add_metric_suffixes translation_strategy
                          """))
                  .with("sending_queue", QUEUE)
                  .with(
                      "resource_to_telemetry_conversion",
                      Keys.of("enabled exclude_service_attributes included excluded")));
      case "otlp", "otlp_grpc", "jaeger" -> Optional.of(GRPC_CLIENT.and(SENDING));
      case "otlphttp", "otlp_http" ->
          Optional.of(
              HTTP_CLIENT
                  .and(SENDING)
                  .and(
                      Keys.of(
                          """
                          traces_endpoint metrics_endpoint logs_endpoint profiles_endpoint encoding
                          """)));
      default -> Optional.empty();
    };
  }

  /** The keys of a connector's type that is built here. */
  static Optional<Keys> ofConnector(String type) {
    return switch (type) {
      case "spanmetrics" ->
          Optional.of(
              Keys.of(
                      """
                      namespace exclude_dimensions dimensions_cache_size
                      aggregation_cardinality_limit resource_metrics_cache_size
                      resource_metrics_key_attributes aggregation_temporality
                      metrics_flush_interval metrics_expiration series_expiration
                      metric_timestamp_cache_size include_instrumentation_scope
                      add_resource_attributes enable_metrics_sampling_method
                      """)
                  .with("dimensions", DIMENSION)
                  .with("calls_dimensions", DIMENSION)
                  .with("exemplars", Keys.of("enabled max_per_data_point"))
                  .with("events", Keys.of("enabled").with("dimensions", DIMENSION))
                  .with(
                      "histogram",
                      Keys.of("disable unit")
                          .with("explicit", Keys.of("buckets"))
                          .with("exponential", Keys.of("max_size"))
                          .with("dimensions", DIMENSION)));
      case "servicegraph" ->
          Optional.of(
              Keys.of(
                      """
                      latency_histogram_buckets dimensions cache_loop store_expiration_loop
                      virtual_node_peer_attributes virtual_node_extra_label
                      metrics_flush_interval database_name_attributes
                      exponential_histogram_max_size metrics_timestamp_offset
                      """)
                  .with("store", Keys.of("max_items ttl")));
      default -> Optional.empty();
    };
  }
}
