package io.ghostworks.series;

import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.journal.FrameHandler;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.series.head.SeriesStates;
import io.ghostworks.series.primitive.LongIntMap;
import io.ghostworks.storage.bytes.BytesInput;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rebuilds the head from the journal at start, on one thread, before anything is admitted. */
final class Replay implements FrameHandler {
  private static final Logger log = LoggerFactory.getLogger(Replay.class);

  private final Clock clock;
  private final Head head;
  private final ExemplarStore exemplars;
  private final MetadataStore metadata;
  private final Accounts accounts;
  private final Deletes deletes;
  private final AfterFrame afterFrame;
  private LongIntMap seriesOfId = new LongIntMap();
  private SegmentPairs pairs = new SegmentPairs();
  private long rowsWithoutSeries;

  Replay(
      Clock clock,
      Head head,
      ExemplarStore exemplars,
      MetadataStore metadata,
      Accounts accounts,
      Deletes deletes,
      AfterFrame afterFrame) {
    this.clock = clock;
    this.head = head;
    this.exemplars = exemplars;
    this.metadata = metadata;
    this.accounts = accounts;
    this.deletes = deletes;
    this.afterFrame = afterFrame;
  }

  /** Rows whose series were defined in a frame that is lost. */
  long rowsWithoutSeries() {
    return rowsWithoutSeries;
  }

  @Override
  public void segmentStarted(long segment) {
    seriesOfId = new LongIntMap();
    pairs = new SegmentPairs();
  }

  @Override
  public void definitions(long sequence, BytesInput in) throws IOException {
    if (DeleteFrame.is(in)) {
      return;
    }
    define(FrameCodec.readDefinitions(in, pairs));
  }

  @Override
  public void frame(long sequence, BytesInput in) throws IOException {
    if (DeleteFrame.is(in)) {
      deletes.apply(DeleteFrame.read(sequence, in));
      afterFrame.run();
      return;
    }
    Frame frame = FrameCodec.read(in, pairs);
    define(frame);
    Rows rows = rows(frame);
    head.apply(rows, sequence);
    noteNewest(rows);
    addExemplars(frame);
    frame.metadata.forEach((family, about) -> metadata.add(frame.tenant, family, about));
    afterFrame.run();
  }

  private void define(Frame frame) {
    int tenant = frame.definedIds.size() == 0 ? -1 : head.tenant(frame.tenant);
    for (int i = 0; i < frame.definedIds.size(); i++) {
      long id = frame.definedIds.get(i);
      if (seriesOfId.get(id) < 0) {
        seriesOfId.put(id, series(tenant, frame.bytes, frame.definitions.get(i)));
      }
    }
  }

  private int series(int tenant, ByteArena bytes, long slice) {
    int offset = ByteArena.offset(slice);
    int length = ByteArena.length(slice);
    long hash = Hashing.xxh3_64().hashBytesToLong(bytes.array(), offset, length);
    int known = head.index().find(tenant, hash, bytes.array(), offset, length);
    return known >= 0 ? known : head.add(tenant, hash, bytes.array(), offset, length);
  }

  private Rows rows(Frame frame) {
    Rows rows = new Rows(frame.tenant, head.index());
    for (int i = 0; i < frame.size(); i++) {
      int series = seriesOfId.get(frame.ids.get(i));
      if (series < 0) {
        if (rowsWithoutSeries++ == 0) {
          log.error("a frame that defined series is lost: rows of these series are lost with it");
        }
        continue;
      }
      long value = frame.values.get(i);
      if (frame.kinds.get(i) == Rows.HISTOGRAM) {
        value =
            rows.histograms.append(
                frame.bytes.array(), ByteArena.offset(value), ByteArena.length(value));
      }
      rows.add(series, frame.timestampsMs.get(i), value, frame.kinds.get(i), frame.startsMs.get(i));
    }
    return rows;
  }

  private void noteNewest(Rows rows) {
    SeriesStates states = head.states();
    int minute = Admission.minute(clock.epochMs());
    for (int i = 0; i < rows.size(); i++) {
      int series = rows.series.get(i);
      long time = rows.timestampsMs.get(i);
      if (time > states.newestMs(series)) {
        boolean histogram = rows.kinds.get(i) == Rows.HISTOGRAM;
        states.newest(series, time, histogram ? 0 : rows.values.get(i), histogram);
      }
      states.lastSeenMinute(series, minute);
      if (!states.isActive(series)) {
        states.active(series, true);
        accounts.of(rows.tenant).restored(head.index().metric(series), clock.epochMs());
      }
    }
  }

  private void addExemplars(Frame frame) {
    TenantId tenant = frame.tenant;
    for (Frame.IdExemplar exemplar : frame.exemplars) {
      int series = seriesOfId.get(exemplar.id());
      if (series >= 0) {
        Labels labels = head.index().labels(series);
        exemplars.add(tenant, labels, exemplar.exemplar());
      }
    }
  }

  /** Called after each frame: may flush. */
  @FunctionalInterface
  interface AfterFrame {
    void run() throws IOException;
  }
}
