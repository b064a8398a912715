package io.ghostworks.server.wiring;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.server.tempo.TempoApi;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;

/** Traces as Tempo gives them. */
final class TraceForms implements TempoApi.TraceWriter {

  @Override
  public byte[] json(SpanBatch trace) {
    return OtlpEncoder.tempoJson(trace);
  }

  @Override
  public byte[] protobuf(SpanBatch trace) {
    return OtlpEncoder.traces(OtlpEncoding.PROTOBUF, trace);
  }
}
