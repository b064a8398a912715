package io.ghostworks.series;

import io.ghostworks.series.part.PartFacts;
import io.ghostworks.series.part.SeriesPart;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.manifest.Manifest;
import io.ghostworks.storage.manifest.ManifestFile;
import io.ghostworks.storage.manifest.ManifestStore;
import io.ghostworks.storage.part.PartReader;
import io.ghostworks.storage.part.PartSection;
import io.ghostworks.storage.part.PartWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot of the series engine: all that its files hold at one moment, in a directory of its
 * own.
 *
 * <pre>
 * SNAPSHOT        // written last: a {@link PartWriter} file of kind 0x5304, version 1
 * series/         // MANIFEST and the files that it names, as in the engine's own directory
 *
 * SNAPSHOT has one section "snapshot":
 * snapshot := createdMs:i64 journalSequence:varint files:varint (name:string sizeBytes:varint)[files]
 * </pre>
 *
 * A directory without {@code SNAPSHOT} is what a crash left of one, and no snapshot.
 *
 * @param createdMs when it was made
 * @param journalSequence the last frame of the journal that it contains
 * @param files of how many files it consists
 * @param sizeBytes of them
 */
public record SeriesSnapshot(long createdMs, long journalSequence, int files, long sizeBytes) {
  /** The name of the file that is written last. */
  public static final String FILE_NAME = "SNAPSHOT";

  private static final int KIND = 0x5304;
  private static final int VERSION = 1;
  private static final String SECTION = "snapshot";
  private static final int SECTION_BYTES_MAX = 256 << 20;
  private static final String SERIES = "series";
  private static final int COPY_BYTES = 1 << 20;

  /**
   * Makes a snapshot of what a manifest names, by second names for the files; they must not be
   * deleted meanwhile.
   *
   * @param target must not exist
   */
  static SeriesSnapshot write(
      FileSystem files, Path source, Manifest manifest, Path target, long createdMs)
      throws IOException {
    Path series = target.resolve(SERIES);
    ManifestStore store = ManifestStore.open(files, series, Parts.MANIFEST_KIND);
    BytesOutput out = new BytesOutput(4096, SECTION_BYTES_MAX);
    out.putLong(createdMs);
    out.putVarint(manifest.journalSequence());
    out.putVarint(manifest.files().size());
    long sum = 0;
    for (ManifestFile file : manifest.files()) {
      Path from = source.resolve(file.name());
      files.link(from, series.resolve(file.name()));
      long size = files.sizeBytes(from);
      sum += size;
      out.putString(file.name());
      out.putVarint(size);
    }
    files.syncDirectory(series);
    store.replace(manifest.journalSequence(), manifest.files(), manifest.metadata());
    try (PartWriter file = PartWriter.create(files, target.resolve(FILE_NAME), KIND, VERSION)) {
      file.section(SECTION, out);
      file.finish();
    }
    files.syncDirectory(target);
    return new SeriesSnapshot(createdMs, manifest.journalSequence(), manifest.files().size(), sum);
  }

  /**
   * Makes a copy of a snapshot the data of an engine that has none. Every file is copied, synced
   * and read back against its checksums before the manifest names it: after a crash the engine is
   * empty, or has all of it.
   *
   * @param snapshot the snapshot's directory
   * @param directory the engine's directory of parts
   * @param journal the engine's directory of the journal
   * @throws DamagedDataException if the snapshot is not whole
   * @throws IOException if the engine has data, or files cannot be read or written
   */
  public static SeriesSnapshot restore(
      FileSystem files, Path snapshot, Path directory, Path journal) throws IOException {
    List<Long> sizes = new ArrayList<>();
    SeriesSnapshot facts = read(files, snapshot, sizes);
    Path source = snapshot.resolve(SERIES);
    Manifest manifest = ManifestStore.read(files, source, Parts.MANIFEST_KIND);
    if (manifest.files().size() != facts.files
        || manifest.journalSequence() != facts.journalSequence) {
      throw new DamagedDataException(
          "%s must name the files of the snapshot's manifest"
              .formatted(snapshot.resolve(FILE_NAME)));
    }
    refuseData(files, directory, journal);
    ManifestStore store = ManifestStore.open(files, directory, Parts.MANIFEST_KIND);
    for (int i = 0; i < manifest.files().size(); i++) {
      ManifestFile file = manifest.files().get(i);
      copy(files, source.resolve(file.name()), directory.resolve(file.name()), sizes.get(i));
      verify(files, source, directory, file);
    }
    files.syncDirectory(directory);
    store.replace(manifest.journalSequence(), manifest.files(), manifest.metadata());
    return facts;
  }

  private static SeriesSnapshot read(FileSystem files, Path snapshot, List<Long> sizes)
      throws IOException {
    Path path = snapshot.resolve(FILE_NAME);
    if (!files.exists(path)) {
      throw new DamagedDataException(
          "%s must have a file %s, which is written last: this is no snapshot, or one that was not finished"
              .formatted(snapshot, FILE_NAME));
    }
    try (PartReader file = PartReader.open(files, path, KIND)) {
      if (file.kindVersion() != VERSION) {
        throw new DamagedDataException(
            "this release reads snapshots of version %d, got %d (%s)"
                .formatted(VERSION, file.kindVersion(), path));
      }
      BytesInput in = file.read(SECTION, SECTION_BYTES_MAX);
      long createdMs = in.getLong();
      long sequence = in.getVarint();
      int count = in.getVarint(in.remaining());
      long sum = 0;
      for (int i = 0; i < count; i++) {
        in.getString();
        long size = in.getVarint();
        sizes.add(size);
        sum += size;
      }
      return new SeriesSnapshot(createdMs, sequence, count, sum);
    }
  }

  private static void refuseData(FileSystem files, Path directory, Path journal)
      throws IOException {
    if (files.exists(directory.resolve(ManifestStore.FILE_NAME))
        && !isEmpty(ManifestStore.read(files, directory, Parts.MANIFEST_KIND))) {
      throw new IOException(
          "a snapshot is restored into an empty data directory only, and %s has data: choose another with --data"
              .formatted(directory));
    }
    if (files.exists(journal) && !files.list(journal).isEmpty()) {
      throw new IOException(
          "a snapshot is restored into an empty data directory only, and %s has a journal: choose another with --data"
              .formatted(journal));
    }
  }

  private static boolean isEmpty(Manifest manifest) {
    return manifest.files().isEmpty() && manifest.journalSequence() == 0;
  }

  private static void copy(FileSystem files, Path from, Path to, long sizeBytes)
      throws IOException {
    files.deleteIfExists(to);
    try (FileHandle source = files.openForReading(from);
        FileHandle target = files.create(to)) {
      if (source.sizeBytes() != sizeBytes) {
        throw new DamagedDataException(
            "%s must have %d bytes, got %d: the snapshot is damaged"
                .formatted(from, sizeBytes, source.sizeBytes()));
      }
      ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
      for (long at = 0; at < sizeBytes; at += COPY_BYTES) {
        buffer.clear().limit((int) Math.min(COPY_BYTES, sizeBytes - at));
        source.readFully(buffer, at);
        target.write(buffer.flip(), at);
      }
      target.force(true);
    }
  }

  private static void verify(FileSystem files, Path source, Path directory, ManifestFile file)
      throws IOException {
    Path copy = directory.resolve(file.name());
    try {
      if (file.kind() == Parts.SERIES_PART) {
        try (SeriesPart part = SeriesPart.open(files, copy, PartFacts.decode(file.metadata()))) {
          part.verify();
        }
      } else {
        verifySections(files, copy, Parts.kindOf(file));
      }
    } catch (DamagedDataException e) {
      throw new DamagedDataException(
          "%s is damaged: %s".formatted(source.resolve(file.name()), e.getMessage()), e);
    }
  }

  private static void verifySections(FileSystem files, Path path, int kind) throws IOException {
    try (PartReader reader = PartReader.open(files, path, kind)) {
      for (PartSection section : reader.sections()) {
        reader.verify(section.name());
      }
    }
  }
}
