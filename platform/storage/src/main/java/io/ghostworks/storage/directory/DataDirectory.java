package io.ghostworks.storage.directory;

import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.FileLease;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * The directory in which a process keeps all its data, held exclusively from {@link #open} to
 * {@link #close}.
 *
 * <pre>
 * lock     // locked while a process runs; its text is that process's id
 * version  // one decimal number and a line feed: the version of the directory's layout; replaced by rename
 * </pre>
 *
 * A directory of an older layout is a matter of its migration, one of a newer layout is refused.
 */
public final class DataDirectory implements AutoCloseable {
  /** The layout that this release writes and reads. */
  public static final int VERSION = 1;

  private static final String LOCK_NAME = "lock";
  private static final String VERSION_NAME = "version";
  private static final int TEXT_BYTES_MAX = 32;

  private final Path path;
  private final FileLease lease;

  private DataDirectory(Path path, FileLease lease) {
    this.path = path;
    this.lease = lease;
  }

  /**
   * Creates the directory where it is missing, locks it and checks its version.
   *
   * @param processId written into the lock file for the message that a second process gets
   * @throws DataDirectoryException when it cannot be written, is held by another process, or is of
   *     a newer version
   */
  public static DataDirectory open(FileSystem files, Path path, long processId)
      throws DataDirectoryException {
    FileLease lease = lock(files, path);
    try {
      lease.write(text(Long.toString(processId)));
      checkVersion(files, path);
      return new DataDirectory(path, lease);
    } catch (IOException e) {
      closeAfter(lease, e);
      throw e instanceof DataDirectoryException typed ? typed : unwritable(path, e);
    }
  }

  public Path path() {
    return path;
  }

  /** Gives the directory up for the next process. */
  @Override
  public void close() throws IOException {
    lease.close();
  }

  private static FileLease lock(FileSystem files, Path path) throws DataDirectoryException {
    try {
      files.createDirectories(path);
      return files.tryLock(path.resolve(LOCK_NAME)).orElseThrow(() -> held(files, path));
    } catch (DataDirectoryException e) {
      throw e;
    } catch (FileAlreadyExistsException e) {
      throw new DataDirectoryException(
          "the data directory %s must be a directory, but a file has this name: choose another with --data"
              .formatted(path),
          e);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static DataDirectoryException held(FileSystem files, Path path) {
    String holder = "";
    try {
      holder = " (process " + readText(files, path.resolve(LOCK_NAME)) + ")";
    } catch (IOException e) {
      // Who holds it is a courtesy; that it is held is already known.
    }
    return new DataDirectoryException(
        "the data directory %s is in use by another Ghostworks%s: stop that one, or choose another directory with --data"
            .formatted(path, holder));
  }

  private static void checkVersion(FileSystem files, Path path) throws IOException {
    Path versionPath = path.resolve(VERSION_NAME);
    if (!files.exists(versionPath)) {
      Path temporary = path.resolve(VERSION_NAME + ".tmp");
      files.deleteIfExists(temporary);
      files.create(temporary).close();
      writeText(files, temporary, Integer.toString(VERSION));
      files.rename(temporary, versionPath);
      files.syncDirectory(path);
      return;
    }
    String text = readText(files, versionPath);
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) == 0) {
      throw new DataDirectoryException(
          "%s must hold a version number, got '%s': restore the data directory from a backup, or choose another with --data"
              .formatted(versionPath, text));
    }
    if (Integer.parseInt(text) > VERSION) {
      throw new DataDirectoryException(
          "the data directory %s has version %s, and this release reads versions up to %d: start a newer release, or choose another directory with --data"
              .formatted(path, text, VERSION));
    }
  }

  private static DataDirectoryException unwritable(Path path, IOException cause) {
    return new DataDirectoryException(
        "the data directory %s cannot be written (%s): give user %s the right to write there, free space on its disk, or choose another with --data"
            .formatted(path, cause, System.getProperty("user.name")),
        cause);
  }

  private static String readText(FileSystem files, Path path) throws IOException {
    try (FileHandle file = files.openForReading(path)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(TEXT_BYTES_MAX, file.sizeBytes()));
      file.readFully(bytes, 0);
      return StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
    }
  }

  private static void writeText(FileSystem files, Path path, String text) throws IOException {
    try (FileHandle file = files.openForWriting(path)) {
      ByteBuffer content = text(text);
      int size = content.remaining();
      file.write(content, 0);
      file.truncate(size);
      file.force(true);
    }
  }

  private static ByteBuffer text(String line) {
    return ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static void closeAfter(FileLease lease, IOException cause) {
    try {
      lease.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
