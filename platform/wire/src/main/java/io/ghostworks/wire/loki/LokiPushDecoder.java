package io.ghostworks.wire.loki;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.AttributeNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.RejectionTally;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.proto.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  /** The time of an entry that came without one: before everything that is kept. */
  static final long NO_TIME = 1;

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
   * @param serviceName finds the names of services
   * @param backfillShard makes streams of their own of what is filled in later; null for none
   * @throws WireFormatException if it is none, or a stream's labels cannot be read
   */
  public Decoded<LogBatch> protobuf(
      byte[] body,
      int offset,
      int length,
      ServiceName serviceName,
      @Nullable String backfillShard) {
    Pushed pushed = new Pushed(rowsMax, serviceName, backfillShard);
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
   * @param legacy whether it has the form of {@code /api/prom/push}
   * @param serviceName see {@link #protobuf}
   * @param backfillShard see {@link #protobuf}
   * @throws WireFormatException if it is none
   */
  public Decoded<LogBatch> json(
      byte[] body,
      int offset,
      int length,
      boolean legacy,
      ServiceName serviceName,
      @Nullable String backfillShard) {
    Pushed pushed = new Pushed(rowsMax, serviceName, backfillShard);
    new LokiJson(pushed, legacy).read(body, offset, length);
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
    long nanos = NO_TIME;
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
    int nameStart = 0;
    int nameLength = 0;
    int valueStart = 0;
    int valueLength = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case NAME -> {
          nameLength = reader.length();
          nameStart = reader.position();
          reader.skipBytes(nameLength);
        }
        case VALUE -> {
          valueLength = reader.length();
          valueStart = reader.position();
          reader.skipBytes(valueLength);
        }
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    pushed.metadata(reader.bytes(), nameStart, nameLength, valueStart, valueLength);
  }

  private static String text(ProtoReader reader) {
    int length = reader.length();
    String text = new String(reader.bytes(), reader.position(), length, StandardCharsets.UTF_8);
    reader.skipBytes(length);
    return text;
  }

  /** Collects what was pushed. */
  static final class Pushed {
    private static final String BACKFILL = "__backfill__";
    private static final String BACKFILL_SHARD = "__backfill_shard__";

    private final LogBatch batch = new LogBatch();
    private final RejectionTally rejections = new RejectionTally();
    private final int rowsMax;
    private final ServiceName serviceName;
    private final @Nullable String backfillShard;
    private int stream;

    /** What is wrong with a name of the open entry's metadata; null if nothing is. */
    private @Nullable String badName;

    /** Of the keys that were looked at, those that are no names, by number. */
    private final Map<Integer, String> badKeys = new HashMap<>();

    private int keysChecked;

    Pushed(int rowsMax, ServiceName serviceName, @Nullable String backfillShard) {
      this.rowsMax = rowsMax;
      this.serviceName = serviceName;
      this.backfillShard = backfillShard;
      batch.resources().end(ByteArena.EMPTY, 0);
      batch.scopes().end(ByteArena.EMPTY, ByteArena.EMPTY, ByteArena.EMPTY, 0);
    }

    /**
     * Begins a stream.
     *
     * @throws WireFormatException if it has labels that are Loki's own
     */
    void stream(Labels.Builder labels) {
      if (labels.get(BACKFILL) != null || labels.get(BACKFILL_SHARD) != null) {
        throw new WireFormatException(
            "streams must not contain the reserved labels %s or %s; set the X-Loki-Backfill-Shard header to mark a push as backfill data"
                .formatted(BACKFILL, BACKFILL_SHARD),
            WireFormatException.NOWHERE);
      }
      if (backfillShard != null) {
        labels.set(BACKFILL, "true");
        labels.set(BACKFILL_SHARD, backfillShard);
      }
      stream = batch.streams().add(serviceName.discover(labels));
    }

    /** Adds structured metadata to the entry that follows. */
    void metadata(String name, String value) {
      int key = batch.keys().intern(name);
      check(key);
      batch.attributes().addKey(key);
      batch.attributes().values().addString(withoutReplacements(value));
    }

    /** The same, of bytes. */
    void metadata(byte[] bytes, int nameStart, int nameLength, int valueStart, int valueLength) {
      if (!isText(bytes, nameStart, nameLength) || !isText(bytes, valueStart, valueLength)) {
        metadata(
            new String(bytes, nameStart, nameLength, StandardCharsets.UTF_8),
            new String(bytes, valueStart, valueLength, StandardCharsets.UTF_8));
        return;
      }
      int key = batch.keys().intern(bytes, nameStart, nameLength);
      check(key);
      batch.attributes().addKey(key);
      batch.attributes().values().addString(bytes, valueStart, valueLength);
    }

    /** Notes a name of which nothing is left where names of labels are made of such. */
    private void check(int key) {
      for (; keysChecked < batch.keys().size(); keysChecked++) {
        try {
          var _ = AttributeNames.LOKI.label(batch.keys().text(keysChecked));
        } catch (IllegalArgumentException e) {
          badKeys.put(keysChecked, String.valueOf(e.getMessage()));
        }
      }
      if (!badKeys.isEmpty() && badKeys.containsKey(key)) {
        badName = badKeys.get(key);
      }
    }

    /** Whether bytes are UTF-8 without a byte that the replacement character begins with. */
    private static boolean isText(byte[] bytes, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        if (bytes[i] == (byte) 0xef) {
          return false;
        }
      }
      return Utf8.isValid(bytes, offset, length);
    }

    /** Loki leaves out of values of metadata what is not UTF-8. */
    private static String withoutReplacements(String value) {
      return value.indexOf('\ufffd') < 0 ? value : value.replace("\ufffd", "");
    }

    /** Ends an entry. */
    void entry(long nanos, byte[] text, int offset, int length) {
      if (batch.rows() >= rowsMax) {
        drop(Reason.LIMIT_EXCEEDED, "a request may have at most %d entries".formatted(rowsMax));
        return;
      }
      if (badName != null) {
        String why = badName;
        badName = null;
        drop(Reason.INVALID_LABELS, why);
        return;
      }
      batch.body().addString(text, offset, length);
      long time = nanos == 0 ? NO_TIME : nanos;
      batch.endRow(0, 0, stream, time, 0, 0, ByteArena.EMPTY, ByteArena.EMPTY, 0, 0, 0, 0, 0);
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
