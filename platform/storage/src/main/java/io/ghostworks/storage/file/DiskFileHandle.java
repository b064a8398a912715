package io.ghostworks.storage.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Locale;

/** A file of the machine, by {@link FileChannel}. */
final class DiskFileHandle implements FileHandle {
  /** Zeros for preallocation, in pieces large enough that their number does not matter. */
  private static final int ZEROS_BYTES = 256 * 1024;

  private final Path path;
  private final FileChannel channel;

  private DiskFileHandle(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static DiskFileHandle open(Path path, OpenOption... options) throws IOException {
    return new DiskFileHandle(path, FileChannel.open(path, options));
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public long sizeBytes() throws IOException {
    return channel.size();
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return Math.max(0, channel.read(target, position));
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    long at = position;
    try {
      while (source.hasRemaining()) {
        at += channel.write(source, at);
      }
    } catch (IOException e) {
      throw typed(e);
    }
  }

  @Override
  public void force(boolean metadata) throws IOException {
    try {
      channel.force(metadata);
    } catch (IOException e) {
      throw typed(e);
    }
  }

  @Override
  public void preallocate(long newSizeBytes) throws IOException {
    long at = channel.size();
    try (Arena arena = Arena.ofConfined()) {
      ByteBuffer zeros = arena.allocate(ZEROS_BYTES).asByteBuffer();
      while (at < newSizeBytes) {
        zeros.clear().limit((int) Math.min(ZEROS_BYTES, newSizeBytes - at));
        int count = zeros.remaining();
        write(zeros, at);
        at += count;
      }
    }
  }

  @Override
  public void truncate(long newSizeBytes) throws IOException {
    channel.truncate(newSizeBytes);
  }

  @Override
  public MemorySegment map(long position, long lengthBytes, Arena arena) throws IOException {
    if (position < 0 || lengthBytes < 0 || position + lengthBytes > channel.size()) {
      throw new IOException(
          "a mapped range must lie inside %s of %d bytes, got offset %d and length %d"
              .formatted(path, channel.size(), position, lengthBytes));
    }
    return channel.map(MapMode.READ_ONLY, position, lengthBytes, arena);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** The platform tells a full disk only by the text of the system's error. */
  private IOException typed(IOException e) {
    String message = e.getMessage() == null ? "" : e.getMessage().toLowerCase(Locale.ROOT);
    boolean noSpace =
        message.contains("no space left")
            || message.contains("quota exceeded")
            || message.contains("not enough space");
    return noSpace ? new NoSpaceException(path, e) : e;
  }
}
