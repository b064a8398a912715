package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;

/** Batches with every kind of value from a seed, and rows as texts that tell all of them apart. */
public final class RandomRecords {
  private static final String[] KEYS = {
    "http.route", "user.id", "retry", "ratio", "payload", "tags", "nested", "", "ключ"
  };
  private static final String[] SERVICES = {"api", "worker", "load"};
  private static final String[] WORDS = {"GET /orders", "timeout", "ключ", "", "a b c"};

  private final Random random;

  public RandomRecords(Random random) {
    this.random = random;
  }

  /** Records within a range of time; few times, so that some are equal. */
  public LogBatch logs(int rows, long startNanos, int seconds) {
    LogBatch batch = new LogBatch();
    int resources = 1 + random.nextInt(3);
    for (int i = 0; i < resources; i++) {
      envelope(batch.resources().attributes());
      batch.resources().end(slice(batch.arena()), anyInt());
    }
    envelope(batch.scopes().attributes());
    batch.scopes().end(slice(batch.arena()), slice(batch.arena()), slice(batch.arena()), anyInt());
    int streams = 1 + random.nextInt(3);
    for (int i = 0; i < streams; i++) {
      batch.streams().add(Labels.of("app", SERVICES[i], "level", random.nextBoolean() ? "a" : "b"));
    }
    for (int row = 0; row < rows; row++) {
      value(batch.body());
      attributes(batch.attributes());
      boolean traced = random.nextBoolean();
      batch.endRow(
          random.nextInt(resources),
          0,
          random.nextInt(streams),
          time(startNanos, seconds),
          random.nextBoolean() ? 0 : startNanos + row,
          random.nextInt(10) == 0 ? anyInt() : random.nextInt(25),
          slice(batch.arena()),
          slice(batch.arena()),
          traced ? traceId() : 0,
          traced ? 7 : 0,
          traced ? random.nextLong() : 0,
          anyInt(),
          anyInt());
    }
    return batch;
  }

  /** Spans that start within a range of time. */
  public SpanBatch spans(int rows, long startNanos, int seconds) {
    SpanBatch batch = new SpanBatch();
    int resources = 1 + random.nextInt(3);
    for (int i = 0; i < resources; i++) {
      envelope(batch.resources().attributes());
      batch.resources().end(slice(batch.arena()), anyInt());
    }
    envelope(batch.scopes().attributes());
    batch.scopes().end(slice(batch.arena()), slice(batch.arena()), slice(batch.arena()), anyInt());
    for (int row = 0; row < rows; row++) {
      attributes(batch.attributes());
      for (int i = random.nextInt(3); i > 0; i--) {
        attributes(batch.events().attributes());
        batch.events().end(random.nextLong(), slice(batch.arena()), anyInt());
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        attributes(batch.links().attributes());
        batch
            .links()
            .end(
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                slice(batch.arena()),
                anyInt(),
                anyInt());
      }
      long start = time(startNanos, seconds);
      batch.endRow(
          random.nextInt(resources),
          0,
          traceId(),
          7,
          random.nextLong(),
          random.nextBoolean() ? 0 : random.nextLong(),
          slice(batch.arena()),
          anyInt(),
          slice(batch.arena()),
          random.nextInt(256),
          start,
          random.nextInt(20) == 0 ? random.nextLong() : start + random.nextInt(1_000_000),
          random.nextInt(256),
          slice(batch.arena()),
          anyInt(),
          anyInt(),
          anyInt());
    }
    return batch;
  }

  private long time(long startNanos, int seconds) {
    return startNanos + random.nextInt(seconds) * 1_000_000_000L;
  }

  private long traceId() {
    return 1L + random.nextInt(40);
  }

  private int anyInt() {
    return switch (random.nextInt(4)) {
      case 0 -> -1;
      case 1 -> random.nextInt();
      default -> random.nextInt(3);
    };
  }

  private long slice(ByteArena arena) {
    return arena.append(WORDS[random.nextInt(WORDS.length)]);
  }

  private void envelope(AttributeColumns attributes) {
    attributes.add("service.name", SERVICES[random.nextInt(SERVICES.length)]);
    attributes(attributes);
  }

  private void attributes(AttributeColumns attributes) {
    for (int i = random.nextInt(4); i > 0; i--) {
      attributes.addKey(attributes.keys().intern(KEYS[random.nextInt(KEYS.length)]));
      value(attributes.values());
    }
  }

  private void value(ValueColumn values) {
    switch (random.nextInt(9)) {
      case 0 -> values.addNone();
      case 1 -> values.addInt(random.nextBoolean() ? random.nextInt(10) : random.nextLong());
      case 2 -> values.addBool(random.nextBoolean());
      case 3 -> values.add(ValueColumn.DOUBLE, random.nextLong());
      case 4 -> values.addDouble(random.nextInt(10) / 2.0);
      case 5 -> {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        values.add(ValueColumn.BYTES, values.arena().append(bytes, 0, bytes.length));
      }
      case 6 -> nested(values, ValueColumn.ARRAY, "0a030a0161"); // ["a"]
      case 7 -> nested(values, ValueColumn.KEY_VALUES, "0a080a016b12030a0176"); // {"k":"v"}
      default -> values.addString(WORDS[random.nextInt(WORDS.length)] + random.nextInt(5));
    }
  }

  private static void nested(ValueColumn values, byte type, String hex) {
    byte[] wire = HexFormat.of().parseHex(hex);
    values.add(type, values.arena().append(wire, 0, wire.length));
  }

  /** All of a record but the time of observation. */
  public static String text(LogBatch batch, int row) {
    StringBuilder out = new StringBuilder();
    out.append(batch.timeNanos(row)).append(' ').append(batch.streams().labels(batch.stream(row)));
    out.append(" body=");
    value(batch.body(), row, out);
    attributes(batch.attributes(), row, out);
    out.append(batch.severityNumber(row)).append(batch.arena().text(batch.severityText(row)));
    out.append('|').append(batch.arena().text(batch.eventName(row)));
    out.append('|').append(batch.traceIdHigh(row)).append('|').append(batch.traceIdLow(row));
    out.append('|').append(batch.spanId(row)).append('|').append(batch.flags(row));
    out.append('|').append(batch.droppedAttributesCount(row));
    int resource = batch.resource(row);
    attributes(batch.resources().attributes(), resource, out);
    out.append(batch.arena().text(batch.resources().schemaUrl(resource)));
    out.append(batch.resources().droppedAttributesCount(resource));
    int scope = batch.scope(row);
    attributes(batch.scopes().attributes(), scope, out);
    out.append(batch.arena().text(batch.scopes().name(scope))).append('|');
    out.append(batch.arena().text(batch.scopes().version(scope))).append('|');
    out.append(batch.arena().text(batch.scopes().schemaUrl(scope)));
    return out.append(batch.scopes().droppedAttributesCount(scope)).toString();
  }

  /** All of a span. */
  public static String text(SpanBatch batch, int row) {
    StringBuilder out = new StringBuilder();
    out.append(batch.startNanos(row)).append(' ').append(batch.endNanos(row));
    out.append(" id=").append(batch.traceIdHigh(row)).append('|').append(batch.traceIdLow(row));
    out.append('|').append(batch.spanId(row)).append('|').append(batch.parentSpanId(row));
    out.append('|').append(batch.flags(row)).append('|').append(batch.kind(row));
    out.append('|').append(batch.statusCode(row)).append('|');
    out.append(batch.arena().text(batch.name(row))).append('|');
    out.append(batch.arena().text(batch.statusMessage(row))).append('|');
    out.append(batch.arena().text(batch.traceState(row))).append('|');
    out.append(batch.droppedAttributesCount(row)).append('|').append(batch.droppedEventsCount(row));
    out.append('|').append(batch.droppedLinksCount(row));
    attributes(batch.attributes(), row, out);
    for (int event = batch.eventStart(row); event < batch.eventEnd(row); event++) {
      out.append(" event=").append(batch.events().timeNanos(event));
      out.append(batch.arena().text(batch.events().name(event)));
      out.append('|').append(batch.events().droppedAttributesCount(event));
      attributes(batch.events().attributes(), event, out);
    }
    for (int link = batch.linkStart(row); link < batch.linkEnd(row); link++) {
      out.append(" link=").append(batch.links().traceIdHigh(link));
      out.append('|').append(batch.links().traceIdLow(link));
      out.append('|').append(batch.links().spanId(link)).append('|');
      out.append(batch.arena().text(batch.links().traceState(link)));
      out.append('|').append(batch.links().flags(link));
      out.append('|').append(batch.links().droppedAttributesCount(link));
      attributes(batch.links().attributes(), link, out);
    }
    int resource = batch.resource(row);
    attributes(batch.resources().attributes(), resource, out);
    out.append(batch.arena().text(batch.resources().schemaUrl(resource)));
    out.append(batch.resources().droppedAttributesCount(resource));
    int scope = batch.scope(row);
    attributes(batch.scopes().attributes(), scope, out);
    out.append(batch.arena().text(batch.scopes().name(scope))).append('|');
    out.append(batch.arena().text(batch.scopes().version(scope))).append('|');
    out.append(batch.arena().text(batch.scopes().schemaUrl(scope)));
    return out.append(batch.scopes().droppedAttributesCount(scope)).toString();
  }

  private static void attributes(AttributeColumns attributes, int row, StringBuilder out) {
    out.append('{');
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      out.append(attributes.key(entry)).append('=');
      value(attributes.values(), entry, out);
      out.append(',');
    }
    out.append('}');
  }

  private static void value(ValueColumn values, int index, StringBuilder out) {
    byte type = values.type(index);
    out.append(type).append(':');
    if (ValueColumn.isSlice(type)) {
      out.append(
          new String(values.arena().copy(values.payload(index)), StandardCharsets.ISO_8859_1));
    } else {
      out.append(values.payload(index));
    }
  }
}
