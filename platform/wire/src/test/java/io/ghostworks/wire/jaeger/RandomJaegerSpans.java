package io.ghostworks.wire.jaeger;

import io.ghostworks.wire.proto.ProtoWriter;
import io.ghostworks.wire.thrift.ThriftWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random batches of Jaeger's model, and their three encodings. */
final class RandomJaegerSpans {

  /** A tag; of the values the type's counts. */
  record Tag(
      String key, int kind, String text, boolean bool, long whole, double real, byte[] bytes) {}

  record Log(long micros, List<Tag> fields) {}

  record Reference(int type, long high, long low, long span) {}

  record Span(
      long high,
      long low,
      long id,
      String name,
      int flags,
      long startMicros,
      long durationMicros,
      List<Reference> references,
      List<Tag> tags,
      List<Log> logs) {}

  record Batch(String service, List<Tag> processTags, List<Span> spans) {}

  private static final String[] KEYS = {
    "span.kind",
    "error",
    "otel.status_code",
    "otel.status_description",
    "http.status_code",
    "http.status_message",
    "w3c.tracestate",
    "otel.library.name",
    "otel.library.version",
    "event",
    "hostname",
    "jaeger.version",
    "component",
    "k1",
    "k2",
    "schlüssel"
  };
  private static final String[] TEXTS = {
    "server", "client", "OK", "ERROR", "error", "500", "404", "a=b", "lib", "", "Grüße", "x"
  };

  /** How the five kinds of values are numbered: text, bool, whole, real, bytes. */
  private static final int[] THRIFT_TYPES = {0, 2, 3, 1, 4};

  private final Random random;

  RandomJaegerSpans(long seed) {
    random = new Random(seed);
  }

  Batch batch() {
    List<Span> spans = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      spans.add(span());
    }
    return new Batch("service-" + random.nextInt(3), tags(3), spans);
  }

  private Span span() {
    long high = random.nextBoolean() ? 0 : random.nextLong();
    long low = random.nextInt(1, 4);
    List<Reference> references = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      boolean own = random.nextBoolean();
      references.add(
          new Reference(
              random.nextInt(2),
              own ? high : random.nextLong(),
              own ? low : random.nextLong(),
              random.nextInt(1, 5)));
    }
    List<Log> logs = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      logs.add(new Log(random.nextLong(1L << 50), tags(4)));
    }
    return new Span(
        high,
        low,
        random.nextLong() | 1,
        TEXTS[random.nextInt(TEXTS.length)],
        random.nextInt(4),
        random.nextLong(1L << 50),
        random.nextLong(-1000, 1L << 30),
        references,
        tags(10),
        logs);
  }

  private List<Tag> tags(int max) {
    List<Tag> tags = new ArrayList<>();
    for (int i = random.nextInt(max + 1); i > 0; i--) {
      byte[] bytes = new byte[random.nextInt(5)];
      random.nextBytes(bytes);
      tags.add(
          new Tag(
              KEYS[random.nextInt(KEYS.length)],
              random.nextInt(5),
              TEXTS[random.nextInt(TEXTS.length)],
              random.nextBoolean(),
              random.nextBoolean() ? random.nextLong() : random.nextInt(600),
              random.nextDouble(),
              bytes));
    }
    return tags;
  }

  static byte[] protobuf(Batch batch) {
    ProtoWriter out = new ProtoWriter(1024);
    int outer = out.begin(1);
    for (Span span : batch.spans()) {
      protobuf(out, span);
    }
    int process = out.begin(2);
    out.text(1, batch.service());
    batch.processTags().forEach(tag -> protobuf(out, 2, tag));
    out.end(process);
    out.end(outer);
    return out.toByteArray();
  }

  private static void protobuf(ProtoWriter out, Span span) {
    int start = out.begin(1);
    for (Log log : span.logs()) {
      int event = out.begin(9);
      time(out, 1, log.micros());
      log.fields().forEach(field -> protobuf(out, 2, field));
      out.end(event);
    }
    id(out, 1, span.high(), span.low());
    out.bytes(2, ByteBuffer.allocate(8).putLong(span.id()).array(), 0, 8);
    out.text(3, span.name());
    for (Reference reference : span.references()) {
      int nested = out.begin(4);
      id(out, 1, reference.high(), reference.low());
      out.bytes(2, ByteBuffer.allocate(8).putLong(reference.span()).array(), 0, 8);
      out.uint(3, reference.type());
      out.end(nested);
    }
    out.uint(5, span.flags());
    time(out, 6, span.startMicros());
    time(out, 7, span.durationMicros());
    span.tags().forEach(tag -> protobuf(out, 8, tag));
    out.end(start);
  }

  private static void id(ProtoWriter out, int field, long high, long low) {
    out.bytes(field, ByteBuffer.allocate(16).putLong(high).putLong(low).array(), 0, 16);
  }

  private static void time(ProtoWriter out, int field, long micros) {
    int start = out.begin(field);
    out.uint(1, micros / 1_000_000);
    out.uint(2, micros % 1_000_000 * 1_000);
    out.end(start);
  }

  private static void protobuf(ProtoWriter out, int field, Tag tag) {
    int start = out.begin(field);
    out.text(1, tag.key());
    out.uint(2, tag.kind());
    switch (tag.kind()) {
      case 0 -> out.text(3, tag.text());
      case 1 -> out.uint(4, tag.bool() ? 1 : 0);
      case 2 -> out.uint(5, tag.whole());
      case 3 -> out.float64Always(6, tag.real());
      default -> out.bytes(7, tag.bytes(), 0, tag.bytes().length);
    }
    out.end(start);
  }

  static byte[] thrift(Batch batch, boolean compact, boolean message) {
    ThriftWriter out = new ThriftWriter(compact);
    if (message) {
      out.message("emitBatch").begin().field(1, 12);
    }
    out.begin();
    if (compact) { // Once the process in front, once behind the spans.
      process(out, batch);
    }
    out.structs(2, batch.spans().size());
    batch.spans().forEach(span -> thrift(out, span));
    if (!compact) {
      process(out, batch);
    }
    out.i64(3, 99).end();
    if (message) {
      out.end();
    }
    return out.bytes();
  }

  private static void process(ThriftWriter out, Batch batch) {
    out.field(1, 12).begin().text(1, batch.service());
    tags(out, 2, batch.processTags());
    out.end();
  }

  private static void thrift(ThriftWriter out, Span span) {
    out.begin().i64(1, span.low()).i64(2, span.high()).i64(3, span.id()).i64(4, 0);
    out.text(5, span.name()).structs(6, span.references().size());
    for (Reference reference : span.references()) {
      out.begin()
          .i32(1, reference.type())
          .i64(2, reference.low())
          .i64(3, reference.high())
          .i64(4, reference.span())
          .end();
    }
    out.i32(7, span.flags()).i64(8, span.startMicros()).i64(9, span.durationMicros());
    tags(out, 10, span.tags());
    out.structs(11, span.logs().size());
    for (Log log : span.logs()) {
      out.begin().i64(1, log.micros());
      tags(out, 2, log.fields());
      out.end();
    }
    out.end();
  }

  private static void tags(ThriftWriter out, int field, List<Tag> tags) {
    out.structs(field, tags.size());
    for (Tag tag : tags) {
      out.begin().text(1, tag.key()).i32(2, THRIFT_TYPES[tag.kind()]);
      switch (tag.kind()) {
        case 0 -> out.text(3, tag.text());
        case 1 -> out.bool(5, tag.bool());
        case 2 -> out.i64(6, tag.whole());
        case 3 -> out.real(4, tag.real());
        default -> out.binary(7, tag.bytes());
      }
      out.end();
    }
  }
}
