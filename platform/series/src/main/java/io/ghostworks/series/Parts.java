package io.ghostworks.series;

import io.ghostworks.series.part.PartFacts;
import io.ghostworks.series.part.SeriesPart;
import io.ghostworks.series.part.SeriesPartWriter;
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
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the engine and the manifest that names them. Used by one thread at a time, except
 * for new paths, opening of new parts, and {@link #dispose}.
 *
 * <p>Files have the name of a number that is never used twice; the manifest's own metadata is the
 * next one as a varint.
 */
final class Parts {
  /** The manifest kind of this engine. */
  static final int MANIFEST_KIND = 0x5301;

  private static final Logger log = LoggerFactory.getLogger(Parts.class);

  /** The kind of parts in the manifest. */
  static final int SERIES_PART = 1;

  private static final int CATALOG = 2;
  private static final int TOMBSTONES = 3;

  private final FileSystem files;
  private final Path directory;
  private final ManifestStore manifest;
  private final AtomicLong nextNumber = new AtomicLong();
  private @Nullable ManifestFile catalog;
  private @Nullable ManifestFile tombstonesFile;
  private Tombstones tombstones = Tombstones.NONE;

  private Parts(FileSystem files, Path directory, ManifestStore manifest) {
    this.files = files;
    this.directory = directory;
    this.manifest = manifest;
  }

  /** Reads the manifest of a directory, or founds one. */
  static Parts open(FileSystem files, Path directory) throws IOException {
    ManifestStore manifest = ManifestStore.open(files, directory, MANIFEST_KIND);
    Parts parts = new Parts(files, directory, manifest);
    Manifest current = manifest.current();
    parts.nextNumber.set(
        current.metadata().length == 0 ? 1 : new BytesInput(current.metadata()).getVarint());
    for (ManifestFile file : current.files()) {
      if (file.kind() == CATALOG) {
        parts.catalog = file;
      } else if (file.kind() == TOMBSTONES) {
        parts.tombstonesFile = file;
        parts.tombstones = Tombstones.read(files, directory.resolve(file.name()));
      }
    }
    return parts;
  }

  /** The frame up to which the files contain the journal. */
  long journalSequence() {
    return manifest.current().journalSequence();
  }

  /** Opens all parts that the manifest names. */
  List<LivePart> openAll() throws IOException {
    List<LivePart> parts = new ArrayList<>();
    try {
      for (ManifestFile file : manifest.current().files()) {
        if (file.kind() == SERIES_PART) {
          parts.add(open(file));
        }
      }
      return parts;
    } catch (IOException | RuntimeException e) {
      for (LivePart part : parts) {
        part.part.close();
      }
      throw e;
    }
  }

  /** Reads exemplars and metadata, where there is a file of them. */
  void readCatalog(ExemplarStore exemplars, MetadataStore metadata) throws IOException {
    ManifestFile file = catalog;
    if (file != null) {
      Catalog.read(files, directory.resolve(file.name()), exemplars, metadata);
    }
  }

  /** The deletes that the manifest knows of. */
  Tombstones tombstones() {
    return tombstones;
  }

  /** A path for a new part. */
  Path newPath() {
    return directory.resolve("%010d.series".formatted(nextNumber.getAndIncrement()));
  }

  /** Opens a part that was written and is not in the manifest yet. */
  LivePart openNew(Path path, int level, PartFacts facts) throws IOException {
    return open(
        new ManifestFile(path.getFileName().toString(), SERIES_PART, level, facts.encode()));
  }

  /** Writes exemplars and metadata into a new file, which the next manifest names. */
  @Nullable ManifestFile writeCatalog(ExemplarStore exemplars, MetadataStore metadata)
      throws IOException {
    Path path = directory.resolve("%010d.catalog".formatted(nextNumber.getAndIncrement()));
    Catalog.write(files, path, exemplars, metadata);
    return new ManifestFile(path.getFileName().toString(), CATALOG, 0, new byte[0]);
  }

  /**
   * Replaces the manifest.
   *
   * @param newTombstones the deletes that concern these parts, and later ones
   * @param newCatalog takes the place of the old one; null to keep it
   */
  void replace(
      long journalSequence,
      List<LivePart> parts,
      Tombstones newTombstones,
      @Nullable ManifestFile newCatalog)
      throws IOException {
    ManifestFile old = catalog;
    ManifestFile named = newCatalog == null ? old : newCatalog;
    List<ManifestFile> live = new ArrayList<>();
    parts.forEach(part -> live.add(part.file));
    if (named != null) {
      live.add(named);
    }
    ManifestFile oldTombstones = tombstonesFile;
    ManifestFile namedTombstones =
        newTombstones.equals(tombstones) ? oldTombstones : writeTombstones(newTombstones);
    if (namedTombstones != null) {
      live.add(namedTombstones);
    }
    BytesOutput metadata = new BytesOutput(10, 10);
    metadata.putVarint(nextNumber.get());
    manifest.replace(journalSequence, live, metadata.toByteArray());
    catalog = named;
    tombstonesFile = namedTombstones;
    tombstones = newTombstones;
    if (oldTombstones != null && !oldTombstones.equals(namedTombstones)) {
      delete(directory.resolve(oldTombstones.name()));
    }
    if (newCatalog != null && old != null) {
      delete(directory.resolve(old.name()));
    }
  }

  private ManifestFile writeTombstones(Tombstones newTombstones) throws IOException {
    Path path = directory.resolve("%010d.tombstones".formatted(nextNumber.getAndIncrement()));
    newTombstones.write(files, path);
    return new ManifestFile(path.getFileName().toString(), TOMBSTONES, 0, new byte[0]);
  }

  /** The kind that the file format of a file that is no part has. */
  static int kindOf(ManifestFile file) {
    return file.kind() == CATALOG ? Catalog.KIND : Tombstones.KIND;
  }

  /** Gives all that the manifest names a second name in a directory of its own. */
  SeriesSnapshot snapshot(Path target, long createdMs) throws IOException {
    return SeriesSnapshot.write(files, directory, manifest.current(), target, createdMs);
  }

  /** Closes a part that nobody uses any more, and deletes it if no manifest names it. */
  void dispose(LivePart part) {
    try {
      part.part.close();
    } catch (IOException e) {
      log.warn("a part could not be closed: {}", part.part.path(), e);
    }
    if (part.retired) {
      delete(part.part.path());
    }
  }

  /** Deletes a file that no manifest names; what stays is removed at the next start. */
  void delete(Path path) {
    try {
      files.deleteIfExists(path);
    } catch (IOException e) {
      log.warn("a file that is not needed any more could not be deleted: {}", path, e);
    }
  }

  /** Closes and deletes a part that cannot be finished. */
  void abandon(@Nullable SeriesPartWriter writer, @Nullable Path path, Exception cause) {
    if (writer == null || path == null) {
      return;
    }
    try {
      writer.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    delete(path);
  }

  FileSystem files() {
    return files;
  }

  private LivePart open(ManifestFile file) throws IOException {
    return new LivePart(
        file,
        SeriesPart.open(files, directory.resolve(file.name()), PartFacts.decode(file.metadata())));
  }
}
