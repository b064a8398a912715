package io.ghostworks.records;

import io.ghostworks.records.SignalStore.LivePart;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.manifest.Manifest;
import io.ghostworks.storage.manifest.ManifestFile;
import io.ghostworks.storage.manifest.ManifestStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part files and the manifest that names them. Used by one thread at a time.
 *
 * <p>A part's name ends in a number that is never used twice; the manifest's own metadata is the
 * next one as a varint.
 */
final class PartFiles {

  static final int MANIFEST_KIND = 0x5243;
  private static final Logger log = LoggerFactory.getLogger(PartFiles.class);

  private final FileSystem files;
  private final Path directory;
  private final ManifestStore manifest;
  private final List<Path> doubtful = new ArrayList<>();
  private final Beside<DeleteSet> deletes =
      new Beside<>("deletes", DeleteSet.KIND, DeleteSet.NONE, DeleteSet::write);
  private final Beside<KeptSet> kept =
      new Beside<>("kept", KeptSet.KIND, KeptSet.NONE, KeptSet::write);
  private long nextNumber;

  private PartFiles(FileSystem files, Path directory, ManifestStore manifest) throws IOException {
    this.files = files;
    this.directory = directory;
    this.manifest = manifest;
    Manifest current = manifest.current();
    this.nextNumber =
        current.metadata().length == 0 ? 0 : new BytesInput(current.metadata()).getVarint();
  }

  /** Reads the manifest of a directory, or founds one. */
  static PartFiles open(FileSystem files, Path directory) throws IOException {
    return new PartFiles(files, directory, ManifestStore.open(files, directory, MANIFEST_KIND));
  }

  /** The frame up to which the parts contain the journal. */
  long journalSequence() {
    return manifest.current().journalSequence();
  }

  /** The deletes that the manifest names. */
  DeleteSet deletes() throws IOException {
    return deletes.read(DeleteSet::read);
  }

  /** The kept traces that the manifest names. */
  KeptSet kept() throws IOException {
    return kept.read(KeptSet::read);
  }

  /** Opens all parts of one kind that the manifest names. */
  <B> List<LivePart<B>> open(SignalStore<B> store) throws IOException {
    List<LivePart<B>> parts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    manifest.current().files().forEach(file -> names.add(file.name()));
    try {
      for (ManifestFile file : manifest.current().files()) {
        if (file.kind() == store.partKind()) {
          PartFacts facts = PartFacts.read(file.metadata());
          RecordPart<B> part =
              RecordPart.open(
                  files, directory.resolve(file.name()), store.partKind(), store.schema());
          Path rollup = rollupOf(part.path());
          boolean counted = names.contains(String.valueOf(rollup.getFileName()));
          if (counted) {
            part.deleteWith(rollup);
          }
          parts.add(
              new LivePart<>(
                  part, facts.retention(), facts.day(), facts.sequence(), counted ? rollup : null));
        }
      }
      return parts;
    } catch (IOException | RuntimeException e) {
      parts.forEach(live -> live.part().retire(false));
      throw e;
    }
  }

  /** Where the counts of a part stand. */
  static Path rollupOf(Path part) {
    String name = String.valueOf(part.getFileName());
    return part.resolveSibling(name.substring(0, name.length() - ".part".length()) + ".rollup");
  }

  /** A path for a new part. */
  Path newPath(SignalStore<?> store) {
    return directory.resolve("%s-%012d.part".formatted(store.signal().label(), nextNumber++));
  }

  /**
   * Names these parts, and no others, durably.
   *
   * @param newDeletes all of frames up to the sequence, and maybe later ones; kept traces likewise
   * @throws IOException if it cannot be told which manifest is on disk now: the files of this one
   *     and of the one before must stay
   */
  void replace(long journalSequence, PartSet parts, DeleteSet newDeletes, KeptSet newKept)
      throws IOException {
    List<ManifestFile> named = new ArrayList<>();
    ManifestFile deletesNow = deletes.prepare(newDeletes, named);
    ManifestFile keptNow = kept.prepare(newKept, named);
    for (LivePart<?> live : parts.logs()) {
      named.add(file(live, LiveRecords.LOGS_PART));
      Path rollup = live.rollup();
      if (rollup != null) {
        named.add(
            new ManifestFile(
                String.valueOf(rollup.getFileName()), LiveRecords.LOGS_ROLLUP, 0, new byte[0]));
      }
    }
    parts.spans().forEach(live -> named.add(file(live, LiveRecords.SPANS_PART)));
    BytesOutput metadata = new BytesOutput(10, 10);
    metadata.putVarint(nextNumber);
    manifest.replace(Math.max(journalSequence, journalSequence()), named, metadata.toByteArray());
    deletes.named(newDeletes, deletesNow);
    kept.named(newKept, keptNow);
    doubtful.forEach(this::delete);
    doubtful.clear();
  }

  @FunctionalInterface
  private interface Writing<T> {
    void write(T content, FileSystem files, Path path) throws IOException;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(FileSystem files, Path path) throws IOException;
  }

  /** A small file beside the parts, of which each manifest names the newest. */
  private final class Beside<T> {
    private final String name;
    private final int kind;
    private final Writing<T> writing;
    private T written;
    private @Nullable ManifestFile file;

    Beside(String name, int kind, T none, Writing<T> writing) {
      this.name = name;
      this.kind = kind;
      this.written = none;
      this.writing = writing;
    }

    T read(Reading<T> reading) throws IOException {
      for (ManifestFile each : manifest.current().files()) {
        if (each.kind() == kind) {
          written = reading.read(files, directory.resolve(each.name()));
          file = each;
        }
      }
      return written;
    }

    /** Writes a content that is new, and names the file for the next manifest. */
    @Nullable ManifestFile prepare(T content, List<ManifestFile> named) throws IOException {
      ManifestFile now = file;
      if (!content.equals(written)) {
        now = write(content);
        // Where the manifest cannot be replaced, the next one names the file of the next try.
        doubtful.add(directory.resolve(now.name()));
      }
      if (now != null) {
        named.add(now);
      }
      return now;
    }

    /** The manifest names the content now. */
    void named(T content, @Nullable ManifestFile now) {
      ManifestFile before = file;
      if (now == null || now.equals(before)) {
        return;
      }
      doubtful.remove(directory.resolve(now.name()));
      if (before != null) {
        doubtful.add(directory.resolve(before.name()));
      }
      file = now;
      written = content;
    }

    private ManifestFile write(T content) throws IOException {
      Path path = directory.resolve("%s-%012d.%s".formatted(name, nextNumber++, name));
      try {
        writing.write(content, files, path);
      } catch (IOException | RuntimeException e) {
        delete(path);
        throw e;
      }
      return new ManifestFile(String.valueOf(path.getFileName()), kind, 0, new byte[0]);
    }
  }

  /** A file that a manifest may name whose writing failed: it goes when the next one is written. */
  void deleteAfterNextManifest(Path path) {
    doubtful.add(path);
    doubtful.add(rollupOf(path));
  }

  /** Deletes a file that no manifest names; what stays is removed at the next start. */
  void delete(Path path) {
    try {
      files.deleteIfExists(path);
    } catch (IOException e) {
      log.warn("a file that is not needed any more could not be deleted: {}", path, e);
    }
  }

  FileSystem files() {
    return files;
  }

  private static ManifestFile file(LivePart<?> live, int kind) {
    return new ManifestFile(
        live.part().name(),
        kind,
        0,
        new PartFacts(live.retention(), live.day(), live.sequence()).bytes());
  }
}
