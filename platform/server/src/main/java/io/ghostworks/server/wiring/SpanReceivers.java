package io.ghostworks.server.wiring;

import io.ghostworks.collector.config.ReceiverConfig;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.spans.JaegerAgent;
import io.ghostworks.server.spans.JaegerReceiver;
import io.ghostworks.server.spans.ZipkinReceiver;
import org.jspecify.annotations.Nullable;

/** The receivers of Jaeger's and Zipkin's protocols, in front of the pipelines that they feed. */
record SpanReceivers(Foundation foundation, Collection collection, Bodies bodies) {

  private static final long DATAGRAM_BYTES = 32L << 20;

  void addTo(Routes routes) {
    ReceiverConfig jaeger = collection.config().receivers().get(collection.jaegerReceiver());
    ReceiverConfig zipkin = collection.config().receivers().get(collection.zipkinReceiver());
    TelemetrySink<SpanBatch> jaegerSpans = collection.graph().traces(collection.jaegerReceiver());
    new JaegerReceiver(jaegerSpans, bodies, foundation.metrics()).addTo(routes);
    addAgent(routes, jaegerSpans, jaeger instanceof ReceiverConfig.Jaeger asked ? asked : null);
    new ZipkinReceiver(
            collection.graph().traces(collection.zipkinReceiver()),
            zipkin instanceof ReceiverConfig.Zipkin asked && asked.parseStringTags(),
            bodies,
            foundation.clock(),
            foundation.metrics())
        .addTo(routes);
  }

  private void addAgent(
      Routes routes, TelemetrySink<SpanBatch> spans, ReceiverConfig.@Nullable Jaeger asked) {
    MemoryBudget memory = foundation.ledger().open("datagrams", DATAGRAM_BYTES);
    routes.packets(
        ListenerName.JAEGER_THRIFT_COMPACT,
        agent(JaegerAgent.Protocol.COMPACT, spans, memory, asked == null ? null : asked.compact()));
    routes.packets(
        ListenerName.JAEGER_THRIFT_BINARY,
        agent(JaegerAgent.Protocol.BINARY, spans, memory, asked == null ? null : asked.binary()));
  }

  private JaegerAgent agent(
      JaegerAgent.Protocol protocol,
      TelemetrySink<SpanBatch> spans,
      MemoryBudget memory,
      ReceiverConfig.@Nullable Datagrams asked) {
    return new JaegerAgent(
        protocol,
        foundation.installation().operator(),
        spans,
        foundation.readiness(),
        memory,
        asked == null
            ? JaegerAgent.Limits.DEFAULT
            : new JaegerAgent.Limits(asked.queueMax(), asked.packetBytesMax()),
        foundation.metrics());
  }
}
