package io.ghostworks.collector.export;

import io.ghostworks.collector.config.ExporterConfig.Sending;
import io.ghostworks.collector.config.Signal;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import java.util.ArrayDeque;

/**
 * Sends requests to another system from a queue in memory, for what cannot be read again from the
 * store. What finds the queue full is dropped, counted and logged; what waits when the process ends
 * is lost to the other system.
 */
public final class QueuedExporter implements Exporter {
  /** Bytes that may wait, whatever the number of requests. */
  private static final long QUEUE_BYTES_MAX = 64L << 20;

  private final Sending sending;
  private final OtlpEncoding encoding;
  private final RequestSender sender;
  private final ArrayDeque<RequestSender.Request> queue = new ArrayDeque<>();
  private boolean started;
  private int sent;
  private int waiting;
  private long waitingBytes;

  public QueuedExporter(
      Sending sending, OtlpEncoding encoding, RequestSender sender, PlatformMetrics metrics) {
    this.sending = sending;
    this.encoding = encoding;
    this.sender = sender;
    metrics.gauge(
        "otelcol_exporter_queue_size",
        "What waits to be sent to another system.",
        Labels.of("exporter", sender.id()),
        this::waiting);
  }

  private synchronized int waiting() {
    return waiting;
  }

  @Override
  public synchronized void start() {
    started = true;
    sendNext();
  }

  @Override
  public void traces(TenantId tenant, SpanBatch batch) {
    if (batch.rows() > 0 && sender.carries(Signal.TRACES)) {
      enqueue(tenant, Signal.TRACES, OtlpEncoder.traces(encoding, batch), batch.rows());
    }
  }

  @Override
  public void logs(TenantId tenant, LogBatch batch) {
    if (batch.rows() > 0 && sender.carries(Signal.LOGS)) {
      enqueue(tenant, Signal.LOGS, OtlpEncoder.logs(encoding, batch), batch.rows());
    }
  }

  @Override
  public void metrics(TenantId tenant, MetricBatch batch) {
    if (batch.points() > 0 && sender.carries(Signal.METRICS)) {
      enqueue(tenant, Signal.METRICS, OtlpEncoder.metrics(encoding, batch), batch.points());
    }
  }

  private synchronized void enqueue(TenantId tenant, Signal signal, byte[] body, int items) {
    if (waiting >= sending.queueSize() || waitingBytes + body.length > QUEUE_BYTES_MAX) {
      sender.notQueued(signal, items, "sending queue is full");
      return;
    }
    waiting++;
    waitingBytes += body.length;
    queue.add(new RequestSender.Request(tenant, signal, body, items));
    sendNext();
  }

  private synchronized void sendNext() {
    while (started && sent < sending.consumers() && !queue.isEmpty()) {
      sent++;
      RequestSender.Request request = queue.remove();
      sender.send(request, () -> settled(request));
    }
  }

  private synchronized void settled(RequestSender.Request request) {
    sent--;
    waiting--;
    waitingBytes -= request.body().length;
    sendNext();
  }

  @Override
  public synchronized void close() {
    started = false;
    for (RequestSender.Request request : queue) {
      sender.notQueued(request.signal(), request.items(), "the process ends");
    }
    waiting -= queue.size();
    queue.clear();
  }
}
