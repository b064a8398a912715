package io.ghostworks.collector;

import io.ghostworks.collector.attribute.AttributeEditor;
import io.ghostworks.collector.export.Exporter;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.util.function.Function;

/** What pipelines do with batches, for each kind of batch. */
interface BatchKind<B> {
  void editItems(B batch, AttributeEditor editor);

  void editResources(B batch, AttributeEditor editor);

  void export(TenantId tenant, B batch, Exporter exporter);

  int rows(B batch);

  /** The size of the texts and values, which is most of a batch. */
  long bytes(B batch);

  /** A batch of its own with the same items. */
  B copy(B batch);

  /** A request with all items. */
  byte[] encode(OtlpEncoding encoding, B batch);

  /** Where what is stored is given again, by origin. */
  Function<String, TelemetryTail<B>> tails(SignalTails tails);

  BatchKind<SpanBatch> SPANS =
      new BatchKind<>() {
        @Override
        public void editItems(SpanBatch batch, AttributeEditor editor) {
          editor.apply(batch.attributes());
        }

        @Override
        public void editResources(SpanBatch batch, AttributeEditor editor) {
          editor.apply(batch.resources().attributes());
        }

        @Override
        public void export(TenantId tenant, SpanBatch batch, Exporter exporter) {
          exporter.traces(tenant, batch);
        }

        @Override
        public int rows(SpanBatch batch) {
          return batch.rows();
        }

        @Override
        public long bytes(SpanBatch batch) {
          return batch.arena().size();
        }

        @Override
        public SpanBatch copy(SpanBatch batch) {
          byte[] bytes = encode(OtlpEncoding.PROTOBUF, batch);
          return DECODER.traces(OtlpEncoding.PROTOBUF, bytes, 0, bytes.length).batch();
        }

        @Override
        public byte[] encode(OtlpEncoding encoding, SpanBatch batch) {
          return OtlpEncoder.traces(encoding, batch);
        }

        @Override
        public Function<String, TelemetryTail<SpanBatch>> tails(SignalTails tails) {
          return tails.spans();
        }
      };

  BatchKind<LogBatch> LOGS =
      new BatchKind<>() {
        @Override
        public void editItems(LogBatch batch, AttributeEditor editor) {
          editor.apply(batch.attributes());
        }

        @Override
        public void editResources(LogBatch batch, AttributeEditor editor) {
          editor.apply(batch.resources().attributes());
        }

        @Override
        public void export(TenantId tenant, LogBatch batch, Exporter exporter) {
          exporter.logs(tenant, batch);
        }

        @Override
        public int rows(LogBatch batch) {
          return batch.rows();
        }

        @Override
        public long bytes(LogBatch batch) {
          return batch.arena().size();
        }

        @Override
        public LogBatch copy(LogBatch batch) {
          byte[] bytes = encode(OtlpEncoding.PROTOBUF, batch);
          return DECODER.logs(OtlpEncoding.PROTOBUF, bytes, 0, bytes.length).batch();
        }

        @Override
        public byte[] encode(OtlpEncoding encoding, LogBatch batch) {
          return OtlpEncoder.logs(encoding, batch);
        }

        @Override
        public Function<String, TelemetryTail<LogBatch>> tails(SignalTails tails) {
          return tails.logs();
        }
      };

  BatchKind<MetricBatch> METRICS =
      new BatchKind<>() {
        @Override
        public void editItems(MetricBatch batch, AttributeEditor editor) {
          editor.apply(batch.attributes());
        }

        @Override
        public void editResources(MetricBatch batch, AttributeEditor editor) {
          editor.apply(batch.resources().attributes());
        }

        @Override
        public void export(TenantId tenant, MetricBatch batch, Exporter exporter) {
          exporter.metrics(tenant, batch);
        }

        @Override
        public int rows(MetricBatch batch) {
          return batch.points();
        }

        @Override
        public long bytes(MetricBatch batch) {
          return batch.arena().size();
        }

        @Override
        public MetricBatch copy(MetricBatch batch) {
          byte[] bytes = encode(OtlpEncoding.PROTOBUF, batch);
          return DECODER.metrics(OtlpEncoding.PROTOBUF, bytes, 0, bytes.length).batch();
        }

        @Override
        public byte[] encode(OtlpEncoding encoding, MetricBatch batch) {
          return OtlpEncoder.metrics(encoding, batch);
        }

        @Override
        public Function<String, TelemetryTail<MetricBatch>> tails(SignalTails tails) {
          throw new IllegalStateException("OTLP metrics are not given again");
        }
      };

  OtlpDecoder DECODER = new OtlpDecoder(OtlpLimits.DEFAULT);
}
