package io.ghostworks.storage.manifest;

import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The manifest of one engine in its directory: the file {@value #FILE_NAME}, written to a temporary
 * file, synced, renamed over the old one, and the directory synced. After a crash the old manifest
 * or the new one exists, never a part of one. Its bytes: {@link ManifestCodec}.
 *
 * <p>Opening removes every file of the directory that the manifest does not name (what a crash left
 * of a flush or merge), refuses when a named file is missing, and refuses a directory that holds
 * files but no manifest rather than take them for garbage.
 *
 * <p>Not thread-safe: the engine replaces the manifest under its own lock. After a failed {@link
 * #replace} the disk may hold the old manifest or the new one, so files of both must stay until a
 * later {@code replace} has succeeded.
 */
public final class ManifestStore {
  /** Name of the manifest in the engine's directory. */
  public static final String FILE_NAME = "MANIFEST";

  private static final String TEMPORARY_NAME = FILE_NAME + ".tmp";

  private final FileSystem files;
  private final Path directory;
  private final ManifestCodec codec;
  private List<String> removedNames = List.of();
  private Manifest current;
  private long generation;

  private ManifestStore(FileSystem files, Path directory, ManifestCodec codec, Manifest current) {
    this.files = files;
    this.directory = directory;
    this.codec = codec;
    this.current = current;
    this.generation = current.generation();
  }

  /**
   * Reads the manifest of a directory, or founds a new one with an empty manifest when the
   * directory is new.
   *
   * @param kind tells the engines' manifests apart, in {@code [0, 65535]}
   */
  public static ManifestStore open(FileSystem files, Path directory, int kind) throws IOException {
    files.createDirectories(directory);
    ManifestCodec codec = new ManifestCodec(kind);
    Path path = directory.resolve(FILE_NAME);
    if (!files.exists(path)) {
      return found(files, directory, codec);
    }
    Manifest manifest = codec.decode(path, readAll(files, path));
    ManifestStore store = new ManifestStore(files, directory, codec, manifest);
    // What was read may be what a failed sync left in the operating system's memory: only writing
    // it again makes sure
    // that the files that it does not name are garbage for good.
    store.replace(manifest.journalSequence(), manifest.files(), manifest.metadata());
    store.removedNames = removeGarbage(files, directory, manifest);
    return store;
  }

  /**
   * Reads the manifest of a directory that nobody uses, and changes nothing.
   *
   * @param kind as for {@link #open}
   */
  public static Manifest read(FileSystem files, Path directory, int kind) throws IOException {
    Path path = directory.resolve(FILE_NAME);
    return new ManifestCodec(kind).decode(path, readAll(files, path));
  }

  /** The manifest on disk as far as it is known. */
  public Manifest current() {
    return current;
  }

  /** Names of the files that opening removed because the manifest did not name them. */
  public List<String> removedNames() {
    return removedNames;
  }

  /**
   * Replaces the manifest. When this returns, the new one is durable and files that only the old
   * one named may be deleted. All files named must be durable before.
   */
  public Manifest replace(long journalSequence, List<ManifestFile> liveFiles, byte[] metadata)
      throws IOException {
    if (journalSequence < current.journalSequence()) {
      throw new IllegalArgumentException(
          "the journal sequence of a manifest must not fall, got %d after %d"
              .formatted(journalSequence, current.journalSequence()));
    }
    // Also a failed attempt uses up its generation: two manifests that may be on disk never share
    // one.
    generation++;
    Manifest next = new Manifest(generation, journalSequence, liveFiles, metadata);
    write(codec.encode(next));
    current = next;
    return next;
  }

  private void write(byte[] bytes) throws IOException {
    Path temporary = directory.resolve(TEMPORARY_NAME);
    files.deleteIfExists(temporary);
    try (FileHandle file = files.create(temporary)) {
      file.write(ByteBuffer.wrap(bytes), 0);
      file.force(true);
    }
    files.rename(temporary, directory.resolve(FILE_NAME));
    files.syncDirectory(directory);
  }

  private static ManifestStore found(FileSystem files, Path directory, ManifestCodec codec)
      throws IOException {
    List<String> names = new ArrayList<>(files.list(directory));
    names.remove(TEMPORARY_NAME);
    if (!names.isEmpty()) {
      throw new DamagedDataException(
          "%s must have a file %s, since it holds %d files (such as %s): restore it from a backup, or move the directory away to begin anew"
              .formatted(directory, FILE_NAME, names.size(), names.getFirst()));
    }
    ManifestStore store =
        new ManifestStore(files, directory, codec, new Manifest(0, 0, List.of(), new byte[0]));
    store.replace(0, List.of(), new byte[0]);
    return store;
  }

  private static List<String> removeGarbage(FileSystem files, Path directory, Manifest manifest)
      throws IOException {
    Set<String> missing = new HashSet<>();
    manifest.files().forEach(file -> missing.add(file.name()));
    List<String> removed = new ArrayList<>();
    for (String name : files.list(directory)) {
      if (!missing.remove(name) && !name.equals(FILE_NAME)) {
        removed.add(name);
      }
    }
    if (!missing.isEmpty()) {
      throw new DamagedDataException(
          "%s must hold every file that its manifest names, but %s is missing: restore the directory from a backup"
              .formatted(directory, missing.stream().sorted().findFirst().orElseThrow()));
    }
    for (String name : removed) {
      files.delete(directory.resolve(name));
    }
    if (!removed.isEmpty()) {
      files.syncDirectory(directory);
    }
    return removed;
  }

  private static byte[] readAll(FileSystem files, Path path) throws IOException {
    try (FileHandle file = files.openForReading(path)) {
      long size = file.sizeBytes();
      if (size < 16 || size > ManifestCodec.SIZE_BYTES_MAX) {
        throw new DamagedDataException(
            "%s must have 16 to %d bytes, got %d: restore the directory from a backup"
                .formatted(path, ManifestCodec.SIZE_BYTES_MAX, size));
      }
      byte[] bytes = new byte[(int) size];
      file.readFully(ByteBuffer.wrap(bytes), 0);
      return bytes;
    }
  }
}
