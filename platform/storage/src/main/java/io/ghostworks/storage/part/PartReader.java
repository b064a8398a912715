package io.ghostworks.storage.part;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Reads a file that {@link PartWriter} wrote. Opening verifies header and footer; the bytes of a
 * section are verified only by {@link #verify} and {@link #read(String, int)}, since engines keep
 * checksums with their own blocks.
 *
 * <p>Safe for use by many threads. Closing ends all mappings that were given out: an engine closes
 * a reader after its last pin.
 */
public final class PartReader implements AutoCloseable {
  private static final int VERIFY_BYTES = 64 * 1024;

  private final FileHandle file;
  private final Arena arena = Arena.ofShared();
  private final int kindVersion;
  private final long sizeBytes;
  private final Map<String, PartSection> sections;

  private PartReader(
      FileHandle file, int kindVersion, long sizeBytes, Map<String, PartSection> sections) {
    this.file = file;
    this.kindVersion = kindVersion;
    this.sizeBytes = sizeBytes;
    this.sections = sections;
  }

  /**
   * Opens a part of a kind.
   *
   * @throws DamagedDataException when it is not a whole part of this kind
   */
  public static PartReader open(FileSystem files, Path path, int kind) throws IOException {
    FileHandle file = files.openForReading(path);
    try {
      return open(file, path, kind);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The version of what the sections hold, as its writer gave it. */
  public int kindVersion() {
    return kindVersion;
  }

  /** Size of the file in bytes. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** All sections in file order. */
  public List<PartSection> sections() {
    return List.copyOf(sections.values());
  }

  public boolean has(String name) {
    return sections.containsKey(name);
  }

  /** A section that the file must have. */
  public PartSection section(String name) throws DamagedDataException {
    PartSection section = sections.get(name);
    if (section == null) {
      throw new DamagedDataException("%s must have a section '%s'".formatted(file.path(), name));
    }
    return section;
  }

  /**
   * A read-only view of a whole section, valid until {@link #close}. Pages are read when touched.
   */
  public MemorySegment map(String name) throws IOException {
    PartSection section = section(name);
    return file.map(section.offset(), section.lengthBytes(), arena);
  }

  /** A whole section in memory, verified; refused when it is larger than the caller expects. */
  public BytesInput read(String name, int lengthBytesMax) throws IOException {
    PartSection section = section(name);
    if (section.lengthBytes() > lengthBytesMax) {
      throw new DamagedDataException(
          "section '%s' of %s must have at most %d bytes, got %d"
              .formatted(name, file.path(), lengthBytesMax, section.lengthBytes()));
    }
    byte[] bytes = new byte[(int) section.lengthBytes()];
    file.readFully(ByteBuffer.wrap(bytes), section.offset());
    requireChecksum(section, PartFormat.crc(bytes, 0, bytes.length));
    return new BytesInput(bytes);
  }

  /** Fills the target from an offset of a section, unverified. */
  public void read(String name, long offset, ByteBuffer target) throws IOException {
    PartSection section = section(name);
    if (offset < 0 || offset + target.remaining() > section.lengthBytes()) {
      throw new DamagedDataException(
          "a range of section '%s' of %s must lie in its %d bytes, got offset %d and length %d"
              .formatted(name, file.path(), section.lengthBytes(), offset, target.remaining()));
    }
    file.readFully(target, section.offset() + offset);
  }

  /** Reads a section to its end and compares its checksum. */
  public void verify(String name) throws IOException {
    PartSection section = section(name);
    CRC32C crc = new CRC32C();
    ByteBuffer buffer =
        ByteBuffer.allocate((int) Math.min(VERIFY_BYTES, Math.max(1, section.lengthBytes())));
    long at = 0;
    while (at < section.lengthBytes()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), section.lengthBytes() - at));
      at += buffer.remaining();
      file.readFully(buffer, section.offset() + at - buffer.remaining());
      crc.update(buffer.flip());
    }
    requireChecksum(section, (int) crc.getValue());
  }

  @Override
  public void close() throws IOException {
    try (arena) {
      file.close();
    }
  }

  private void requireChecksum(PartSection section, int crc) throws DamagedDataException {
    if (crc != section.crc32c()) {
      throw new DamagedDataException(
          "section '%s' of %s at offset %d is damaged: its checksum must be %08x, got %08x"
              .formatted(section.name(), file.path(), section.offset(), section.crc32c(), crc));
    }
  }

  private static PartReader open(FileHandle file, Path path, int kind) throws IOException {
    long size = file.sizeBytes();
    if (size < PartFormat.HEADER_BYTES + PartFormat.TRAILER_BYTES) {
      throw damaged(path, 0, "a part must have at least 32 bytes, got " + size);
    }
    byte[] header = bytes(file, 0, PartFormat.HEADER_BYTES);
    BytesInput trailer =
        new BytesInput(bytes(file, size - PartFormat.TRAILER_BYTES, PartFormat.TRAILER_BYTES));
    int footerBytes = trailer.getInt();
    int footerCrc = trailer.getInt();
    int headerCrc = trailer.getInt();
    if (trailer.getInt() != PartFormat.MAGIC
        || headerCrc != PartFormat.crc(header, 0, header.length)) {
      throw damaged(path, 0, "header or trailer do not belong to a finished part");
    }
    int kindVersion = kindVersion(path, kind, new BytesInput(header));
    long footerOffset = size - PartFormat.TRAILER_BYTES - footerBytes;
    if (footerBytes < 1
        || footerBytes > PartFormat.FOOTER_BYTES_MAX
        || footerOffset < PartFormat.HEADER_BYTES) {
      throw damaged(
          path, size - PartFormat.TRAILER_BYTES, "impossible footer length " + footerBytes);
    }
    byte[] footer = bytes(file, footerOffset, footerBytes);
    if (PartFormat.crc(footer, 0, footerBytes) != footerCrc) {
      throw damaged(path, footerOffset, "the footer's checksum does not match");
    }
    return new PartReader(
        file, kindVersion, size, sections(path, footerOffset, new BytesInput(footer)));
  }

  private static int kindVersion(Path path, int kind, BytesInput header)
      throws DamagedDataException {
    header.skip(Integer.BYTES);
    int version = header.getShort();
    int foundKind = header.getShort();
    if (version != PartFormat.VERSION) {
      throw damaged(path, 4, "this release reads part files of version 1, got " + version);
    }
    if (foundKind != kind) {
      throw damaged(
          path, 6, "a part of kind %d is expected, got kind %d".formatted(kind, foundKind));
    }
    return header.getInt();
  }

  private static Map<String, PartSection> sections(Path path, long footerOffset, BytesInput footer)
      throws DamagedDataException {
    Map<String, PartSection> sections = new LinkedHashMap<>();
    int count = footer.getVarint(PartFormat.SECTIONS_MAX);
    for (int i = 0; i < count; i++) {
      PartSection section = section(path, footerOffset, footer);
      if (section.offset() > footerOffset
          || section.lengthBytes() > footerOffset - section.offset()) {
        throw damaged(
            path, footerOffset, "section '%s' leads outside the file".formatted(section.name()));
      }
      if (sections.put(section.name(), section) != null) {
        throw damaged(path, footerOffset, "section '%s' occurs twice".formatted(section.name()));
      }
    }
    return sections;
  }

  private static PartSection section(Path path, long footerOffset, BytesInput footer)
      throws DamagedDataException {
    try {
      return new PartSection(
          footer.getString(), footer.getVarint(), footer.getVarint(), footer.getInt());
    } catch (IllegalArgumentException e) {
      throw damaged(path, footerOffset, String.valueOf(e.getMessage()));
    }
  }

  private static byte[] bytes(FileHandle file, long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.readFully(ByteBuffer.wrap(bytes), offset);
    return bytes;
  }

  private static DamagedDataException damaged(Path path, long offset, String what) {
    return new DamagedDataException("%s is damaged at offset %d: %s".formatted(path, offset, what));
  }
}
