package io.ghostworks.records;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.CountRequest;
import io.ghostworks.query.record.CountTable;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.ScannedCounts;
import io.ghostworks.query.record.StreamCounts;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.rollup.MemoryRollups;
import io.ghostworks.records.rollup.RollupReader;
import io.ghostworks.records.rollup.StreamRollup;
import io.ghostworks.records.rollup.StreamSum;
import io.ghostworks.records.rollup.TimeRanges;
import io.ghostworks.records.scan.ScanCursor;
import io.ghostworks.records.scan.VisibleRows;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts log records of one snapshot: from the counts beside the parts and those of the rows in
 * memory where they give what reading the rows would, else by reading the rows of those times.
 */
final class CountReader {

  /** So many ranges of time are read one by one; of more, near ones together. */
  private static final int SCANS_MAX = 4;

  /** So many streams are named in the filter of a scan. */
  private static final int NAMED_STREAMS_MAX = 16;

  private static final int ENTRY_BYTES = 28;

  private final FileSystem files;
  private final SignalStore<LogBatch> store;
  private final Snapshot<LogBatch> snapshot;
  private final CountRequest request;
  private final QueryContext context;
  private final CountTable table;
  private final Map<Labels, List<StreamRollup>> sources = new HashMap<>();
  private final TimeRanges ofAllStreams = new TimeRanges();
  private final Map<Labels, TimeRanges> ofStream = new HashMap<>();
  private long reservedBytes;

  CountReader(
      FileSystem files,
      SignalStore<LogBatch> store,
      Snapshot<LogBatch> snapshot,
      CountRequest request,
      QueryContext context) {
    this.files = files;
    this.store = store;
    this.snapshot = snapshot;
    this.request = request;
    this.context = context;
    this.table = new CountTable(context);
  }

  List<StreamCounts> counts() {
    for (SignalStore.LivePart<LogBatch> part : snapshot.parts()) {
      context.check();
      readPart(part);
    }
    readMemory();
    addUp();
    readRows();
    context.release(reservedBytes);
    reservedBytes = 0;
    return table.sorted();
  }

  private boolean isWanted(Labels labels) {
    if (request.selectors().isEmpty()) {
      return true;
    }
    for (List<LabelMatcher> selector : request.selectors()) {
      boolean all = true;
      for (LabelMatcher matcher : selector) {
        all &= matcher.matches(labels.get(matcher.label()));
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  private void readPart(SignalStore.LivePart<LogBatch> live) {
    TimeRanges.Range times = snapshot.times(live);
    if (times.startNanos() >= request.endNanos() || times.endNanos() <= request.startNanos()) {
      return;
    }
    // The counts of kept rows tell nothing of which traces were given up.
    Path rollup = live.retention().equals(RetentionClass.KEPT) ? null : live.rollup();
    if (rollup == null) {
      ofAllStreams.add(
          Math.max(times.startNanos(), request.startNanos()),
          Math.min(times.endNanos(), request.endNanos()));
      return;
    }
    List<RecordDelete> hiding = snapshot.hiding(live);
    try (RollupReader reader = RollupReader.open(files, rollup)) {
      reader.streams(
          context.tenant(),
          new RollupReader.Range(request.startNanos(), request.endNanos()),
          this::isWanted,
          found -> {
            add(found);
            hiding.forEach(delete -> hide(delete, found.stream()));
          });
    } catch (IOException e) {
      throw new UncheckedIOException(
          "counts of %s cannot be read: %s".formatted(live.part().name(), e.getMessage()), e);
    }
  }

  private void add(StreamRollup found) {
    long bytes = 200 + (long) ENTRY_BYTES * (found.cells() == null ? 0 : found.cells().size());
    context.reserve(bytes);
    reservedBytes += bytes;
    sources.computeIfAbsent(found.stream(), stream -> new ArrayList<>(2)).add(found);
  }

  /** Cells count rows that are deleted, so what a delete may hide is read. */
  private void hide(RecordDelete delete, Labels stream) {
    if (delete.mayHide(stream)) {
      ofStream
          .computeIfAbsent(stream, s -> new TimeRanges())
          .add(
              Math.max(delete.startNanos(), request.startNanos()),
              Math.min(delete.endNanos(), request.endNanos()));
    }
  }

  private void readMemory() {
    MemoryRollups memory = new MemoryRollups(context, this::isWanted);
    for (var source : snapshot.inMemory()) {
      if (source.maxTimeNanos() >= request.startNanos()
          && source.minTimeNanos() < request.endNanos()) {
        LogBatch batch = source.load(ColumnSet.ALL);
        memory.add(
            VisibleRows.of(store.readable(), batch, source.visible()),
            request.startNanos(),
            request.endNanos());
      }
    }
    memory.finish(this::add);
  }

  private void addUp() {
    sources.forEach((stream, rollups) -> {
      TimeRanges unusable = new TimeRanges();
      unusable.addAll(ofAllStreams);
      TimeRanges deleted = ofStream.get(stream);
      if (deleted != null) {
        unusable.addAll(deleted);
      }
      TimeRanges left = new StreamSum(request, unusable, rollups).add(table);
      // Rows of deleted times stand in cells, which are left where they matter.
      if (left.isEmpty()) {
        ofStream.remove(stream);
      } else {
        ofStream.put(stream, left);
      }
    });
  }

  private void readRows() {
    TimeRanges all = new TimeRanges();
    all.addAll(ofAllStreams);
    ofStream.values().forEach(all::addAll);
    for (TimeRanges.Range range : all.atMost(SCANS_MAX)) {
      readRows(range);
    }
  }

  private void readRows(TimeRanges.Range range) {
    RecordScan scan =
        ScannedCounts.scan(request, range.startNanos(), range.endNanos(), streamsIn(range));
    try (RecordCursor cursor =
        new ScanCursor<>(store.readable(), snapshot.sources(), scan, context, () -> {})) {
      for (var batch = cursor.next(); batch != null; batch = cursor.next()) {
        ScannedCounts.add(batch, request, this::isLeft, table);
      }
    }
  }

  private boolean isLeft(Labels stream, long timeNanos) {
    TimeRanges own = ofStream.get(stream);
    return (own != null && own.contains(timeNanos)) || ofAllStreams.contains(timeNanos);
  }

  /** A filter that the streams of which rows are left fulfil, and not many others. */
  private Filter streamsIn(TimeRanges.Range range) {
    if (ofAllStreams.intersects(range.startNanos(), range.endNanos())) {
      return ScannedCounts.streams(request);
    }
    List<Filter> named = new ArrayList<>();
    for (Map.Entry<Labels, TimeRanges> each : ofStream.entrySet()) {
      if (each.getValue().intersects(range.startNanos(), range.endNanos())) {
        if (named.size() == NAMED_STREAMS_MAX) {
          return ScannedCounts.streams(request);
        }
        List<LabelMatcher> labels = new ArrayList<>();
        each.getKey().forEach((name, value) -> labels.add(new LabelMatcher.Equal(name, value)));
        named.add(new Filter.Stream(labels));
      }
    }
    return new Filter.Or(named);
  }
}
