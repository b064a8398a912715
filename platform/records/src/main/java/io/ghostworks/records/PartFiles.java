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
import java.util.List;
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

  /** Opens all parts of one kind that the manifest names. */
  <B> List<LivePart<B>> open(SignalStore<B> store) throws IOException {
    List<LivePart<B>> parts = new ArrayList<>();
    try {
      for (ManifestFile file : manifest.current().files()) {
        if (file.kind() == store.partKind()) {
          PartFacts facts = PartFacts.read(file.metadata());
          RecordPart<B> part =
              RecordPart.open(
                  files, directory.resolve(file.name()), store.partKind(), store.schema());
          parts.add(new LivePart<>(part, facts.retention(), facts.day()));
        }
      }
      return parts;
    } catch (IOException | RuntimeException e) {
      parts.forEach(live -> live.part().retire(false));
      throw e;
    }
  }

  /** A path for a new part. */
  Path newPath(SignalStore<?> store) {
    return directory.resolve("%s-%012d.part".formatted(store.signal(), nextNumber++));
  }

  /**
   * Names these parts, and no others, durably.
   *
   * @throws IOException if it cannot be told which manifest is on disk now: the files of this one
   *     and of the one before must stay
   */
  void replace(long journalSequence, PartSet parts) throws IOException {
    List<ManifestFile> named = new ArrayList<>();
    parts.logs().forEach(live -> named.add(file(live, LiveRecords.LOGS_PART)));
    parts.spans().forEach(live -> named.add(file(live, LiveRecords.SPANS_PART)));
    BytesOutput metadata = new BytesOutput(10, 10);
    metadata.putVarint(nextNumber);
    manifest.replace(Math.max(journalSequence, journalSequence()), named, metadata.toByteArray());
    doubtful.forEach(this::delete);
    doubtful.clear();
  }

  /** A file that a manifest may name whose writing failed: it goes when the next one is written. */
  void deleteAfterNextManifest(Path path) {
    doubtful.add(path);
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
        live.part().name(), kind, 0, new PartFacts(live.retention(), live.day()).bytes());
  }
}
