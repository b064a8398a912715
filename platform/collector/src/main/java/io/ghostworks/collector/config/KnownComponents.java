package io.ghostworks.collector.config;

import java.util.Set;

/**
 * The component types of the Collector's distributions: a type that is not among them is a mistake,
 * one that is among them but not built here is refused by name.
 */
final class KnownComponents {
  static final Set<String> RECEIVERS =
      words(
          """
          active_directory_ds aerospike apache apachespark awscloudwatch awscontainerinsightreceiver
          awsecscontainermetrics awsfirehose awslambda awss3 awsxray azure_event_hub azureblob
          azureeventhub azuremonitor bigip carbon chrony ciscoos cloudflare cloudfoundry collectd couchdb
          datadog docker_stats elasticsearch envoyals expvar faro file_log filelog filestats flinkmetrics
          fluentforward github gitlab googlecloudmonitoring googlecloudpubsub googlecloudpubsubpush
          googlecloudspanner haproxy host_metrics hostmetrics httpcheck huaweicloudcesreceiver icmpcheckreceiver iis
          influxdb jaeger jmx journald k8s_cluster k8s_events k8sobjects kafka kafkametrics
          kubeletstats libhoney loki memcached mongodb mongodbatlas mysql namedpipe netflow nginx nop
          nsxt ntp opencensus oracledb osquery otelarrow otlp otlpjsonfile podman_stats postgresql
          pprof prometheus prometheus_simple prometheusremotewrite pulsar purefa purefb rabbitmq
          receiver_creator redfish redis riak saphana signalfx skywalking snmp snowflake solace
          splunk_hec splunkenterprise sqlquery sqlserver sshcheck statsd stef syslog systemd tcpcheck
          tcplog tlscheck udplog vcenter vcr_event wavefront webhookevent windowseventlog
          windowsperfcounters windowsservice yanggrpc zipkin zookeeper
          """);

  static final Set<String> PROCESSORS =
      words(
          """
          attributes batch coralogix cumulativetodelta deltatocumulative deltatorate dns_lookup
          filter geoip groupbyattrs groupbytrace interval isolationforest k8s_attributes k8sattributes
          logdedup logstransform lookup memory_limiter metricsgeneration metricstarttime metricstransform
          probabilistic_sampler redaction remotetap resource resourcedetection routing schema
          servicegraph span spanmetrics sumologic tail_sampling transform unroll
          """);

  static final Set<String> EXPORTERS =
      words(
          """
          alertmanager alibabacloud_logservice awscloudwatchlogs awsemf awskinesis awss3 awsxray
          azureblob azuredataexplorer azuremonitor bmchelix carbon cassandra clickhouse coralogix
          datadog dataset debug dorisexporter doris dynatrace elasticsearch f5cloud faro file
          googlecloud googlecloudpubsub googlecloudstorage googlemanagedprometheus honeycombmarker
          influxdb instana jaeger jaeger_thrift kafka kinetica kineticaexporter loadbalancing logging
          logicmonitor logzio loki mezmo nop opencensus opensearch otelarrow otlp otlp_grpc otlp_http
          otlphttp parquet prometheus prometheusremotewrite pulsar rabbitmq sapm sentry signalfx
          skywalking splunk_hec stef sumologic syslog tanzuobservability tencentcloud_logservice
          tinybird zipkin
          """);

  static final Set<String> CONNECTORS =
      words(
          """
          count datadog exceptions failover forward grafanacloud metricsaslogs otlpjson
          roundrobin routing servicegraph signaltometrics slowsql spanmetrics sum
          """);

  static final Set<String> EXTENSIONS =
      words(
          """
          ack asapclient avro_log_encoding awscloudwatchmetricstreams_encoding awslogs_encoding
          awsproxy azure_auth azure_encoding basicauth bearertokenauth cfgarden_observer cgroup_runtime
          datadog db_storage docker_observer ecs_observer ecs_task_observer file_storage
          googleclientauth googlecloudlogentry_encoding headers_setter health_check healthcheckv2
          host_observer http_forwarder jaeger_encoding jaegerremotesampling json_log_encoding
          k8s_leader_elector k8s_observer kafkatopics_observer memory_ballast memory_limiter
          oauth2client observer oidc opamp otlp_encoding pprof redis_storage remotetap sigv4auth
          skywalking_encoding sumologic text_encoding zipkin_encoding zpages
          """);

  private KnownComponents() {}

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }
}
