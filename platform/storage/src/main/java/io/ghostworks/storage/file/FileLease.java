package io.ghostworks.storage.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An exclusive lock on a file, held until closed.
 *
 * <p>On POSIX a process gives up its locks on a file as soon as it closes any handle of it. Whoever
 * holds the lease must therefore not open the file another time; what is to stand in it is written
 * through the lease.
 */
public interface FileLease extends Closeable {

  /** Replaces the file's content, durably. */
  void write(ByteBuffer content) throws IOException;
}
