package io.ghostworks.collector;

import io.ghostworks.collector.config.ComponentId;
import io.ghostworks.collector.config.ExporterConfig;
import io.ghostworks.collector.config.ExporterConfig.Sending;
import io.ghostworks.collector.config.Signal;
import io.ghostworks.collector.export.DebugExporter;
import io.ghostworks.collector.export.Exporter;
import io.ghostworks.collector.export.OtlpGrpcTransport;
import io.ghostworks.collector.export.OtlpHttpTransport;
import io.ghostworks.collector.export.PrometheusExporter;
import io.ghostworks.collector.export.QueuedExporter;
import io.ghostworks.collector.export.RequestSender;
import io.ghostworks.collector.export.Transport;
import io.ghostworks.wire.otlp.OtlpEncoding;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The exporters of a file that do more than store, as this process sees them. */
final class ExporterSet implements AutoCloseable {
  private final Surroundings around;
  private final Map<ComponentId, Exporter> local = new LinkedHashMap<>();
  private final Map<ComponentId, Remote> remotes = new LinkedHashMap<>();
  private final Map<ComponentId, QueuedExporter> queued = new LinkedHashMap<>();
  private final List<PrometheusExporter> prometheus = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  /** An exporter to another system. */
  record Remote(Sending sending, OtlpEncoding encoding, RequestSender sender) {}

  ExporterSet(Map<ComponentId, ExporterConfig> exporters, Surroundings around) {
    this.around = around;
    exporters.forEach(this::add);
  }

  private void add(ComponentId id, ExporterConfig exporter) {
    switch (exporter) {
      case ExporterConfig.Debug debug ->
          local.put(id, new DebugExporter(id.toString(), debug.verbosity()));
      case ExporterConfig.Prometheus served -> {
        PrometheusExporter serving = new PrometheusExporter(served, around.clock());
        local.put(id, serving);
        prometheus.add(serving);
      }
      case ExporterConfig.Otlp otlp -> {
        if (!Destination.isHere(otlp.endpoint(), around)) {
          String address = around.hosts().resolve(otlp.endpoint());
          Transport transport = new OtlpGrpcTransport(otlp, address);
          addRemote(id, otlp.sending(), OtlpEncoding.PROTOBUF, transport);
        }
      }
      case ExporterConfig.OtlpHttp http -> {
        Map<Signal, String> elsewhere = new LinkedHashMap<>(http.urls());
        elsewhere.values().removeIf(url -> Destination.isHere(address(url), around));
        if (!elsewhere.isEmpty()) {
          ExporterConfig.OtlpHttp remote =
              new ExporterConfig.OtlpHttp(elsewhere, http.encoding(), http.sending());
          Transport transport = new OtlpHttpTransport(remote, around.http());
          addRemote(id, http.sending(), http.encoding(), transport);
        }
      }
      case ExporterConfig.Jaeger jaeger -> {
        if (!Destination.isHere(jaeger.endpoint(), around)) {
          refusals.add(
              ("exporters.%s: %s is another system, and Jaeger's own protocol is not spoken to other"
                      + " systems; use the otlp exporter with port 4317")
                  .formatted(id, jaeger.endpoint()));
        }
      }
      case ExporterConfig.Other other -> {
        // Reading the file has refused it already where a pipeline uses it.
      }
    }
  }

  private void addRemote(
      ComponentId id, Sending sending, OtlpEncoding encoding, Transport transport) {
    RequestSender sender = new RequestSender(id.toString(), sending, transport, around.sending());
    remotes.put(id, new Remote(sending, encoding, sender));
  }

  private static String address(String url) {
    URI uri = URI.create(url);
    int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    return uri.getHost() + ":" + port;
  }

  Optional<Remote> remote(ComponentId id) {
    return Optional.ofNullable(remotes.get(id));
  }

  /** One that holds nothing. */
  Optional<Exporter> local(ComponentId id) {
    return Optional.ofNullable(local.get(id));
  }

  /** The queue in memory in front of another system. */
  Exporter queued(ComponentId id, Remote remote) {
    return queued.computeIfAbsent(
        id,
        i ->
            new QueuedExporter(
                remote.sending(), remote.encoding(), remote.sender(), around.metrics()));
  }

  /** What the file asks for and this process, with its host map, does not do. */
  List<String> refusals() {
    return refusals;
  }

  List<PrometheusExporter> prometheus() {
    return List.copyOf(prometheus);
  }

  void start() {
    queued.values().forEach(Exporter::start);
  }

  @Override
  public void close() {
    queued.values().forEach(Exporter::close);
    local.values().forEach(Exporter::close);
    remotes.values().forEach(remote -> remote.sender().close());
  }
}
