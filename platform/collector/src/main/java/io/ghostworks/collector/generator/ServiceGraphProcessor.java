package io.ghostworks.collector.generator;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.SpanBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Pairs the spans of clients and servers, of producers and consumers, and counts requests, failures
 * and latencies between services; calls of databases and of services that send no spans are told by
 * the caller's span alone. Not thread-safe.
 *
 * <pre>
 * one side came --other side in time--> counted
 *               --time over, peer known or root--> counted as virtual node
 *               --time over--> expired
 * </pre>
 *
 * <p>Source: the behaviour of Tempo's modules/generator/processor/servicegraphs.
 */
final class ServiceGraphProcessor {
  private static final String MESSAGING = "messaging_system";
  private static final String DATABASE = "database";
  private static final String VIRTUAL = "virtual_node";
  private static final String USER = "user";
  private static final String UNKNOWN = "unknown";
  private static final List<String> DATABASE_HOSTS =
      List.of("peer.service", "service.peer.name", "server.address", "net.peer.name");
  private static final List<String> NETWORK_PEERS =
      List.of("network.peer.address", "net.sock.peer.addr", "net.peer.ip");
  private static final List<String> NETWORK_PORTS =
      List.of("network.peer.port", "net.sock.peer.port");

  private final GeneratorSettings.ServiceGraphs settings;
  private final SeriesRegistry registry;
  private final GeneratorMetrics metrics;
  private final SpanFilter filter;
  private final EdgeStore edges;
  private final SeriesGroup group;
  private final KeyBytes key = new KeyBytes();
  private final int total;
  private final int failed;
  private final int serverSeconds;
  private final int clientSeconds;
  private final int messagingSeconds;
  private final int connectionInfo;
  private final boolean failedLabel;
  private boolean silent;

  ServiceGraphProcessor(GeneratorSettings all, SeriesRegistry registry, GeneratorMetrics metrics) {
    GeneratorSettings.ServiceGraphs settings = all.serviceGraphs();
    GeneratorSettings.Histograms histograms = all.histograms();
    this.settings = settings;
    this.failedLabel = all.names() == GeneratorSettings.Names.CONNECTOR;
    this.registry = registry;
    this.metrics = metrics;
    this.filter = new SpanFilter(settings.filterPolicies());
    this.edges = new EdgeStore(settings.itemsMax());
    List<SeriesFamily> families = new ArrayList<>();
    this.total =
        add(
            families,
            settings.request(),
            SeriesFamily.counter(
                "traces_service_graph_request_total", "Requests between two services."));
    this.failed =
        add(
            families,
            settings.request(),
            SeriesFamily.counter(
                "traces_service_graph_request_failed_total",
                "Requests between two services that failed on either side."));
    this.serverSeconds = addLatency(families, settings.latency(), "server", histograms);
    this.clientSeconds = addLatency(families, settings.latency(), "client", histograms);
    this.messagingSeconds =
        addLatency(
            families,
            settings.latency() && settings.messagingLatency(),
            "messaging_system",
            histograms);
    this.connectionInfo =
        add(
            families,
            settings.connectionInfo(),
            SeriesFamily.gauge(
                "traces_service_graph_connection_info", "Which services are connected."));
    int optional =
        (failed < 0 ? 0 : 1) + (messagingSeconds < 0 ? 0 : families.get(messagingSeconds).series());
    int series = families.stream().mapToInt(SeriesFamily::series).sum();
    this.group = registry.group(families, series - optional);
  }

  private static int add(List<SeriesFamily> families, boolean wanted, SeriesFamily family) {
    if (!wanted) {
      return -1;
    }
    families.add(family);
    return families.size() - 1;
  }

  private int addLatency(
      List<SeriesFamily> families,
      boolean wanted,
      String side,
      GeneratorSettings.Histograms histograms) {
    return add(
        families,
        wanted,
        settings.connector()
            ? SeriesFamily.points(
                "traces_service_graph_request_" + side,
                "",
                "s",
                histograms.classic() ? settings.buckets() : null,
                histograms.bucketsMax(),
                0)
            : SeriesFamily.histogram(
                "traces_service_graph_request_" + side + "_seconds",
                "Seconds of requests between two services, as the " + side + " sees them.",
                settings.buckets(),
                histograms));
  }

  /** Whether spans only find their other sides again, since they were counted before. */
  void setSilent(boolean newSilent) {
    silent = newSilent;
  }

  /** The position from which on spans wait for their other sides. */
  long waitingFrom(long absent) {
    return edges.oldestPosition(absent);
  }

  int waiting() {
    return edges.size();
  }

  /** Forgets sides that came before a position. */
  void forgetBefore(long position) {
    edges.removeBefore(position);
  }

  void push(
      SpanBatch batch,
      SpanWindow window,
      Weigher weigher,
      long position,
      long nowMs,
      long nowNanos) {
    int resource = -1;
    String service = null;
    Moment moment = new Moment(Keys.of(settings, batch), position, nowMs, nowNanos);
    for (int row = 0; row < batch.rows(); row++) {
      boolean caller = SpanWords.isCaller(batch.kind(row));
      if ((!caller && !SpanWords.isCalled(batch.kind(row))) || !window.takes(batch, row)) {
        continue;
      }
      if (resource != batch.resource(row)) {
        resource = batch.resource(row);
        service = ResourceNames.of(batch.resources().attributes(), resource).service();
      }
      if (service != null) {
        push(batch, row, caller, service, weigher, moment);
      }
    }
  }

  /** What is the same for all rows of a batch. */
  private record Moment(Keys keys, long position, long nowMs, long nowNanos) {}

  /** Where a batch has the attributes that give spans their meaning. */
  private record Keys(
      KeyIds peers,
      KeyIds databases,
      KeyIds hosts,
      KeyIds networkPeers,
      KeyIds networkPorts,
      KeyIds dimensions) {
    static Keys of(GeneratorSettings.ServiceGraphs settings, SpanBatch batch) {
      return new Keys(
          new KeyIds(settings.peerAttributes(), batch.keys()),
          new KeyIds(settings.databaseNameAttributes(), batch.keys()),
          new KeyIds(DATABASE_HOSTS, batch.keys()),
          new KeyIds(NETWORK_PEERS, batch.keys()),
          new KeyIds(NETWORK_PORTS, batch.keys()),
          new KeyIds(settings.dimensions(), batch.keys()));
    }
  }

  private void push(
      SpanBatch batch, int row, boolean caller, String service, Weigher weigher, Moment moment) {
    boolean taken = filter.takes(batch, row);
    long span = caller ? batch.spanId(row) : batch.parentSpanId(row);
    boolean root = !caller && span == 0;
    Edge edge = root ? null : edges.find(batch.traceIdHigh(row), batch.traceIdLow(row), span);
    boolean isNew = edge == null;
    if (edge == null) {
      edge =
          new Edge(
              batch.traceIdHigh(row),
              batch.traceIdLow(row),
              span,
              moment.position,
              moment.nowNanos + settings.waitTime().toNanos(),
              settings.dimensions().size() * (settings.clientServerPrefix() ? 2 : 1));
      edge.isClientSide = caller;
    } else if ((edge.dropped || !taken) && edge.isClientSide != caller) {
      edges.remove(edge);
      metrics.droppedEdges().increment();
      return;
    }
    if (taken) {
      update(edge, batch, row, caller, service, weigher, moment.keys);
    } else if (root) {
      return;
    } else {
      edge.dropped = true;
    }
    if (edge.isComplete() && !edge.dropped) {
      if (!isNew) {
        edges.remove(edge);
      }
      complete(edge, moment.nowMs);
    } else if (isNew && edges.isFull()) {
      metrics.droppedSpans().increment();
    } else if (isNew) {
      edges.add(edge);
    }
    if (isNew) {
      metrics.edges().increment();
    }
  }

  private void update(
      Edge edge,
      SpanBatch batch,
      int row,
      boolean caller,
      String service,
      Weigher weigher,
      Keys keys) {
    double seconds = Math.max(0, batch.endNanos(row) - batch.startNanos(row)) / 1e9;
    int kind = batch.kind(row);
    edge.failed |= batch.statusCode(row) == SpanWords.STATUS_ERROR;
    edge.weight = weigher.weight(batch, row);
    edge.connectionType =
        kind == SpanWords.KIND_PRODUCER || kind == SpanWords.KIND_CONSUMER ? MESSAGING : "";
    addDimensions(edge, batch, row, caller, keys.dimensions);
    String peer = settings.connector() && !caller ? null : keys.peers.ofSpan(batch, row);
    edge.peer = peer == null ? edge.peer : peer;
    if (caller) {
      edge.client = service;
      edge.clientSeconds = seconds;
      edge.clientEndNanos = batch.endNanos(row);
      addDatabase(edge, batch, row, seconds, keys);
    } else {
      edge.server = service;
      edge.serverSeconds = seconds;
      edge.serverStartNanos = batch.startNanos(row);
    }
  }

  private void addDimensions(
      Edge edge, SpanBatch batch, int row, boolean caller, KeyIds dimensions) {
    for (int i = 0; i < settings.dimensions().size(); i++) {
      String value = dimensions.at(i, batch, row);
      if (value != null) {
        edge.dimensions[settings.clientServerPrefix() ? 2 * i + (caller ? 0 : 1) : i] = value;
      }
    }
  }

  /** A call of a database has no other side: its name is in the client's span. */
  private void addDatabase(Edge edge, SpanBatch batch, int row, double seconds, Keys keys) {
    String name = keys.databases.first(batch, row);
    if (name == null) {
      return;
    }
    edge.connectionType = DATABASE;
    edge.serverSeconds = seconds;
    String host = settings.connector() ? name : keys.hosts.first(batch, row);
    if (host == null) {
      host = keys.networkPeers.first(batch, row);
      String port = keys.networkPorts.first(batch, row);
      host = host == null || port == null ? host : host + ":" + port;
    }
    edge.server = host == null ? name : host;
  }

  /** Gives up sides that waited too long. */
  void expire(long nowMs, long nowNanos) {
    edges.expire(nowNanos, edge -> expired(edge, nowMs));
  }

  private void expired(Edge edge, long nowMs) {
    if (edge.dropped) {
      return;
    }
    edge.connectionType = VIRTUAL;
    if (settings.connector() && settings.peerAttributes().isEmpty()) {
      metrics.expiredEdges(edge.isClientSide).increment();
    } else if (edge.client.isEmpty() && edge.span == 0) {
      edge.client = edge.peer.isEmpty() ? USER : edge.peer;
      edge.virtualNode = "client";
      complete(edge, nowMs);
    } else if (!edge.client.isEmpty() && edge.server.isEmpty() && hasPeer(edge)) {
      edge.server = edge.peer.isEmpty() ? UNKNOWN : edge.peer;
      edge.virtualNode = "server";
      complete(edge, nowMs);
    } else {
      metrics.expiredEdges(edge.isClientSide).increment();
    }
  }

  private boolean hasPeer(Edge edge) {
    return settings.connector() || !edge.peer.isEmpty();
  }

  private void complete(Edge edge, long nowMs) {
    if (silent) {
      return;
    }
    key.clear();
    key.put(edge.client);
    key.put(edge.server);
    key.put(edge.connectionType);
    for (String dimension : edge.dimensions) {
      key.put(dimension);
    }
    key.putByte(failedLabel && edge.failed ? 1 : 0);
    if (settings.virtualNodeLabel()) {
      key.put(edge.virtualNode);
    }
    SeriesEntry entry = group.find(key);
    if (entry == null) {
      entry = group.add(key, labels(edge));
    }
    entry.updatedMs = nowMs;
    count(entry, edge);
  }

  private void count(SeriesEntry entry, Edge edge) {
    if (total >= 0) {
      entry.add(total, edge.weight);
    }
    if (failed >= 0 && edge.failed) {
      entry.add(failed, edge.weight);
    }
    if (serverSeconds >= 0) {
      observe(entry, serverSeconds, edge.serverSeconds, edge);
      observe(entry, clientSeconds, edge.clientSeconds, edge);
    }
    if (messagingSeconds >= 0 && edge.connectionType.equals(MESSAGING)) {
      long nanos = edge.serverStartNanos - edge.clientEndNanos;
      if (nanos > 0) { // else the clocks of both sides differ
        observe(entry, messagingSeconds, nanos / 1e9, edge);
      }
    }
    if (connectionInfo >= 0) {
      entry.set(connectionInfo, 1);
    }
  }

  private static void observe(SeriesEntry entry, int family, double seconds, Edge edge) {
    entry.observe(family, seconds, edge.weight, edge.traceHigh, edge.traceLow, 0);
  }

  private Labels labels(Edge edge) {
    Labels.Builder labels = Labels.builder();
    labels.set("client", edge.client);
    labels.set("server", edge.server);
    labels.set("connection_type", edge.connectionType);
    List<String> dimensions = settings.dimensions();
    for (int i = 0; i < dimensions.size(); i++) {
      String attribute = dimensions.get(i);
      String name = settings.connector() ? attribute : LabelName.of(attribute);
      if (settings.clientServerPrefix()) {
        labels.set("client_" + name, edge.dimensions[2 * i]);
        labels.set("server_" + name, edge.dimensions[2 * i + 1]);
      } else {
        labels.set(name, edge.dimensions[i]);
      }
    }
    if (failedLabel) {
      labels.set("failed", Boolean.toString(edge.failed));
    }
    if (settings.virtualNodeLabel()) {
      labels.set(VIRTUAL, edge.virtualNode);
    }
    return registry.withExternalLabels(labels.build());
  }
}
