package io.ghostworks.wire.jaeger;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.EntryBudget;
import io.ghostworks.wire.proto.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tags of one span, process or log while it is read, before those that are no attributes are
 * taken out. Keys, texts and bytes are slices of the request; they are copied when the list becomes
 * attributes. Of tags with the same key the last counts, as in the Collector's maps. Used again for
 * the next one; not thread-safe.
 */
final class TagList {

  /** A tag of a type that Jaeger does not have; the payload is its number. */
  static final byte UNKNOWN_TYPE = -1;

  private final byte[] source;
  private final SpanBatch batch;
  private final EntryBudget budget;
  private final int[] last = new int[ReservedTags.COUNT];
  private long[] keys = new long[16];
  private byte[] reserved = new byte[16];
  private byte[] types = new byte[16];
  private long[] payloads = new long[16];
  private int size;
  private int removed;
  private int[] writtenIn = new int[64];
  private int[] entries = new int[64];
  private int written;

  /**
   * @param source the request that slices are of
   */
  TagList(byte[] source, SpanBatch batch, EntryBudget budget) {
    this.source = source;
    this.batch = batch;
    this.budget = budget;
    Arrays.fill(last, -1);
  }

  void clear() {
    size = 0;
    removed = 0;
    Arrays.fill(last, -1);
  }

  /**
   * Adds a tag.
   *
   * @param keySlice of the request
   * @param type of {@link ValueColumn}, or {@link #UNKNOWN_TYPE}
   * @param payload as there, with slices of the request
   */
  void add(long keySlice, byte type, long payload) {
    budget.take(1);
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      reserved = Arrays.copyOf(reserved, size * 2);
      types = Arrays.copyOf(types, size * 2);
      payloads = Arrays.copyOf(payloads, size * 2);
    }
    int number = ReservedTags.of(source, ByteArena.offset(keySlice), ByteArena.length(keySlice));
    keys[size] = keySlice;
    reserved[size] = (byte) number;
    types[size] = type;
    payloads[size] = payload;
    if (number != ReservedTags.NONE) {
      last[number] = size;
    }
    size++;
  }

  boolean has(int reservedTag) {
    return last[reservedTag] >= 0;
  }

  /** Takes a tag out of what becomes attributes. */
  void remove(int reservedTag) {
    removed |= 1 << reservedTag;
  }

  boolean isTrue(int reservedTag) {
    int tag = last[reservedTag];
    return tag >= 0 && types[tag] == ValueColumn.BOOL && payloads[tag] != 0;
  }

  /** The text of a tag; "" for a tag of another type. */
  String text(int reservedTag) {
    int tag = last[reservedTag];
    return tag < 0 || types[tag] != ValueColumn.STRING ? "" : text(payloads[tag]);
  }

  /** The text of a tag in the batch's arena; the empty slice for a tag of another type. */
  long copiedText(int reservedTag) {
    int tag = last[reservedTag];
    return tag < 0 || types[tag] != ValueColumn.STRING
        ? ByteArena.EMPTY
        : copied(source, payloads[tag], batch.arena());
  }

  /** A whole number, or text that is one; null for all else. */
  @Nullable Long number(int reservedTag) {
    int tag = last[reservedTag];
    if (tag < 0) {
      return null;
    }
    if (types[tag] == ValueColumn.INT) {
      return payloads[tag];
    }
    try {
      return types[tag] == ValueColumn.STRING ? Long.valueOf(text(payloads[tag])) : null;
    } catch (NumberFormatException e) {
      return null; // A text that is no number says nothing of the status.
    }
  }

  private String text(long slice) {
    return new String(
        source, ByteArena.offset(slice), ByteArena.length(slice), StandardCharsets.UTF_8);
  }

  /** Adds what was not taken out to the open row. */
  void write(AttributeColumns into) {
    written++;
    for (int tag = 0; tag < size; tag++) {
      int number = reserved[tag];
      if (number == ReservedTags.NONE || (removed >>> number & 1) == 0) {
        put(into, key(keys[tag]), types[tag], payloads[tag]);
      }
    }
  }

  /** Adds what was not taken out, after a service's name and with two keys by their other names. */
  void writeProcess(AttributeColumns into, long serviceName) {
    written++;
    if (ByteArena.length(serviceName) > 0) {
      put(into, batch.keys().intern("service.name"), ValueColumn.STRING, serviceName);
    }
    for (int tag = 0; tag < size; tag++) {
      switch (reserved[tag]) {
        case ReservedTags.HOSTNAME -> {
          int number = has(ReservedTags.HOST_NAME) ? ReservedTags.HOSTNAME : ReservedTags.HOST_NAME;
          put(into, key(number), types[tag], payloads[tag]);
        }
        case ReservedTags.JAEGER_VERSION -> {
          if (has(ReservedTags.EXPORTER_VERSION)) {
            put(into, key(keys[tag]), types[tag], payloads[tag]);
          } else {
            String version = types[tag] == ValueColumn.STRING ? text(payloads[tag]) : "";
            addOrSet(
                into,
                key(ReservedTags.EXPORTER_VERSION),
                ValueColumn.STRING,
                batch.arena().append("Jaeger-" + version));
          }
        }
        default -> put(into, key(keys[tag]), types[tag], payloads[tag]);
      }
    }
  }

  private int key(int reservedTag) {
    byte[] key = ReservedTags.key(reservedTag);
    return batch.keys().intern(key, 0, key.length);
  }

  private int key(long slice) {
    int offset = ByteArena.offset(slice);
    int length = ByteArena.length(slice);
    return Utf8.isValid(source, offset, length)
        ? batch.keys().intern(source, offset, length)
        : batch.keys().intern(text(slice));
  }

  private void put(AttributeColumns into, int key, byte type, long payload) {
    switch (type) {
      case ValueColumn.STRING -> addOrSet(into, key, type, copied(source, payload, batch.arena()));
      case ValueColumn.BYTES ->
          addOrSet(
              into,
              key,
              type,
              batch.arena().append(source, ByteArena.offset(payload), ByteArena.length(payload)));
      case UNKNOWN_TYPE ->
          addOrSet(
              into,
              key,
              ValueColumn.STRING,
              batch.arena().append("<Unknown Jaeger TagType \"%d\">".formatted(payload)));
      default -> addOrSet(into, key, type, payload);
    }
  }

  private void addOrSet(AttributeColumns into, int key, byte type, long payload) {
    if (key >= writtenIn.length) {
      int length = Math.max(key + 1, writtenIn.length * 2);
      writtenIn = Arrays.copyOf(writtenIn, length);
      entries = Arrays.copyOf(entries, length);
    }
    if (writtenIn[key] == written) {
      into.values().set(entries[key], type, payload);
      return;
    }
    writtenIn[key] = written;
    entries[key] = into.values().size();
    into.addKey(key);
    into.values().add(type, payload);
  }

  /** Copies a text, with replacement characters where it is not UTF-8. */
  static long copied(byte[] source, long slice, ByteArena arena) {
    int offset = ByteArena.offset(slice);
    int length = ByteArena.length(slice);
    return Utf8.isValid(source, offset, length)
        ? arena.append(source, offset, length)
        : arena.append(new String(source, offset, length, StandardCharsets.UTF_8));
  }
}
