package io.ghostworks.wire.exposition;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.wire.proto.ProtoReader;
import java.nio.charset.StandardCharsets;

/** Reads {@code io.prometheus.client.Exemplar} and {@code google.protobuf.Timestamp}. */
final class ExemplarMessage {
  private static final int LABEL = 1 << 3 | ProtoReader.BYTES;
  private static final int VALUE = 2 << 3 | ProtoReader.FIXED64;
  private static final int TIMESTAMP = 3 << 3 | ProtoReader.BYTES;
  private static final int SECONDS = 1 << 3 | ProtoReader.VARINT;
  private static final int NANOS = 2 << 3 | ProtoReader.VARINT;
  private static final int LABEL_NAME = 1 << 3 | ProtoReader.BYTES;
  private static final int LABEL_VALUE = 2 << 3 | ProtoReader.BYTES;

  private ExemplarMessage() {}

  /** The exemplar whose message's length stands at the reader's position. */
  static Exemplar read(ProtoReader reader, long defaultTimestampMs) {
    Labels.Builder labels = Labels.builder();
    double value = 0;
    long timestampMs = defaultTimestampMs;
    boolean timed = false;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case LABEL -> readLabel(reader, labels);
        case VALUE -> value = reader.float64();
        case TIMESTAMP -> {
          timestampMs = timestampMs(reader);
          timed = true;
        }
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return new Exemplar(labels.build(), value, timestampMs, timed);
  }

  private static void readLabel(ProtoReader reader, Labels.Builder labels) {
    String name = "";
    String value = "";
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case LABEL_NAME -> name = text(reader);
        case LABEL_VALUE -> value = text(reader);
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    if (name.isEmpty()) {
      throw reader.malformed("a label of an exemplar has no name");
    }
    labels.set(name, value);
  }

  /** The text of the current field, which must be UTF-8. */
  static String text(ProtoReader reader) {
    int length = reader.textLength();
    String text = new String(reader.bytes(), reader.position(), length, StandardCharsets.UTF_8);
    reader.skipBytes(length);
    return text;
  }

  /** The timestamp at the current field, in milliseconds, cut off. */
  static long timestampMs(ProtoReader reader) {
    long seconds = 0;
    long nanos = 0;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case SECONDS -> seconds = reader.varint();
        case NANOS -> nanos = (int) reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return seconds * 1000 + nanos / 1_000_000;
  }
}
