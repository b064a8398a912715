package io.ghostworks.server.lines;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Endpoint;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.self.RejectedRows;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.loki.ServiceName;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What Filebeat, Fluent Bit, Vector and Logstash ask of Elasticsearch before and while they send:
 * the bulk API, who answers, its license, its health, and templates and policies, which are taken
 * for granted. Under {@code /elasticsearch}, and where VictoriaLogs has it.
 *
 * <p>Source: Elasticsearch reference, "REST APIs"; the requests of elastic/beats libbeat, of
 * fluent-bit plugins/out_es, of vector's elasticsearch sink and of logstash-output-elasticsearch.
 */
public final class ElasticApi {

  /** A version whose senders ask for no more than this. */
  private static final String VERSION = "8.17.0";

  private static final String CLUSTER = "ghostworks";

  /** Beginnings of paths by which senders set up what is not needed here. */
  private static final Set<String> SETUP =
      Set.of(
          "_ilm",
          "_index_template",
          "_template",
          "_component_template",
          "_ingest",
          "_data_stream",
          "_alias",
          "_nodes",
          "_logstash",
          "logstash");

  private final ElasticBulk bulk;

  public ElasticApi(
      TelemetrySink<LogBatch> logs,
      Function<TenantId, ServiceName> serviceNames,
      Bodies bodies,
      Clock clock,
      PlatformMetrics metrics) {
    RejectedRows rejected = new RejectedRows(metrics, "logs");
    this.bulk =
        new ElasticBulk(
            logs,
            serviceNames,
            bodies,
            clock,
            exchange ->
                rejected.count(
                    exchange.tenant(),
                    List.of(new Rejection(Rejection.Reason.INVALID_ROW, 1, ""))));
  }

  public void addTo(Routes routes) {
    for (String prefix : List.of("/elasticsearch", "/insert/elasticsearch")) {
      Routes.Api api = routes.api(ListenerName.WEB, "", new ElasticErrors());
      var _ =
          api.get(prefix, Permission.INGEST, Route.Work.INSTANT, answering(ElasticApi::info))
              // Not every sender follows a redirect.
              .get(prefix + "/", Permission.INGEST, Route.Work.INSTANT, answering(ElasticApi::info))
              .get(
                  prefix + "/_license",
                  Permission.INGEST,
                  Route.Work.INSTANT,
                  answering(ElasticApi::license))
              .get(
                  prefix + "/_xpack",
                  Permission.INGEST,
                  Route.Work.INSTANT,
                  answering(ElasticApi::features))
              .get(
                  prefix + "/_cluster/health",
                  Permission.INGEST,
                  Route.Work.INSTANT,
                  answering(ElasticApi::health))
              .postOrPut(
                  prefix + "/_bulk",
                  Permission.INGEST,
                  Route.Work.INGEST,
                  exchange -> bulk.answer(exchange, ""))
              .postOrPut(
                  prefix + "/{name}/_bulk",
                  Permission.INGEST,
                  Route.Work.INGEST,
                  exchange -> bulk.answer(exchange, exchange.variable("name")))
              .get(
                  prefix + "/{*rest}",
                  Permission.INGEST,
                  Route.Work.INSTANT,
                  answering(this::setup))
              .postOrPut(
                  prefix + "/{*rest}",
                  Permission.INGEST,
                  Route.Work.INSTANT,
                  answering(this::setup));
    }
  }

  /** Answers from memory. */
  private interface Answering {
    Answer answer(Exchange exchange);
  }

  private static Endpoint answering(Answering answering) {
    return exchange ->
        CompletableFuture.completedFuture(
            answering
                .answer(exchange)
                .withHeader(ElasticErrors.PRODUCT_HEADER, ElasticErrors.PRODUCT));
  }

  private static Answer info(Exchange exchange) {
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("name", CLUSTER);
          json.writeStringField("cluster_name", CLUSTER);
          json.writeStringField("cluster_uuid", CLUSTER);
          json.writeObjectFieldStart("version");
          json.writeStringField("number", VERSION);
          json.writeStringField("build_flavor", "default");
          json.writeStringField("build_type", "tar");
          json.writeBooleanField("build_snapshot", false);
          json.writeStringField("minimum_wire_compatibility_version", "7.17.0");
          json.writeStringField("minimum_index_compatibility_version", "7.0.0");
          json.writeEndObject();
          json.writeStringField("tagline", "You Know, for Search");
          json.writeEndObject();
        }));
  }

  private static Answer license(Exchange exchange) {
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("license");
          json.writeStringField("status", "active");
          json.writeStringField("uid", CLUSTER);
          json.writeStringField("type", "basic");
          json.writeNumberField("expiry_date_in_millis", 4_000_000_000_000L);
          json.writeEndObject();
          json.writeEndObject();
        }));
  }

  private static Answer features(Exchange exchange) {
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("license");
          json.writeStringField("type", "basic");
          json.writeStringField("mode", "basic");
          json.writeStringField("status", "active");
          json.writeEndObject();
          json.writeObjectFieldStart("features");
          for (String feature : List.of("ilm", "data_streams")) {
            json.writeObjectFieldStart(feature);
            json.writeBooleanField("available", true);
            json.writeBooleanField("enabled", true);
            json.writeEndObject();
          }
          json.writeEndObject();
          json.writeEndObject();
        }));
  }

  private static Answer health(Exchange exchange) {
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("cluster_name", CLUSTER);
          json.writeStringField("status", "green");
          json.writeBooleanField("timed_out", false);
          json.writeNumberField("number_of_nodes", 1);
          json.writeNumberField("number_of_data_nodes", 1);
          json.writeEndObject();
        }));
  }

  /** Templates, policies and pipelines are there already, whatever they are called. */
  private Answer setup(Exchange exchange) {
    String rest = exchange.variable("rest");
    String path = rest.startsWith("/") ? rest.substring(1) : rest;
    if (path.isEmpty()) {
      return info(exchange);
    }
    int end = path.indexOf('/');
    if (!SETUP.contains(end < 0 ? path : path.substring(0, end))) {
      throw new RequestException(
          404,
          "there is no '%s' here: of Elasticsearch's API only _bulk and what senders ask before it"
              .formatted(path));
    }
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
            json.writeBooleanField("acknowledged", true);
          }
          json.writeEndObject();
        }));
  }
}
