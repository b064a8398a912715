package io.ghostworks.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A lock of the operating system, held by the channel on which it was taken. */
record DiskLease(FileChannel channel) implements FileLease {

  @Override
  public void write(ByteBuffer content) throws IOException {
    int size = content.remaining();
    while (content.hasRemaining()) {
      channel.write(content, size - content.remaining());
    }
    channel.truncate(size);
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
