package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.Signal;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.part.PartReader;
import io.ghostworks.storage.part.PartWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The deletes of log records and spans: those that hide records, and the last ones that are
 * processed. Immutable.
 *
 * <p>Their file is a {@link PartWriter} file of kind 0x5244, version 2, with one section "deletes";
 * version 1 is the same without deletes of spans, and is read:
 *
 * <pre>
 * deletes := throughSequence:varint count:varint delete[count]     // as in {@link RecordDelete}; ascending
 * </pre>
 *
 * @param all ascending by sequence
 * @param throughSequence the last frame of the journal that made or cancelled a delete; 0 for none
 */
record DeleteSet(List<RecordDelete> all, long throughSequence) {

  static final DeleteSet NONE = new DeleteSet(List.of(), 0);

  /** Tells the file from others. */
  static final int KIND = 0x5244;

  /** How many may hide records at once. */
  static final int RECEIVED_MAX = 1_000;

  private static final int PROCESSED_MAX = 1_000;
  private static final int VERSION = 2;
  private static final int BYTES_MAX = 256 << 20;
  private static final String SECTION = "deletes";

  DeleteSet {
    all = List.copyOf(all);
  }

  /** Those of one signal alone. */
  DeleteSet of(Signal signal) {
    return all.isEmpty()
        ? this
        : new DeleteSet(
            all.stream().filter(each -> each.signal() == signal).toList(), throughSequence);
  }

  /** With one more; a frame that is contained changes nothing. */
  DeleteSet with(RecordDelete added) {
    if (added.sequence() <= throughSequence) {
      return this;
    }
    List<RecordDelete> more = new ArrayList<>(all);
    more.add(added);
    return new DeleteSet(more, added.sequence());
  }

  /** Without one that a frame cancels; a frame that is contained changes nothing. */
  DeleteSet cancelled(TenantId tenant, long cancelledSequence, long frameSequence) {
    if (frameSequence <= throughSequence) {
      return this;
    }
    List<RecordDelete> rest =
        all.stream()
            .filter(each ->
                each.sequence() != cancelledSequence
                    || !each.tenant().equals(tenant)
                    || each.state() == RecordDelete.State.PROCESSED)
            .toList();
    return new DeleteSet(rest, frameSequence);
  }

  /**
   * Where those of these sequences are processed; the oldest of many processed ones are left out.
   */
  DeleteSet processed(List<Long> sequences) {
    List<RecordDelete> changed = new ArrayList<>();
    for (RecordDelete each : all) {
      changed.add(sequences.contains(each.sequence()) ? each.processed() : each);
    }
    long surplus = changed.stream().filter(DeleteSet::isProcessed).count() - PROCESSED_MAX;
    for (int i = 0; surplus > 0; ) {
      if (isProcessed(changed.get(i))) {
        changed.remove(i);
        surplus--;
      } else {
        i++;
      }
    }
    return new DeleteSet(changed, throughSequence);
  }

  private static boolean isProcessed(RecordDelete delete) {
    return delete.state() == RecordDelete.State.PROCESSED;
  }

  /** Those that hide records, ascending. */
  List<RecordDelete> received() {
    return all.stream().filter(each -> !isProcessed(each)).toList();
  }

  Optional<RecordDelete> find(TenantId tenant, String id) {
    return all.stream()
        .filter(each -> each.tenant().equals(tenant) && each.id().equals(id))
        .findFirst();
  }

  List<RecordDelete> of(TenantId tenant) {
    return all.stream().filter(each -> each.tenant().equals(tenant)).toList();
  }

  /**
   * Those that may hide rows of one tenant, ascending.
   *
   * @param throughFrame the highest frame of which rows may be among them
   */
  List<RecordDelete> hiding(
      TenantId tenant,
      RetentionClass retention,
      long throughFrame,
      long minTimeNanos,
      long maxTimeNanos) {
    if (all.isEmpty() || throughFrame >= throughSequence || retention.refusesDeletes()) {
      return List.of();
    }
    List<RecordDelete> hiding = new ArrayList<>();
    for (RecordDelete each : all) {
      if (each.sequence() > throughFrame
          && !isProcessed(each)
          && each.tenant().equals(tenant)
          && each.overlaps(minTimeNanos, maxTimeNanos)) {
        hiding.add(each);
      }
    }
    return hiding;
  }

  /** The rows that none of these hides. */
  static Filter visible(List<RecordDelete> hiding) {
    return hiding.isEmpty()
        ? Filter.ALL
        : new Filter.Not(new Filter.Or(hiding.stream().map(RecordDelete::hidden).toList()));
  }

  void write(FileSystem files, Path path) throws IOException {
    try (PartWriter file = PartWriter.create(files, path, KIND, VERSION)) {
      BytesOutput out = new BytesOutput(4096, BYTES_MAX);
      out.putVarint(throughSequence);
      out.putVarint(all.size());
      all.forEach(each -> each.put(out));
      file.section(SECTION, out);
      file.finish();
    }
  }

  static DeleteSet read(FileSystem files, Path path) throws IOException {
    try (PartReader file = PartReader.open(files, path, KIND)) {
      if (file.kindVersion() < 1 || file.kindVersion() > VERSION) {
        throw new DamagedDataException(
            "this release reads deletes of versions 1 to %d, got %d (%s)"
                .formatted(VERSION, file.kindVersion(), path));
      }
      BytesInput in = file.read(SECTION, BYTES_MAX);
      long through = in.getVarint();
      List<RecordDelete> all = new ArrayList<>();
      for (int left = in.getVarint(in.remaining()); left > 0; left--) {
        all.add(RecordDelete.get(in));
      }
      return new DeleteSet(all, through);
    }
  }
}
