package io.ghostworks.server.spans;

import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.server.http.PacketReceiver;
import io.ghostworks.server.http.Readiness;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.jaeger.JaegerDecoder;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the datagrams that Jaeger's clients send to an agent. Nobody hears an answer: what cannot
 * be stored is counted by reason. As a datagram tells no tenant and no token, its spans are the
 * operator's.
 */
public final class JaegerAgent implements PacketReceiver {

  private static final Logger log = LoggerFactory.getLogger(JaegerAgent.class);

  /** What a datagram and its rows hold until they are stored, as a multiple of its length. */
  private static final int MEMORY_FACTOR = 4;

  private final Protocol protocol;
  private final TenantId tenant;
  private final SpanIntake intake;
  private final Readiness readiness;
  private final MemoryBudget memory;
  private final Limits limits;
  private final PlatformMetrics metrics;
  private final JaegerDecoder decoder = new JaegerDecoder(OtlpLimits.DEFAULT);
  private final AtomicInteger waiting = new AtomicInteger();

  /** Which of Thrift's protocols the messages have. */
  public enum Protocol {
    COMPACT,
    BINARY
  }

  /**
   * @param queueMax datagrams whose spans are not yet stored; further ones are dropped
   * @param packetBytesMax longer datagrams are dropped
   */
  public record Limits(int queueMax, int packetBytesMax) {
    public static final Limits DEFAULT = new Limits(1_000, 65_000);
  }

  /**
   * @param memory what waiting datagrams may hold together
   */
  public JaegerAgent(
      Protocol protocol,
      TenantId tenant,
      TelemetrySink<SpanBatch> spans,
      Readiness readiness,
      MemoryBudget memory,
      Limits limits,
      PlatformMetrics metrics) {
    this.protocol = protocol;
    this.tenant = tenant;
    this.intake = new SpanIntake(spans, metrics);
    this.readiness = readiness;
    this.memory = memory;
    this.limits = limits;
    this.metrics = metrics;
  }

  @Override
  public void accept(byte[] packet, int length) {
    if (length > limits.packetBytesMax()) {
      drop("too_large");
      return;
    }
    if (!readiness.isReady()) {
      drop("starting");
      return;
    }
    long bytes = (long) MEMORY_FACTOR * length;
    if (waiting.get() >= limits.queueMax() || !memory.tryReserve(bytes)) {
      drop("overloaded");
      return;
    }
    waiting.incrementAndGet();
    try {
      Decoded<SpanBatch> decoded =
          switch (protocol) {
            case COMPACT -> decoder.compactMessage(packet, 0, length);
            case BINARY -> decoder.binaryMessage(packet, 0, length);
          };
      var _ =
          intake
              .offer(tenant, decoded)
              .whenComplete((refused, failure) -> {
                release(bytes);
                end(refused, failure);
              });
    } catch (WireFormatException e) {
      release(bytes);
      log.debug("a datagram of Jaeger's agent is malformed", e);
      drop("malformed");
    } catch (RuntimeException e) {
      release(bytes);
      throw e;
    }
  }

  private void release(long bytes) {
    waiting.decrementAndGet();
    memory.release(bytes);
  }

  private void end(String refused, Throwable failure) {
    if (failure != null) {
      log.debug("a datagram of Jaeger's agent was not stored", failure);
      drop("overloaded");
    } else {
      if (!refused.isEmpty()) {
        log.debug("of a datagram of Jaeger's agent {}", refused);
      }
      count("ghostworks_jaeger_agent_packets_total", "Datagrams whose spans are stored.", "");
    }
  }

  private void drop(String reason) {
    count(
        "ghostworks_jaeger_agent_dropped_packets_total",
        "Datagrams that were dropped, by reason.",
        reason);
  }

  private void count(String name, String help, String reason) {
    String word = protocol == Protocol.COMPACT ? "compact" : "binary";
    metrics
        .counter(
            name,
            help,
            reason.isEmpty()
                ? Labels.of("protocol", word)
                : Labels.of("protocol", word, "reason", reason))
        .increment();
  }
}
