package io.ghostworks.records.scan;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.Field;
import java.nio.charset.StandardCharsets;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

/** Makes readers of fields over batches. */
final class FieldReaders {

  private static final String SERVICE_NAME = "service.name";
  private static final long UNSIGNED = 0xffffffffL;

  /** Reads no value from any row. */
  static final FieldReader NOTHING = new Absent(new ByteArena(0));

  private FieldReaders() {}

  static FieldReader of(Field field, LogBatch batch) {
    return switch (field.scope()) {
      case INTRINSIC -> intrinsic(field, batch);
      case EVENT, LINK -> throw unknown(field);
      case STREAM -> new StreamLabel(batch, field.name());
      case RESOURCE, INSTRUMENTATION, ATTRIBUTE, ATTRIBUTE_OR_RESOURCE ->
          attribute(field, Envelope.of(batch));
    };
  }

  static FieldReader of(Field field, SpanBatch batch) {
    return switch (field.scope()) {
      case INTRINSIC -> intrinsic(field, batch);
      case EVENT, LINK -> SpanLists.attribute(field, batch);
      case STREAM -> throw unknown(field);
      case RESOURCE, INSTRUMENTATION, ATTRIBUTE, ATTRIBUTE_OR_RESOURCE ->
          attribute(field, Envelope.of(batch));
    };
  }

  private static FieldReader intrinsic(Field field, LogBatch batch) {
    if (field.equals(Field.TIME)) {
      return new Numbers(batch::timeNanos);
    }
    if (field.equals(Field.OBSERVED_TIME)) {
      return new Numbers(batch::observedNanos);
    }
    if (field.equals(Field.SEVERITY_NUMBER)) {
      return new Numbers(batch::severityNumber);
    }
    if (field.equals(Field.SEVERITY_TEXT)) {
      return new Texts(batch.arena(), batch::severityText);
    }
    if (field.equals(Field.EVENT_NAME)) {
      return new Texts(batch.arena(), batch::eventName);
    }
    if (field.equals(Field.BODY)) {
      return new Values(batch.body());
    }
    if (field.equals(Field.FLAGS)) {
      return new Numbers(row -> batch.flags(row) & UNSIGNED);
    }
    if (field.equals(Field.DROPPED_ATTRIBUTES)) {
      return new Numbers(row -> batch.droppedAttributesCount(row) & UNSIGNED);
    }
    if (field.equals(Field.INSTRUMENTATION_VERSION)) {
      return new Texts(batch.arena(), row -> batch.scopes().version(batch.scope(row)));
    }
    if (field.equals(Field.INSTRUMENTATION_DROPPED_ATTRIBUTES)) {
      return new Numbers(row -> batch.scopes().droppedAttributesCount(batch.scope(row)) & UNSIGNED);
    }
    if (field.equals(Field.TRACE_ID)) {
      return new TraceIds(batch::traceIdHigh, batch::traceIdLow);
    }
    if (field.equals(Field.SPAN_ID)) {
      return new Ids(batch::spanId);
    }
    if (field.equals(Field.INSTRUMENTATION_NAME)) {
      return new Texts(batch.arena(), row -> batch.scopes().name(batch.scope(row)));
    }
    if (field.equals(Field.SERVICE_NAME)) {
      return new TextOrEmpty(attribute(Envelope.of(batch).resource(), SERVICE_NAME));
    }
    throw unknown(field);
  }

  private static FieldReader intrinsic(Field field, SpanBatch batch) {
    if (field.equals(Field.TIME)) {
      return new Numbers(batch::startNanos);
    }
    if (field.equals(Field.DURATION)) {
      return new Numbers(row -> batch.endNanos(row) - batch.startNanos(row));
    }
    if (field.equals(Field.KIND)) {
      return new Numbers(batch::kind);
    }
    if (field.equals(Field.STATUS_CODE)) {
      return new Numbers(batch::statusCode);
    }
    if (field.equals(Field.STATUS_MESSAGE)) {
      return new Texts(batch.arena(), batch::statusMessage);
    }
    if (field.equals(Field.NAME)) {
      return new Texts(batch.arena(), batch::name);
    }
    if (field.equals(Field.TRACE_ID)) {
      return new TraceIds(batch::traceIdHigh, batch::traceIdLow);
    }
    if (field.equals(Field.SPAN_ID)) {
      return new Ids(batch::spanId);
    }
    if (field.equals(Field.PARENT_SPAN_ID)) {
      return new Ids(batch::parentSpanId);
    }
    if (field.equals(Field.INSTRUMENTATION_NAME)) {
      return new Texts(batch.arena(), row -> batch.scopes().name(batch.scope(row)));
    }
    if (field.equals(Field.SERVICE_NAME)) {
      return new TextOrEmpty(attribute(Envelope.of(batch).resource(), SERVICE_NAME));
    }
    return rareIntrinsic(field, batch);
  }

  private static FieldReader rareIntrinsic(Field field, SpanBatch batch) {
    if (field.equals(Field.END_TIME)) {
      return new Numbers(batch::endNanos);
    }
    if (field.equals(Field.TRACE_STATE)) {
      return new Texts(batch.arena(), batch::traceState);
    }
    if (field.equals(Field.FLAGS)) {
      return new Numbers(row -> batch.flags(row) & UNSIGNED);
    }
    if (field.equals(Field.DROPPED_ATTRIBUTES)) {
      return new Numbers(row -> batch.droppedAttributesCount(row) & UNSIGNED);
    }
    if (field.equals(Field.DROPPED_EVENTS)) {
      return new Numbers(row -> batch.droppedEventsCount(row) & UNSIGNED);
    }
    if (field.equals(Field.DROPPED_LINKS)) {
      return new Numbers(row -> batch.droppedLinksCount(row) & UNSIGNED);
    }
    if (field.equals(Field.INSTRUMENTATION_VERSION)) {
      return new Texts(batch.arena(), row -> batch.scopes().version(batch.scope(row)));
    }
    if (field.equals(Field.INSTRUMENTATION_DROPPED_ATTRIBUTES)) {
      return new Numbers(row -> batch.scopes().droppedAttributesCount(batch.scope(row)) & UNSIGNED);
    }
    if (field.hasSeveralValues()) {
      return SpanLists.intrinsic(field, batch);
    }
    throw unknown(field);
  }

  static QueryException unknown(Field field) {
    return new QueryException(
        QueryException.Kind.BAD_QUERY, "these records have no column '%s'".formatted(field.name()));
  }

  private static FieldReader attribute(Field field, Envelope envelope) {
    return envelope.parts(field.scope()).stream()
        .map(part -> attribute(part, field.name()))
        .reduce(Either::new)
        .orElseThrow();
  }

  static FieldReader attribute(Envelope.Part part, String key) {
    int keyId = part.attributes().keys().find(key);
    return keyId < 0
        ? new Absent(part.attributes().values().arena())
        : new Attribute(part.attributes(), part.attributeRow(), keyId);
  }

  private record Absent(ByteArena arena) implements FieldReader {
    @Override
    public byte read(int row) {
      return ValueColumn.NONE;
    }

    @Override
    public long payload() {
      return 0;
    }
  }

  static final class Numbers implements FieldReader {
    private static final ByteArena NO_BYTES = new ByteArena(0);
    private final IntToLongFunction column;
    private long payload;

    Numbers(IntToLongFunction column) {
      this.column = column;
    }

    @Override
    public byte read(int row) {
      payload = column.applyAsLong(row);
      return ValueColumn.INT;
    }

    @Override
    public long payload() {
      return payload;
    }

    @Override
    public ByteArena arena() {
      return NO_BYTES;
    }
  }

  static final class Texts implements FieldReader {
    private final ByteArena arena;
    private final IntToLongFunction column;
    private long payload;

    Texts(ByteArena arena, IntToLongFunction column) {
      this.arena = arena;
      this.column = column;
    }

    @Override
    public byte read(int row) {
      payload = column.applyAsLong(row);
      return ValueColumn.STRING;
    }

    @Override
    public long payload() {
      return payload;
    }

    @Override
    public ByteArena arena() {
      return arena;
    }
  }

  private static final class Values implements FieldReader {
    private final ValueColumn column;
    private long payload;

    Values(ValueColumn column) {
      this.column = column;
    }

    @Override
    public byte read(int row) {
      payload = column.payload(row);
      return column.type(row);
    }

    @Override
    public long payload() {
      return payload;
    }

    @Override
    public ByteArena arena() {
      return column.arena();
    }
  }

  private static final class Attribute implements FieldReader {
    private final AttributeColumns attributes;
    private final IntUnaryOperator attributeRow;
    private final int keyId;
    private long payload;

    Attribute(AttributeColumns attributes, IntUnaryOperator attributeRow, int keyId) {
      this.attributes = attributes;
      this.attributeRow = attributeRow;
      this.keyId = keyId;
    }

    @Override
    public byte read(int row) {
      int entry = attributes.find(attributeRow.applyAsInt(row), keyId);
      if (entry < 0) {
        return ValueColumn.NONE;
      }
      payload = attributes.values().payload(entry);
      return attributes.values().type(entry);
    }

    @Override
    public long payload() {
      return payload;
    }

    @Override
    public ByteArena arena() {
      return attributes.values().arena();
    }
  }

  /** A text that every row has: empty where the reader below has none. */
  private static final class TextOrEmpty implements FieldReader {
    private final FieldReader text;
    private boolean present;

    TextOrEmpty(FieldReader text) {
      this.text = text;
    }

    @Override
    public byte read(int row) {
      present = text.read(row) == ValueColumn.STRING;
      return ValueColumn.STRING;
    }

    @Override
    public long payload() {
      return present ? text.payload() : ByteArena.EMPTY;
    }

    @Override
    public ByteArena arena() {
      return text.arena();
    }
  }

  /** The first reader that has a value. */
  private static final class Either implements FieldReader {
    private final FieldReader first;
    private final FieldReader second;
    private FieldReader found;

    Either(FieldReader first, FieldReader second) {
      this.first = first;
      this.second = second;
      this.found = first;
    }

    @Override
    public byte read(int row) {
      byte type = first.read(row);
      found = first;
      if (type == ValueColumn.NONE) {
        type = second.read(row);
        found = second;
      }
      return type;
    }

    @Override
    public long payload() {
      return found.payload();
    }

    @Override
    public ByteArena arena() {
      return found.arena();
    }
  }

  private static final class StreamLabel implements FieldReader {
    private final LogBatch batch;
    private final long[] slices;
    private final boolean[] present;
    private long payload;

    StreamLabel(LogBatch batch, String label) {
      this.batch = batch;
      LabelSetTable streams = batch.streams();
      slices = new long[streams.size()];
      present = new boolean[streams.size()];
      for (int stream = 0; stream < slices.length; stream++) {
        long slice = streams.slice(stream);
        LabelSetTable.Cursor cursor =
            new LabelSetTable.Cursor(
                streams.arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
        while (cursor.next()) {
          if (cursor.name().equals(label)) {
            slices[stream] = ByteArena.slice(cursor.valueOffset(), cursor.valueLength());
            present[stream] = true;
          }
        }
      }
    }

    @Override
    public byte read(int row) {
      int stream = batch.stream(row);
      payload = slices[stream];
      return present[stream] ? ValueColumn.STRING : ValueColumn.NONE;
    }

    @Override
    public long payload() {
      return payload;
    }

    @Override
    public ByteArena arena() {
      return batch.streams().arena();
    }
  }

  /** 8 bytes, given as hexadecimal text. */
  static final class Ids implements FieldReader {
    private final ByteArena text = new ByteArena(16);
    private final IntToLongFunction column;

    Ids(IntToLongFunction column) {
      this.column = column;
    }

    @Override
    public byte read(int row) {
      long id = column.applyAsLong(row);
      text.truncate(0);
      Hex.append(id, text);
      return id == 0 ? ValueColumn.NONE : ValueColumn.STRING;
    }

    @Override
    public long payload() {
      return ByteArena.slice(0, 16);
    }

    @Override
    public ByteArena arena() {
      return text;
    }
  }

  /** 16 bytes, given as hexadecimal text. */
  static final class TraceIds implements FieldReader {
    private final ByteArena text = new ByteArena(32);
    private final IntToLongFunction high;
    private final IntToLongFunction low;

    TraceIds(IntToLongFunction high, IntToLongFunction low) {
      this.high = high;
      this.low = low;
    }

    @Override
    public byte read(int row) {
      long first = high.applyAsLong(row);
      long second = low.applyAsLong(row);
      text.truncate(0);
      Hex.append(first, text);
      Hex.append(second, text);
      return (first | second) == 0 ? ValueColumn.NONE : ValueColumn.STRING;
    }

    @Override
    public long payload() {
      return ByteArena.slice(0, 32);
    }

    @Override
    public ByteArena arena() {
      return text;
    }
  }

  /** Hexadecimal digits. */
  private static final class Hex {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    static void append(long value, ByteArena out) {
      int at = out.reserve(16);
      byte[] array = out.array();
      for (int i = 0; i < 16; i++) {
        array[at + i] = DIGITS[(int) (value >>> (60 - 4 * i)) & 0xf];
      }
    }
  }
}
