package io.ghostworks.records.batch;

import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnSink;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.ArrayList;
import java.util.List;

/**
 * Log records: sorted by stream and time; two are the same if all columns are but the time of
 * observation, which a sender may set anew when it repeats itself.
 *
 * <pre>
 * batch := rows:varint keys resources scopes streams resource:numbers scope:numbers stream:numbers time:longs observed:longs severity:ints
 *          severityText:slices eventName:slices traceIdHigh:raws traceIdLow:raws spanId:raws flags:ints dropped:ints
 *          body:values(rows) attributes(rows)
 * streams := count:varint (length:varint packedLabels)[count]
 * </pre>
 */
public final class LogSchema implements BatchSchema<LogBatch> {

  private static final int ROW_BYTES = 110;
  private static final int ENTRY_BYTES = 13;

  @Override
  public int rows(LogBatch batch) {
    return batch.rows();
  }

  @Override
  public long timeNanos(LogBatch batch, int row) {
    return batch.timeNanos(row);
  }

  @Override
  public long traceIdHigh(LogBatch batch, int row) {
    return batch.traceIdHigh(row);
  }

  @Override
  public long traceIdLow(LogBatch batch, int row) {
    return batch.traceIdLow(row);
  }

  @Override
  public long bytes(LogBatch batch) {
    return batch.arena().array().length
        + (long) batch.rows() * ROW_BYTES
        + (long) batch.attributes().values().size() * ENTRY_BYTES
        + batch.streams().arena().array().length
        + 4096;
  }

  @Override
  public RowCopier<LogBatch> copier() {
    return new LogCopier();
  }

  @Override
  public SortKeys<LogBatch> sortKeys() {
    StreamOrder order = new StreamOrder();
    List<int[]> keys = new ArrayList<>();
    return new SortKeys<>() {
      @Override
      public void add(LogBatch batch) {
        LabelSetTable streams = batch.streams();
        int[] own = new int[streams.size()];
        for (int stream = 0; stream < own.length; stream++) {
          own[stream] = order.add(streams.arena().copy(streams.slice(stream)));
        }
        keys.add(own);
      }

      @Override
      public int key(int batchIndex, LogBatch batch, int row) {
        return order.number(keys.get(batchIndex)[batch.stream(row)]);
      }
    };
  }

  @Override
  public byte[] sortKey(LogBatch batch, int row) {
    return batch.streams().arena().copy(batch.streams().slice(batch.stream(row)));
  }

  @Override
  public boolean sameSortKey(LogBatch batch, int row, int other) {
    return batch.stream(row) == batch.stream(other);
  }

  @Override
  public void encode(LogBatch batch, BytesOutput out) {
    int rows = batch.rows();
    ByteArena arena = batch.arena();
    out.putVarint(rows);
    ValueCodec.putStrings(out, batch.keys());
    EnvelopeCodec.putResources(out, batch.resources(), arena);
    EnvelopeCodec.putScopes(out, batch.scopes(), arena);
    putStreams(out, batch.streams());
    ValueCodec.putInts(out, rows, batch::resource);
    ValueCodec.putInts(out, rows, batch::scope);
    ValueCodec.putInts(out, rows, batch::stream);
    ValueCodec.putDeltas(out, rows, batch::timeNanos);
    ValueCodec.putDeltas(out, rows, batch::observedNanos);
    ValueCodec.putInts(out, rows, batch::severityNumber);
    ValueCodec.putSlices(out, rows, arena, batch::severityText);
    ValueCodec.putSlices(out, rows, arena, batch::eventName);
    ValueCodec.putRaws(out, rows, batch::traceIdHigh);
    ValueCodec.putRaws(out, rows, batch::traceIdLow);
    ValueCodec.putRaws(out, rows, batch::spanId);
    ValueCodec.putInts(out, rows, batch::flags);
    ValueCodec.putInts(out, rows, batch::droppedAttributesCount);
    ValueCodec.putValues(out, batch.body());
    ValueCodec.putAttributes(out, batch.attributes());
  }

  @Override
  public LogBatch decode(BytesInput in, Columns columns) throws DamagedDataException {
    LogBatch batch = new LogBatch();
    ByteArena arena = batch.arena();
    int rows = in.getVarint(in.remaining());
    ValueCodec.strings(in, batch.keys());
    EnvelopeCodec.resources(in, batch.resources(), arena);
    EnvelopeCodec.scopes(in, batch.scopes(), arena);
    streams(in, batch.streams());
    int[] resource = ValueCodec.numbers(in, rows, batch.resources().size() - 1);
    int[] scope = ValueCodec.numbers(in, rows, batch.scopes().size() - 1);
    int[] stream = ValueCodec.numbers(in, rows, batch.streams().size() - 1);
    long[] time = ValueCodec.deltas(in, rows);
    long[] observed = ValueCodec.deltas(in, rows);
    int[] severity = ValueCodec.ints(in, rows);
    long[] severityText = ValueCodec.slices(in, rows, arena);
    long[] eventName = ValueCodec.slices(in, rows, arena);
    long[] traceIdHigh = ValueCodec.raws(in, rows);
    long[] traceIdLow = ValueCodec.raws(in, rows);
    long[] spanId = ValueCodec.raws(in, rows);
    int[] flags = ValueCodec.ints(in, rows);
    int[] dropped = ValueCodec.ints(in, rows);
    AttributeColumns attributes = new AttributeColumns(batch.keys(), arena);
    switch (columns) {
      case HEAD -> noBodies(rows, batch);
      case KEYS -> {
        noBodies(rows, batch);
        ValueCodec.skipValues(in, rows);
        ValueCodec.attributeKeys(in, rows, attributes);
      }
      case ALL -> {
        ValueCodec.values(in, rows, batch.body());
        ValueCodec.attributes(in, rows, attributes);
      }
    }
    for (int row = 0; row < rows; row++) {
      if (columns != Columns.HEAD) {
        ValueCodec.moveRow(attributes, row, batch.attributes());
      }
      batch.endRow(
          resource[row],
          scope[row],
          stream[row],
          time[row],
          observed[row],
          severity[row],
          severityText[row],
          eventName[row],
          traceIdHigh[row],
          traceIdLow[row],
          spanId[row],
          flags[row],
          dropped[row]);
    }
    return batch;
  }

  private static void noBodies(int rows, LogBatch batch) {
    for (int row = 0; row < rows; row++) {
      batch.body().addNone();
    }
  }

  @Override
  public void put(LogBatch batch, ColumnSink sink) {
    LogColumns.put(batch, sink);
  }

  @Override
  public LogBatch get(ColumnBlock block, int[] rows, ColumnSet wanted) throws DamagedDataException {
    return LogColumns.get(block, rows, wanted);
  }

  @Override
  public boolean mayBeSame(LogBatch left, int leftRow, LogBatch right, int rightRow) {
    return left.streams()
        .arena()
        .equal(
            left.streams().slice(left.stream(leftRow)),
            right.streams().arena(),
            right.streams().slice(right.stream(rightRow)));
  }

  @Override
  public boolean sameRow(LogBatch left, int leftRow, LogBatch right, int rightRow) {
    return left.timeNanos(leftRow) == right.timeNanos(rightRow)
        && left.spanId(leftRow) == right.spanId(rightRow)
        && left.traceIdLow(leftRow) == right.traceIdLow(rightRow)
        && left.traceIdHigh(leftRow) == right.traceIdHigh(rightRow)
        && left.severityNumber(leftRow) == right.severityNumber(rightRow)
        && left.flags(leftRow) == right.flags(rightRow)
        && left.droppedAttributesCount(leftRow) == right.droppedAttributesCount(rightRow)
        && mayBeSame(left, leftRow, right, rightRow)
        && RowEquality.value(left.body(), leftRow, right.body(), rightRow)
        && left.arena()
            .equal(left.severityText(leftRow), right.arena(), right.severityText(rightRow))
        && left.arena().equal(left.eventName(leftRow), right.arena(), right.eventName(rightRow))
        && RowEquality.attributes(left.attributes(), leftRow, right.attributes(), rightRow)
        && EnvelopeEquality.resource(
            left.resources(),
            left.arena(),
            left.resource(leftRow),
            right.resources(),
            right.arena(),
            right.resource(rightRow))
        && EnvelopeEquality.scope(
            left.scopes(),
            left.arena(),
            left.scope(leftRow),
            right.scopes(),
            right.arena(),
            right.scope(rightRow));
  }

  @Override
  public long rowHash(LogBatch batch, int row) {
    long body = batch.body().payload(row);
    long content =
        ValueColumn.isSlice(batch.body().type(row))
            ? Hashing.xxh3_64()
                .hashBytesToLong(
                    batch.arena().array(), ByteArena.offset(body), ByteArena.length(body))
            : body;
    return content * 31 + batch.spanId(row);
  }

  static void putStreams(BytesOutput out, LabelSetTable streams) {
    out.putVarint(streams.size());
    for (int stream = 0; stream < streams.size(); stream++) {
      long slice = streams.slice(stream);
      out.putLengthAndBytes(
          streams.arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
    }
  }

  static void streams(BytesInput in, LabelSetTable target) throws DamagedDataException {
    int count = in.getVarint(in.remaining());
    for (int i = 0; i < count; i++) {
      byte[] packed = in.getLengthAndBytes();
      target.addPacked(packed, 0, packed.length);
    }
  }
}
