package io.ghostworks.bench.kernel;

import io.ghostworks.bench.payload.Payloads;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.records.RecordsEngine;
import io.ghostworks.wire.loki.ServiceName;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.otlp.logs.LogStreams;
import io.ghostworks.wire.otlp.logs.OtlpAttributes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Decoded log records and spans of the last minute, as senders deliver them. */
final class StoredRecords {

  static final int ROWS = 500;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private StoredRecords() {}

  static List<LogBatch> logs(int batches) {
    OtlpDecoder decoder = new OtlpDecoder(OtlpLimits.DEFAULT);
    LogStreams streams = new LogStreams(OtlpAttributes.DEFAULT, ServiceName.DEFAULT);
    Payloads payloads = new Payloads(42, nowNanos() - MINUTE_NANOS);
    List<LogBatch> logs = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      byte[] body = payloads.logs(ROWS, i);
      LogBatch batch = decoder.logs(OtlpEncoding.PROTOBUF, body, 0, body.length).batch();
      streams.assign(batch, nowNanos());
      logs.add(batch);
    }
    return logs;
  }

  static List<SpanBatch> spans(int batches) {
    OtlpDecoder decoder = new OtlpDecoder(OtlpLimits.DEFAULT);
    Payloads payloads = new Payloads(42, nowNanos() - MINUTE_NANOS);
    List<SpanBatch> spans = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      byte[] body = payloads.spans(ROWS, i);
      spans.add(decoder.traces(OtlpEncoding.PROTOBUF, body, 0, body.length).batch());
    }
    return spans;
  }

  /** Offers all and waits until they are acknowledged. */
  static void offer(RecordsEngine engine, List<LogBatch> logs) {
    logs.forEach(batch -> engine.logSink().offer(Workspace.TENANT, batch).join());
  }

  static void flush(RecordsEngine engine) {
    try {
      engine.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the rows cannot be flushed", e);
    }
  }

  private static long nowNanos() {
    return System.currentTimeMillis() * 1_000_000L;
  }
}
