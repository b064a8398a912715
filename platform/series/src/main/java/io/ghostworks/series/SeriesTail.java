package io.ghostworks.series;

import io.ghostworks.journal.BatchCursor;
import io.ghostworks.journal.Journal;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.series.chunk.HistogramCodec;
import io.ghostworks.series.primitive.LongIntMap;
import io.ghostworks.storage.bytes.BytesInput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Gives acknowledged batches again, as they stand in the journal: without the rows that repeated
 * stored ones, and one for each frame.
 */
final class SeriesTail implements TelemetryTail<SeriesBatch> {
  private final Journal journal;

  SeriesTail(Journal journal) {
    this.journal = journal;
  }

  @Override
  public long endPosition() {
    return journal.appliedSequence();
  }

  @Override
  public Cursor<SeriesBatch> cursor(long afterPosition) throws IOException {
    return new BatchCursor<>(journal.tail(afterPosition), new Decoding());
  }

  private static final class Decoding implements BatchCursor.Decoder<SeriesBatch> {
    private LongIntMap numbers = new LongIntMap();
    private LongColumn definitions = new LongColumn();
    private ByteArena bytes = new ByteArena(4096);
    private SegmentPairs pairs = new SegmentPairs();

    @Override
    public void segmentStarted() {
      numbers = new LongIntMap();
      definitions = new LongColumn();
      bytes = new ByteArena(4096);
      pairs = new SegmentPairs();
    }

    @Override
    public void definitions(BytesInput in) throws IOException {
      if (DeleteFrame.is(in)) {
        return;
      }
      define(FrameCodec.readDefinitions(in, pairs));
    }

    @Override
    public boolean frame(long sequence, BytesInput in, Reader<SeriesBatch> reader)
        throws IOException {
      if (DeleteFrame.is(in)) {
        return true;
      }
      Frame frame = FrameCodec.read(in, pairs);
      define(frame);
      return reader.batch(sequence, frame.tenant, batch(frame));
    }

    private void define(Frame frame) {
      for (int i = 0; i < frame.definedIds.size(); i++) {
        long id = frame.definedIds.get(i);
        if (numbers.get(id) < 0) {
          long slice = frame.definitions.get(i);
          numbers.put(id, definitions.size());
          definitions.add(
              bytes.append(frame.bytes.array(), ByteArena.offset(slice), ByteArena.length(slice)));
        }
      }
    }

    private SeriesBatch batch(Frame frame) throws IOException {
      SeriesBatch batch = new SeriesBatch("");
      int[] sets = new int[definitions.size()];
      Arrays.fill(sets, -1);
      for (int i = 0; i < frame.size(); i++) {
        int number = numbers.get(frame.ids.get(i));
        if (number < 0) {
          continue;
        }
        addRow(frame, i, set(batch, sets, number), batch);
      }
      for (Frame.IdExemplar exemplar : frame.exemplars) {
        int number = numbers.get(exemplar.id());
        if (number >= 0) {
          batch.addExemplar(set(batch, sets, number), exemplar.exemplar());
        }
      }
      frame.metadata.forEach(batch::addMetadata);
      return batch;
    }

    private static void addRow(Frame frame, int row, int set, SeriesBatch batch)
        throws IOException {
      long time = frame.timestampsMs.get(row);
      long value = frame.values.get(row);
      if (frame.kinds.get(row) == Rows.HISTOGRAM) {
        BytesInput encoded =
            new BytesInput(frame.bytes.array(), ByteArena.offset(value), ByteArena.length(value));
        batch.add(set, time, HistogramCodec.decode(encoded, null));
      } else {
        batch.addBits(set, time, value);
      }
      if (frame.startsMs.get(row) != 0) {
        batch.startTimestampOfLast(frame.startsMs.get(row));
      }
    }

    private int set(SeriesBatch batch, int[] sets, int number) {
      if (sets[number] < 0) {
        long slice = definitions.get(number);
        sets[number] =
            batch.sets().addPacked(bytes.array(), ByteArena.offset(slice), ByteArena.length(slice));
      }
      return sets[number];
    }
  }
}
