package io.ghostworks.wire.tsdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** One file of a block, mapped; every read is checked against its end. Not thread-safe. */
final class BlockBytes {
  private final Path file;
  private final ByteBuffer bytes;

  private BlockBytes(Path file, ByteBuffer bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Maps a file; the mapping lives until it is collected. */
  static BlockBytes map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new DamagedBlockException(
            "%s has %d bytes, and files of more than 2 GiB are not read"
                .formatted(file, channel.size()));
      }
      return new BlockBytes(file, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    }
  }

  /** Bytes that were read from a file. */
  static BlockBytes of(Path file, byte[] content) {
    return new BlockBytes(file, ByteBuffer.wrap(content));
  }

  int remaining() {
    return bytes.remaining();
  }

  int size() {
    return bytes.limit();
  }

  int position() {
    return bytes.position();
  }

  BlockBytes at(long position) throws DamagedBlockException {
    if (position < 0 || position > bytes.limit()) {
      throw damaged("a position of %d is outside of the file".formatted(position));
    }
    bytes.position((int) position);
    return this;
  }

  int octet() throws DamagedBlockException {
    need(1);
    return bytes.get() & 0xff;
  }

  int int32() throws DamagedBlockException {
    need(4);
    return bytes.getInt();
  }

  long int64() throws DamagedBlockException {
    need(8);
    return bytes.getLong();
  }

  long uvarint() throws DamagedBlockException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7f) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw damaged("a varint has more than 10 bytes");
  }

  long varint() throws DamagedBlockException {
    long raw = uvarint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  byte[] bytes(long length) throws DamagedBlockException {
    need(length);
    byte[] copy = new byte[(int) length];
    bytes.get(copy);
    return copy;
  }

  /** Reads the checksum that stands after a range, and compares it; the position is kept. */
  void check(int start, long length) throws DamagedBlockException {
    int before = bytes.position();
    if (length < 0) {
      throw damaged("the file is too short");
    }
    at(start).need(length + 4);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.slice(start, (int) length));
    at(start + length);
    if (bytes.getInt() != (int) checksum.getValue()) {
      at(start);
      throw damaged("the checksum of %d bytes does not match".formatted(length));
    }
    bytes.position(before);
  }

  private void need(long count) throws DamagedBlockException {
    if (count < 0 || count > bytes.remaining()) {
      throw damaged("%d bytes are needed, %d are left".formatted(count, bytes.remaining()));
    }
  }

  DamagedBlockException damaged(String message) {
    return new DamagedBlockException(
        "%s is damaged at byte %d: %s".formatted(file, bytes.position(), message));
  }
}
