package io.ghostworks.storage.part;

import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.Crc32c;
import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one immutable part file, section after section. Integers are little-endian.
 *
 * <pre>
 * file    := header section* footer trailer
 * header  := magic:u32 "GWPA" version:u16 (1) kind:u16 kindVersion:u32 zero:u32
 * section := bytes, then zeros up to the next multiple of 8
 * footer  := count:varint entry[count]
 * entry   := nameLength:varint name:ascii offset:varint length:varint crc32c:u32   // in file order, names unique
 * trailer := footerLength:u32 footerCrc32c:u32 headerCrc32c:u32 magic:u32          // the last 16 bytes of the file
 * </pre>
 *
 * Each section's checksum covers its bytes without the padding. {@code kind} tells whose part it is
 * and {@code kindVersion} how its sections are to be read; both belong to the engine. {@link
 * #finish} makes the file durable, and its name too; a crash before that leaves a file that no
 * manifest names, which is garbage. A reader accepts a file only when trailer, footer and header
 * verify and every section lies between header and footer.
 *
 * <p>Not thread-safe. Without {@link #finish}, {@link #close} leaves the unfinished file for the
 * manifest's clean-up.
 */
public final class PartWriter implements AutoCloseable {
  /** Native memory that one writer holds until it is closed, for the caller's ledger. */
  public static final int BUFFER_BYTES = 256 * 1024;

  private final FileSystem files;
  private final Path path;
  private final FileHandle file;
  private final Arena arena = Arena.ofShared();
  private final ByteBuffer buffer = arena.allocate(BUFFER_BYTES).asByteBuffer();
  private final Crc32c crc = new Crc32c();
  private final List<PartSection> sections = new ArrayList<>();
  private final int headerCrc;
  private long flushedBytes;
  private @Nullable String sectionName;
  private long sectionOffset;
  private boolean finished;

  private PartWriter(FileSystem files, Path path, FileHandle file, byte[] header) {
    this.files = files;
    this.path = path;
    this.file = file;
    this.headerCrc = PartFormat.crc(header, 0, header.length);
    buffer.put(header);
  }

  /**
   * Creates the file, which must not exist.
   *
   * @param kind whose part it is, in {@code [0, 65535]}; a reader of another kind refuses it
   * @param kindVersion version of what the sections hold
   */
  public static PartWriter create(FileSystem files, Path path, int kind, int kindVersion)
      throws IOException {
    BytesOutput header = new BytesOutput(PartFormat.HEADER_BYTES, PartFormat.HEADER_BYTES);
    header.putInt(PartFormat.MAGIC);
    header.putShort(PartFormat.VERSION);
    header.putShort(kind);
    header.putInt(kindVersion);
    header.putInt(0);
    return new PartWriter(files, path, files.create(path), header.toByteArray());
  }

  /** Bytes of the file so far. */
  public long position() {
    return flushedBytes + buffer.position();
  }

  /** Begins a section; bytes follow by {@link #write}, then {@link #endSection}. */
  public void beginSection(String name) throws IOException {
    if (sectionName != null || finished) {
      throw new IllegalStateException(
          "a section must begin after the end of the one before, and before finish");
    }
    if (sections.size() == PartFormat.SECTIONS_MAX) {
      throw new IllegalArgumentException(
          "a part must have at most %d sections".formatted(PartFormat.SECTIONS_MAX));
    }
    if (sections.stream().anyMatch(section -> section.name().equals(name))) {
      throw new IllegalArgumentException(
          "a section's name must be unique in its file, got '%s' twice".formatted(name));
    }
    pad();
    sectionName = name;
    sectionOffset = position();
    crc.begin();
  }

  /** Appends a range to the section. */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireSection();
    crc.update(bytes, offset, length);
    int at = offset;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, room());
      buffer.put(bytes, at, count);
      at += count;
      left -= count;
    }
  }

  /** Appends what was put into an output. */
  public void write(BytesOutput bytes) throws IOException {
    write(bytes.array(), 0, bytes.position());
  }

  /** Appends the remaining bytes of a buffer and moves its position to its limit. */
  public void write(ByteBuffer bytes) throws IOException {
    requireSection();
    crc.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      int count = Math.min(bytes.remaining(), room());
      buffer.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
    }
  }

  /** Bytes of the section so far: the offset in it of the next byte. */
  public long sectionPosition() {
    requireSection();
    return position() - sectionOffset;
  }

  /** Ends the section. */
  public PartSection endSection() {
    PartSection section =
        new PartSection(requireSection(), sectionOffset, position() - sectionOffset, crc.value());
    sections.add(section);
    sectionName = null;
    return section;
  }

  /** A whole section at once. */
  public PartSection section(String name, BytesOutput bytes) throws IOException {
    beginSection(name);
    write(bytes);
    return endSection();
  }

  /**
   * Writes footer and trailer and makes the file and its name durable.
   *
   * @return the size of the file in bytes
   */
  public long finish() throws IOException {
    if (sectionName != null || finished) {
      throw new IllegalStateException(
          "a part must be finished once, after the end of its last section");
    }
    finished = true;
    pad();
    BytesOutput footer = new BytesOutput(1024, PartFormat.FOOTER_BYTES_MAX);
    footer.putVarint(sections.size());
    for (PartSection section : sections) {
      footer.putString(section.name());
      footer.putVarint(section.offset());
      footer.putVarint(section.lengthBytes());
      footer.putInt(section.crc32c());
    }
    int footerBytes = footer.position();
    int footerCrc = PartFormat.crc(footer.array(), 0, footerBytes);
    BytesOutput trailer = new BytesOutput(PartFormat.TRAILER_BYTES, PartFormat.TRAILER_BYTES);
    trailer.putInt(footerBytes);
    trailer.putInt(footerCrc);
    trailer.putInt(headerCrc);
    trailer.putInt(PartFormat.MAGIC);
    put(footer);
    put(trailer);
    flush();
    file.force(true);
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null) {
      files.syncDirectory(directory);
    }
    return flushedBytes;
  }

  @Override
  public void close() throws IOException {
    try (arena) {
      file.close();
    }
  }

  private String requireSection() {
    if (sectionName == null) {
      throw new IllegalStateException(
          "bytes of a part must be written between beginSection and endSection");
    }
    return sectionName;
  }

  private void put(BytesOutput bytes) throws IOException {
    int at = 0;
    while (at < bytes.position()) {
      int count = Math.min(bytes.position() - at, room());
      buffer.put(bytes.array(), at, count);
      at += count;
    }
  }

  private void pad() throws IOException {
    while (position() % PartFormat.ALIGNMENT != 0) {
      room();
      buffer.put((byte) 0);
    }
  }

  private int room() throws IOException {
    if (!buffer.hasRemaining()) {
      flush();
    }
    return buffer.remaining();
  }

  private void flush() throws IOException {
    buffer.flip();
    int count = buffer.remaining();
    file.write(buffer, flushedBytes);
    flushedBytes += count;
    buffer.clear();
  }
}
