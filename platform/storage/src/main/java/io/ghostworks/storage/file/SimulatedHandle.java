package io.ghostworks.storage.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

/**
 * An open file of the {@link SimulatedFileSystem}; all that it does is counted and failed there.
 */
final class SimulatedHandle implements FileHandle {
  private final SimulatedFileSystem files;
  private final Path path;
  private final SimulatedFile file;
  private final boolean writable;
  private final int powerCycle;
  private boolean closed;

  SimulatedHandle(
      SimulatedFileSystem files, Path path, SimulatedFile file, boolean writable, int powerCycle) {
    this.files = files;
    this.path = path;
    this.file = file;
    this.writable = writable;
    this.powerCycle = powerCycle;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public long sizeBytes() throws IOException {
    synchronized (files) {
      check(false);
      return file.size();
    }
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    synchronized (files) {
      check(false);
      files.call("read", path);
      int length = (int) Math.min(target.remaining(), Math.max(0, file.size() - position));
      if (length > 0) {
        byte[] bytes = new byte[length];
        file.read(bytes, 0, (int) position, length);
        target.put(bytes);
      }
      return length;
    }
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    synchronized (files) {
      check(true);
      byte[] bytes = new byte[source.remaining()];
      source.duplicate().get(bytes);
      files.callWrite(path, file, Math.toIntExact(position), bytes);
      source.position(source.limit());
    }
  }

  @Override
  public void force(boolean metadata) throws IOException {
    synchronized (files) {
      check(true);
      files.callForce(path, file);
    }
  }

  @Override
  public void preallocate(long newSizeBytes) throws IOException {
    synchronized (files) {
      check(true);
      int growth = Math.toIntExact(Math.max(0, newSizeBytes - file.size()));
      files.callWrite(path, file, file.size(), new byte[growth]);
    }
  }

  @Override
  public void truncate(long newSizeBytes) throws IOException {
    synchronized (files) {
      check(true);
      files.call("truncate", path);
      file.truncate(Math.toIntExact(newSizeBytes));
    }
  }

  @Override
  public MemorySegment map(long position, long lengthBytes, Arena arena) throws IOException {
    synchronized (files) {
      check(false);
      files.call("map", path);
      if (position < 0 || lengthBytes < 0 || position + lengthBytes > file.size()) {
        throw new IOException(
            "a mapped range must lie inside %s of %d bytes, got offset %d and length %d"
                .formatted(path, file.size(), position, lengthBytes));
      }
      byte[] bytes = new byte[Math.toIntExact(lengthBytes)];
      file.read(bytes, 0, (int) position, bytes.length);
      MemorySegment segment =
          arena.allocate(Math.max(1, bytes.length), Long.BYTES).asSlice(0, bytes.length);
      segment.copyFrom(MemorySegment.ofArray(bytes));
      return segment.asReadOnly();
    }
  }

  @Override
  public void close() {
    synchronized (files) {
      closed = true;
    }
  }

  private void check(boolean writes) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (writes && !writable) {
      throw new IOException("%s is open for reading only".formatted(path));
    }
    files.checkPower(powerCycle);
  }
}
