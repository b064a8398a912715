package io.ghostworks.storage.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * An open file with positional reads and writes; it keeps no position of its own. Guarantees:
 * {@link FileSystem}.
 *
 * <p>Reads may run in many threads; writes, {@link #preallocate}, {@link #truncate} and {@link
 * #force} belong to one thread at a time, which must not be interrupted while it is inside. Owned
 * by whoever opened it.
 */
public interface FileHandle extends Closeable {
  /** The path under which the file was opened; the file may have been renamed since. */
  Path path();

  /** Size in bytes. */
  long sizeBytes() throws IOException;

  /**
   * Reads up to the remaining bytes of the target from a position of the file.
   *
   * @return how many were read; 0 at or after the end of the file
   */
  int read(ByteBuffer target, long position) throws IOException;

  /** Writes all remaining bytes of the source at a position; the file grows where needed. */
  void write(ByteBuffer source, long position) throws IOException;

  /**
   * Returns when everything written, and the size, is durable.
   *
   * @param metadata whether times and permissions must be durable too
   */
  void force(boolean metadata) throws IOException;

  /**
   * Grows the file to a size with written zeros, so that later writes inside it need neither space
   * nor a change of the file's metadata. Content that is there stays. Needs a {@link #force} to be
   * durable.
   */
  void preallocate(long newSizeBytes) throws IOException;

  /** Cuts the file to a size; larger sizes change nothing. */
  void truncate(long newSizeBytes) throws IOException;

  /** A read-only view of a range that must lie inside the file, valid until the arena closes. */
  MemorySegment map(long position, long lengthBytes, Arena arena) throws IOException;

  /** Fills the target from a position, or fails with {@link EOFException}. */
  default void readFully(ByteBuffer target, long position) throws IOException {
    long at = position;
    while (target.hasRemaining()) {
      int count = read(target, at);
      if (count <= 0) {
        throw new EOFException(
            "%s must have %d more bytes at offset %d, but ends there"
                .formatted(path(), target.remaining(), at));
      }
      at += count;
    }
  }
}
