package io.ghostworks.wire.ndjson;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.AttributeNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.proto.Utf8;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Makes log records of JSON objects. {@code log.level}, {@code trace.id} and {@code span.id} become
 * severity text and trace context. A line that is not UTF-8 is stored whole, byte for byte, with
 * nothing read from it. Not thread-safe.
 *
 * <p>Source: Elastic Common Schema; VictoriaLogs documentation, "JSON stream API".
 */
public final class JsonRecords {
  private static final int FIELDS_MAX = 2_000_000;
  private static final String LEVEL = "log.level";
  private static final String TRACE_ID = "trace.id";
  private static final String SPAN_ID = "span.id";

  private final JsonLineOptions options;
  private final long nowNanos;
  private final LogBatch batch = new LogBatch();
  private final FlatObject object = new FlatObject(batch.arena(), FIELDS_MAX);

  /** Resource and stream by what names them. */
  private final Map<List<String>, int[]> groups = new HashMap<>();

  private int fields;

  /**
   * @param nowNanos the time of records that have none, since the epoch
   */
  public JsonRecords(JsonLineOptions options, long nowNanos) {
    this.options = options;
    this.nowNanos = nowNanos;
    batch.scopes().end(ByteArena.EMPTY, ByteArena.EMPTY, ByteArena.EMPTY, 0);
  }

  /** What was made so far. */
  public LogBatch batch() {
    return batch;
  }

  /**
   * Adds a record.
   *
   * @param index a label of its stream; "" for none
   * @throws WireFormatException if the bytes are not one JSON object, or its time is none; nothing
   *     is added then
   */
  public void add(byte[] bytes, int from, int to, String index) {
    if (!Utf8.isValid(bytes, from, to - from)) {
      whole(bytes, from, to, index);
      return;
    }
    object.read(bytes, from, to);
    fields += object.size();
    if (fields > FIELDS_MAX) {
      throw new WireFormatException(
          "the objects of a request may have at most %d fields".formatted(FIELDS_MAX),
          WireFormatException.NOWHERE);
    }
    int time = first(options.timeFields(), false);
    long nanos = time < 0 ? nowNanos : nanos(time);
    int message = first(options.messageFields(), true);
    if (message >= 0) {
      addMessage(message);
    } else {
      batch.body().addString(bytes, from, to - from);
    }
    int level = object.find(LEVEL);
    long severityText =
        level >= 0 && object.type(level) == ValueColumn.STRING
            ? object.payload(level)
            : ByteArena.EMPTY;
    byte[] trace = id(TRACE_ID, 16);
    byte[] span = id(SPAN_ID, 8);
    attributes(message, time, severityText != ByteArena.EMPTY, trace.length > 0, span.length > 0);
    int[] group = group(index);
    batch.endRow(
        group[0],
        0,
        group[1],
        nanos,
        0,
        0,
        severityText,
        ByteArena.EMPTY,
        trace.length == 0 ? 0 : number(trace, 0),
        trace.length == 0 ? 0 : number(trace, 8),
        span.length == 0 ? 0 : number(span, 0),
        0,
        0);
  }

  private void whole(byte[] bytes, int from, int to, String index) {
    object.read(new byte[] {'{', '}'}, 0, 2);
    batch.body().addString(bytes, from, to - from);
    int[] group = group(index);
    batch.endRow(
        group[0], 0, group[1], nowNanos, 0, 0, ByteArena.EMPTY, ByteArena.EMPTY, 0, 0, 0, 0, 0);
  }

  private void addMessage(int message) {
    if (object.type(message) == ValueColumn.STRING) {
      batch.body().add(ValueColumn.STRING, object.payload(message));
    } else {
      batch.body().addString(object.text(message));
    }
  }

  private int first(List<String> names, boolean filled) {
    for (String name : names) {
      int field = object.find(name);
      if (field >= 0
          && !(filled
              && object.type(field) == ValueColumn.STRING
              && ByteArena.length(object.payload(field)) == 0)) {
        return field;
      }
    }
    return -1;
  }

  private long nanos(int field) {
    String text = object.text(field);
    if (text.isEmpty() || text.equals("0")) {
      return nowNanos;
    }
    OptionalLong nanos = TimeText.nanos(text);
    if (nanos.isEmpty()) {
      throw new WireFormatException(
          "field [%s] must be a time of RFC 3339 or a number since the epoch, got '%s'"
              .formatted(object.name(field), text),
          WireFormatException.NOWHERE);
    }
    return nanos.getAsLong();
  }

  /** The bytes of an id in hexadecimal digits; none if the field is no such id. */
  private byte[] id(String name, int length) {
    int field = object.find(name);
    if (field < 0 || object.type(field) != ValueColumn.STRING) {
      return new byte[0];
    }
    try {
      byte[] id = HexFormat.of().parseHex(object.text(field));
      return id.length == length ? id : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0]; // stays an attribute
    }
  }

  private static long number(byte[] bytes, int from) {
    long number = 0;
    for (int i = from; i < from + 8; i++) {
      number = number << 8 | (bytes[i] & 0xff);
    }
    return number;
  }

  private void attributes(int message, int time, boolean level, boolean trace, boolean span) {
    if (message < 0) {
      return; // The line is the whole object.
    }
    for (int field = 0; field < object.size(); field++) {
      String name = object.name(field);
      boolean taken =
          field == message
              || field == time
              || (level && name.equals(LEVEL))
              || (trace && name.equals(TRACE_ID))
              || (span && name.equals(SPAN_ID))
              || name.isEmpty()
              || options.streamFields().contains(name)
              || options.ignoredFields().contains(name)
              || options.extraFields().containsKey(name);
      if (!taken) {
        batch.attributes().addKey(batch.keys().intern(name));
        batch.attributes().values().add(object.type(field), object.payload(field));
      }
    }
    options
        .extraFields()
        .forEach((name, value) -> {
          if (!options.streamFields().contains(name)) {
            batch.attributes().add(name, value);
          }
        });
  }

  /** The numbers of the record's resource and stream. */
  private int[] group(String index) {
    List<String> key = new ArrayList<>();
    key.add(index);
    for (String name : options.streamFields()) {
      int field = object.find(name);
      String extra = options.extraFields().get(name);
      String value = extra != null ? extra : field < 0 ? "" : object.text(field);
      if (!value.isEmpty()) {
        key.add(name);
        key.add(value);
      }
    }
    return groups.computeIfAbsent(key, this::newGroup);
  }

  private int[] newGroup(List<String> key) {
    Labels.Builder labels = Labels.builder();
    if (!key.getFirst().isEmpty()) {
      labels.set("index", key.getFirst());
    }
    for (int i = 1; i < key.size(); i += 2) {
      batch.resources().attributes().add(key.get(i), key.get(i + 1));
      labels.set(AttributeNames.LOKI.labelOrKey(key.get(i)), key.get(i + 1));
    }
    return new int[] {
      batch.resources().end(ByteArena.EMPTY, 0),
      batch.streams().add(options.serviceName().discover(labels))
    };
  }
}
