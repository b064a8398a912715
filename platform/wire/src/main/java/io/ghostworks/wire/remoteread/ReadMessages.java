package io.ghostworks.wire.remoteread;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.chunk.ChunkEncoding;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.proto.ProtoWriter;

/** The messages that answers to remote readers have in common: labels, histograms and chunks. */
final class ReadMessages {
  private ReadMessages() {}

  /** Labels, in the field 1 of the message that is open. */
  static void labels(ProtoWriter out, Labels labels) {
    labels.forEach((name, value) -> {
      int label = out.begin(1);
      out.text(1, name);
      out.text(2, value);
      out.end(label);
    });
  }

  /** A {@code prometheus.Histogram} of float counts, in a field. */
  static void histogram(ProtoWriter out, int field, long timestampMs, FloatHistogram h) {
    int message = out.begin(field);
    out.float64Always(2, h.count());
    out.float64Always(3, h.sum());
    out.sint32(4, h.schema());
    out.float64Always(5, h.zeroThreshold());
    out.float64Always(7, h.zeroCount());
    spans(out, 8, h.negativeSpanOffsets(), h.negativeSpanLengths());
    packed(out, 10, h.negativeCounts());
    spans(out, 11, h.positiveSpanOffsets(), h.positiveSpanLengths());
    packed(out, 13, h.positiveCounts());
    out.uint(
        14,
        switch (h.counterReset()) {
          case UNKNOWN -> 0;
          case RESET -> 1;
          case NOT_RESET -> 2;
          case GAUGE -> 3;
        });
    out.uint(15, timestampMs);
    packed(out, 16, h.customBounds());
    out.end(message);
  }

  private static void spans(ProtoWriter out, int field, int[] offsets, int[] lengths) {
    for (int i = 0; i < offsets.length; i++) {
      int span = out.begin(field);
      out.sint32(1, offsets[i]);
      out.uint(2, lengths[i]);
      out.end(span);
    }
  }

  private static void packed(ProtoWriter out, int field, double[] values) {
    if (values.length > 0) {
      out.tag(field, ProtoReader.BYTES);
      out.varint(8L * values.length);
      for (double value : values) {
        out.rawFixed64(Double.doubleToRawLongBits(value));
      }
    }
  }

  /** A {@code prometheus.Chunk}, in the field 2 of the message that is open. */
  static void chunk(ProtoWriter out, long minMs, long maxMs, ChunkEncoding encoding, byte[] data) {
    int chunk = out.begin(2);
    out.uint(1, minMs);
    out.uint(2, maxMs);
    out.uint(3, encoding.number());
    out.bytes(4, data, 0, data.length);
    out.end(chunk);
  }
}
