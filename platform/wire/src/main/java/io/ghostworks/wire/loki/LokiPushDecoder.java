package io.ghostworks.wire.loki;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.RejectionTally;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.proto.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Reads {@code logproto.PushRequest}, as protobuf (already decompressed) and as JSON. Structured
 * metadata become attributes. Lines that are not UTF-8 get the replacement character where they are
 * not. Immutable and thread-safe.
 *
 * <p>Source: Loki documentation, "Ingest logs"; grafana/loki pkg/push/push.proto.
 */
public final class LokiPushDecoder {
  private static final int STREAM = 1 << 3 | ProtoReader.BYTES;
  private static final int LABELS = 1 << 3 | ProtoReader.BYTES;
  private static final int ENTRY = 2 << 3 | ProtoReader.BYTES;
  private static final int TIMESTAMP = 1 << 3 | ProtoReader.BYTES;
  private static final int LINE = 2 << 3 | ProtoReader.BYTES;
  private static final int METADATA = 3 << 3 | ProtoReader.BYTES;
  private static final int SECONDS = 1 << 3 | ProtoReader.VARINT;
  private static final int NANOS = 2 << 3 | ProtoReader.VARINT;
  private static final int NAME = 1 << 3 | ProtoReader.BYTES;
  private static final int VALUE = 2 << 3 | ProtoReader.BYTES;

  private final int rowsMax;

  /**
   * @param rowsMax entries of one request; those beyond are refused one by one
   */
  public LokiPushDecoder(int rowsMax) {
    this.rowsMax = rowsMax;
  }

  /**
   * Reads a request in protobuf.
   *
   * @throws WireFormatException if it is none, or a stream's labels cannot be read
   */
  public Decoded<LogBatch> protobuf(byte[] body, int offset, int length) {
    Pushed pushed = new Pushed(rowsMax);
    ProtoReader reader = new ProtoReader(body, offset, length);
    while (reader.next()) {
      if (reader.tag() == STREAM) {
        stream(reader, pushed);
      } else {
        reader.skip();
      }
    }
    return pushed.decoded();
  }

  /**
   * Reads a request in JSON.
   *
   * @throws WireFormatException if it is none
   */
  public Decoded<LogBatch> json(byte[] body, int offset, int length) {
    Pushed pushed = new Pushed(rowsMax);
    new LokiJson(pushed).read(body, offset, length);
    return pushed.decoded();
  }

  private static void stream(ProtoReader reader, Pushed pushed) {
    int outer = reader.enter();
    int start = reader.position();
    String labels = "";
    while (reader.next()) {
      if (reader.tag() == LABELS) {
        labels = text(reader);
      } else {
        reader.skip();
      }
    }
    pushed.stream(StreamLabels.parse(labels));
    reader.rewind(start);
    while (reader.next()) {
      if (reader.tag() == ENTRY) {
        entry(reader, pushed);
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
  }

  private static void entry(ProtoReader reader, Pushed pushed) {
    int outer = reader.enter();
    long nanos = 0;
    int lineStart = reader.position();
    int lineLength = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case TIMESTAMP -> nanos = timestamp(reader);
        case LINE -> {
          lineLength = reader.length();
          lineStart = reader.position();
          reader.skipBytes(lineLength);
        }
        case METADATA -> metadata(reader, pushed);
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    pushed.entry(nanos, reader.bytes(), lineStart, lineLength);
  }

  private static long timestamp(ProtoReader reader) {
    int outer = reader.enter();
    long seconds = 0;
    long nanos = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case SECONDS -> seconds = reader.varint();
        case NANOS -> nanos = (int) reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    if (nanos < 0
        || nanos > 999_999_999
        || Math.abs(seconds) > Long.MAX_VALUE / 1_000_000_000 - 1) {
      throw reader.malformed("timestamp out of range");
    }
    return seconds * 1_000_000_000 + nanos;
  }

  private static void metadata(ProtoReader reader, Pushed pushed) {
    int outer = reader.enter();
    String name = "";
    String value = "";
    while (reader.next()) {
      switch (reader.tag()) {
        case NAME -> name = text(reader);
        case VALUE -> value = text(reader);
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    pushed.metadata(name, value);
  }

  private static String text(ProtoReader reader) {
    int length = reader.length();
    String text = new String(reader.bytes(), reader.position(), length, StandardCharsets.UTF_8);
    reader.skipBytes(length);
    return text;
  }

  /** Collects what was pushed. */
  static final class Pushed {
    private final LogBatch batch = new LogBatch();
    private final RejectionTally rejections = new RejectionTally();
    private final int rowsMax;
    private int stream;
    private boolean hasLabels;

    Pushed(int rowsMax) {
      this.rowsMax = rowsMax;
      batch.resources().end(ByteArena.EMPTY, 0);
      batch.scopes().end(ByteArena.EMPTY, ByteArena.EMPTY, ByteArena.EMPTY, 0);
    }

    /** Begins a stream. */
    void stream(Labels.Builder labels) {
      hasLabels = !labels.names().isEmpty();
      stream = batch.streams().add(ServiceName.discover(labels));
    }

    /** Adds structured metadata to the entry that follows. */
    void metadata(String name, String value) {
      batch.attributes().add(name, value);
    }

    /** Ends an entry. */
    void entry(long nanos, byte[] text, int offset, int length) {
      if (!hasLabels) {
        drop(Reason.INVALID_LABELS, "error at least one label pair is required per stream");
        return;
      }
      if (batch.rows() >= rowsMax) {
        drop(Reason.LIMIT_EXCEEDED, "a request may have at most %d entries".formatted(rowsMax));
        return;
      }
      if (Utf8.isValid(text, offset, length)) {
        batch.body().addString(text, offset, length);
      } else {
        batch.body().addString(new String(text, offset, length, StandardCharsets.UTF_8));
      }
      batch.endRow(0, 0, stream, nanos, 0, 0, ByteArena.EMPTY, ByteArena.EMPTY, 0, 0, 0, 0, 0);
    }

    private void drop(Reason reason, String why) {
      batch.dropOpenRow();
      rejections.add(reason, () -> why);
    }

    Decoded<LogBatch> decoded() {
      return new Decoded<>(batch, rejections.toList());
    }
  }
}
