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
  private DeleteSet writtenDeletes = DeleteSet.NONE;
  private @Nullable ManifestFile deletesFile;
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
    for (ManifestFile file : manifest.current().files()) {
      if (file.kind() == DeleteSet.KIND) {
        writtenDeletes = DeleteSet.read(files, directory.resolve(file.name()));
        deletesFile = file;
      }
    }
    return writtenDeletes;
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
    return directory.resolve("%s-%012d.part".formatted(store.signal(), nextNumber++));
  }

  /**
   * Names these parts, and no others, durably.
   *
   * @param deletes all of frames up to the sequence, and maybe later ones
   * @throws IOException if it cannot be told which manifest is on disk now: the files of this one
   *     and of the one before must stay
   */
  void replace(long journalSequence, PartSet parts, DeleteSet deletes) throws IOException {
    List<ManifestFile> named = new ArrayList<>();
    ManifestFile before = deletesFile;
    ManifestFile now = before;
    boolean changed = !deletes.equals(writtenDeletes);
    if (changed) {
      now = write(deletes);
      // Where the manifest cannot be replaced, the next one names the file of the next try.
      doubtful.add(directory.resolve(now.name()));
    }
    if (now != null) {
      named.add(now);
    }
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
    if (changed && now != null) {
      doubtful.remove(directory.resolve(now.name()));
      if (before != null) {
        doubtful.add(directory.resolve(before.name()));
      }
      deletesFile = now;
      writtenDeletes = deletes;
    }
    doubtful.forEach(this::delete);
    doubtful.clear();
  }

  private ManifestFile write(DeleteSet deletes) throws IOException {
    Path path = directory.resolve("deletes-%012d.deletes".formatted(nextNumber++));
    try {
      deletes.write(files, path);
    } catch (IOException | RuntimeException e) {
      delete(path);
      throw e;
    }
    return new ManifestFile(String.valueOf(path.getFileName()), DeleteSet.KIND, 0, new byte[0]);
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
