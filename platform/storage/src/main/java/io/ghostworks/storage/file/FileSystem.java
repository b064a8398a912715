package io.ghostworks.storage.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The operations on files and directories that stored data needs, with the guarantees that they
 * have on a disk.
 *
 * <ul>
 *   <li>Bytes written are visible to readers at once and survive the death of the process, but
 *       survive a loss of power only after {@link FileHandle#force}. A write changes no byte
 *       outside its range, whatever happens.
 *   <li>A created, renamed or deleted name survives a loss of power only after {@link
 *       #syncDirectory} on its directory. A rename is atomic: the target is the old file or the new
 *       one, never neither.
 *   <li>After a failed force nothing is known about the bytes written since the force before, and a
 *       later successful force says nothing about them.
 * </ul>
 *
 * <p>Implementations are safe for use by many threads. Paths that do not exist give {@link
 * java.nio.file.NoSuchFileException}, existing ones where a new one is wanted {@link
 * java.nio.file.FileAlreadyExistsException}; a full disk gives {@link NoSpaceException}.
 */
public interface FileSystem {
  /** Creates a new empty file, open for reading and writing. */
  FileHandle create(Path path) throws IOException;

  /** Opens an existing file for reading and writing. */
  FileHandle openForWriting(Path path) throws IOException;

  /** Opens an existing file for reading. */
  FileHandle openForReading(Path path) throws IOException;

  /** Whether a file or a directory has this name. */
  boolean exists(Path path);

  /** Size of a file in bytes. */
  long sizeBytes(Path path) throws IOException;

  /** Names of the files and directories in a directory, without their path, sorted. */
  List<String> list(Path directory) throws IOException;

  /**
   * Creates a directory and those above it where they are missing, and makes their names durable.
   */
  void createDirectories(Path directory) throws IOException;

  /** Renames a file within one directory or file system; an existing target file is replaced. */
  void rename(Path from, Path to) throws IOException;

  /**
   * Gives a file a second name on the same file system: both stand for the same bytes, which nobody
   * changes any more, until each is deleted. An existing target is refused.
   */
  void link(Path existing, Path link) throws IOException;

  /** Deletes a file; open handles and mappings of it stay usable. */
  void delete(Path path) throws IOException;

  /** Makes the names in a directory durable. */
  void syncDirectory(Path directory) throws IOException;

  /** Bytes that may still be written on the file system that holds the path. */
  long freeBytes(Path path) throws IOException;

  /** Size of the file system that holds the path. */
  long totalBytes(Path path) throws IOException;

  /**
   * Takes the exclusive lock of a file, which is created when missing; empty when another process,
   * or another part of this one, has it. The lock ends with close or with the process, and when the
   * process opens the file another time and closes that: see {@link FileLease}.
   */
  Optional<FileLease> tryLock(Path path) throws IOException;

  /** Deletes a file if it is there. Returns whether it was. */
  default boolean deleteIfExists(Path path) throws IOException {
    if (!exists(path)) {
      return false;
    }
    delete(path);
    return true;
  }
}
