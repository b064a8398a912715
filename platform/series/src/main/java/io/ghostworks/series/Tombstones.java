package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.series.select.SeriesLayer;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.part.PartReader;
import io.ghostworks.storage.part.PartWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The deletes whose samples may still stand in some layer. Immutable.
 *
 * <p>Their file is a {@link PartWriter} file of kind 0x5303, version 1, with one section
 * "tombstones":
 *
 * <pre>
 * tombstones := highest:varint count:varint (sequence:varint tombstone)[count]     // as in {@link Tombstone}; ascending
 * </pre>
 *
 * @param all ascending by sequence
 * @param highestSequence of all deletes that ever were, also those that are done; 0 for none
 */
record Tombstones(List<Tombstone> all, long highestSequence) {
  static final Tombstones NONE = new Tombstones(List.of(), 0);

  /** How many may wait for their samples' removal at once. */
  static final int COUNT_MAX = 1_000;

  /** Tells the file from others. */
  static final int KIND = 0x5303;

  private static final int VERSION = 1;
  private static final int SECTION_BYTES_MAX = 64 << 20;
  private static final String SECTION = "tombstones";

  Tombstones {
    all = List.copyOf(all);
  }

  /** With one more; the same again changes nothing. */
  Tombstones with(Tombstone added) {
    if (all.stream().anyMatch(known -> known.sequence() == added.sequence())) {
      return this;
    }
    List<Tombstone> more = new ArrayList<>(all);
    more.add(added);
    more.sort(Comparator.comparingLong(Tombstone::sequence));
    return new Tombstones(more, Math.max(highestSequence, added.sequence()));
  }

  /** Without those that hide nothing any more. */
  Tombstones without(List<Tombstone> done) {
    List<Tombstone> rest = new ArrayList<>(all);
    rest.removeAll(done);
    return new Tombstones(rest, highestSequence);
  }

  /** Those that hide samples of a tenant in a layer. */
  List<Tombstone> of(TenantId tenant, SeriesLayer layer) {
    if (all.isEmpty() || all.getLast().sequence() <= layer.throughSequence()) {
      return List.of();
    }
    List<Tombstone> hiding = new ArrayList<>();
    for (Tombstone tombstone : all) {
      if (tombstone.sequence() > layer.throughSequence()
          && tombstone.tenant().equals(tenant)
          && tombstone.overlaps(layer.minTimestampMs(), layer.maxTimestampMs())) {
        hiding.add(tombstone);
      }
    }
    return hiding;
  }

  void write(FileSystem files, Path path) throws IOException {
    try (PartWriter file = PartWriter.create(files, path, KIND, VERSION)) {
      BytesOutput out = new BytesOutput(4096, SECTION_BYTES_MAX);
      out.putVarint(highestSequence);
      out.putVarint(all.size());
      for (Tombstone tombstone : all) {
        out.putVarint(tombstone.sequence());
        tombstone.write(out);
      }
      file.section(SECTION, out);
      file.finish();
    }
  }

  static Tombstones read(FileSystem files, Path path) throws IOException {
    try (PartReader file = PartReader.open(files, path, KIND)) {
      if (file.kindVersion() != VERSION) {
        throw new DamagedDataException(
            "this release reads tombstones of version %d, got %d (%s)"
                .formatted(VERSION, file.kindVersion(), path));
      }
      BytesInput in = file.read(SECTION, SECTION_BYTES_MAX);
      long highest = in.getVarint();
      List<Tombstone> all = new ArrayList<>();
      for (int left = in.getVarint(in.remaining()); left > 0; left--) {
        all.add(Tombstone.read(in.getVarint(), in));
      }
      return new Tombstones(all, highest);
    }
  }
}
