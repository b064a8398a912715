package io.ghostworks.journal;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.Crc32c;
import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which frame a replay is giving to the engine, so that a frame on which the process dies
 * each time is set aside and a crash loop ends. Integers are little-endian.
 *
 * <pre>
 * file := sequence:u64 deaths:u32 crc32c:u32   // of the replay under way; the checksum covers the 12 bytes before it
 * </pre>
 *
 * The file exists while a replay runs: one that is found tells that the process died in the replay
 * before. It is never synced, since it is about the death of the process and not about power; and
 * it is a help, not a promise: when it cannot be written the replay goes on without.
 */
final class ReplayMarker implements AutoCloseable {
  /**
   * A process may be killed from outside in the same frame more than once; more often in a row it
   * is the frame.
   */
  static final int DEATHS_MAX = 3;

  private static final int SIZE_BYTES = 16;

  private final FileSystem files;
  private final Path path;
  private final JournalListener listener;
  private final BytesOutput out = new BytesOutput(SIZE_BYTES, SIZE_BYTES);
  private final ByteBuffer buffer = ByteBuffer.wrap(out.array());
  private final Crc32c crc = new Crc32c();
  private @Nullable FileHandle file;
  private long deadlySequence = -1;
  private int deaths;

  ReplayMarker(FileSystem files, Path path, JournalListener listener) {
    this.files = files;
    this.path = path;
    this.listener = listener;
  }

  /** Reads what the replay before left, and begins anew. */
  void open() {
    try {
      if (files.exists(path)) {
        read();
        file = files.openForWriting(path);
      } else {
        file = files.create(path);
      }
    } catch (IOException e) {
      giveUp(e);
    }
  }

  /** Whether the process died in this frame as often as is bearable. */
  boolean isDeadly(long sequence) {
    return sequence == deadlySequence && deaths >= DEATHS_MAX;
  }

  /** The frame is about to be given to the engine. */
  void enter(long sequence) {
    FileHandle target = file;
    if (target == null) {
      return;
    }
    out.clear();
    out.putLong(sequence);
    out.putInt(sequence == deadlySequence ? deaths : 0);
    out.putInt(crc.of(out.array(), 0, out.position()));
    try {
      target.write(buffer.clear(), 0);
    } catch (IOException e) {
      giveUp(e);
    }
  }

  /** The replay ended, well or with an error, but the process lives. */
  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
      files.deleteIfExists(path);
    } catch (IOException e) {
      listener.upkeepFailed(e);
    }
  }

  private void read() throws IOException {
    try (FileHandle found = files.openForReading(path)) {
      ByteBuffer bytes = ByteBuffer.allocate(SIZE_BYTES);
      if (found.read(bytes, 0) < SIZE_BYTES) {
        return;
      }
      BytesInput in = new BytesInput(bytes.array());
      long sequence = in.getLong();
      int deathsBefore = in.getInt();
      if (in.getInt() == crc.of(bytes.array(), 0, SIZE_BYTES - Integer.BYTES)) {
        deadlySequence = sequence;
        deaths = deathsBefore + 1;
      }
    }
  }

  private void giveUp(IOException cause) {
    listener.upkeepFailed(cause);
    FileHandle opened = file;
    file = null;
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (IOException e) {
      listener.upkeepFailed(e);
    }
  }
}
