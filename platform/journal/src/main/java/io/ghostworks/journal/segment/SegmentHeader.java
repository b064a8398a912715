package io.ghostworks.journal.segment;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.Crc32c;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileHandle;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The first facts of a segment, see {@link SegmentWriter}.
 *
 * @param segment its number
 * @param seed of all other checksums in it
 * @param firstSequence of its first frame
 * @param createdEpochMs when it was begun
 */
public record SegmentHeader(long segment, long seed, long firstSequence, long createdEpochMs) {
  /** Writes both copies; the caller forces. */
  void write(FileHandle file) throws IOException {
    BytesOutput out = new BytesOutput(SegmentFormat.HEADER_BYTES, SegmentFormat.HEADER_BYTES);
    out.putInt(SegmentFormat.MAGIC);
    out.putShort(SegmentFormat.VERSION);
    out.putShort(0);
    out.putLong(segment);
    out.putLong(seed);
    out.putLong(firstSequence);
    out.putLong(createdEpochMs);
    out.putInt(new Crc32c().of(out.array(), 0, out.position()));
    file.write(ByteBuffer.wrap(out.toByteArray()), 0);
    file.write(ByteBuffer.wrap(out.toByteArray()), SegmentFormat.HEADER_COPY_OFFSET);
  }

  /**
   * Reads the header or, where it is damaged, its copy.
   *
   * @throws DamagedDataException when neither can be used
   */
  public static SegmentHeader read(FileHandle file, long expectedSegment) throws IOException {
    try {
      return read(file, 0, expectedSegment);
    } catch (DamagedDataException | EOFException first) {
      return readCopy(file, expectedSegment, first);
    }
  }

  private static SegmentHeader readCopy(FileHandle file, long expectedSegment, IOException first)
      throws IOException {
    try {
      return read(file, SegmentFormat.HEADER_COPY_OFFSET, expectedSegment);
    } catch (DamagedDataException | EOFException second) {
      throw new DamagedDataException(
          "the header of %s cannot be read at offset 0 (%s) nor at offset %d (%s)"
              .formatted(
                  file.path(),
                  first.getMessage(),
                  SegmentFormat.HEADER_COPY_OFFSET,
                  second.getMessage()),
          first);
    }
  }

  private static SegmentHeader read(FileHandle file, long offset, long expectedSegment)
      throws IOException {
    byte[] bytes = new byte[SegmentFormat.HEADER_BYTES];
    file.readFully(ByteBuffer.wrap(bytes), offset);
    BytesInput in = new BytesInput(bytes);
    int magic = in.getInt();
    int version = in.getShort();
    in.skip(Short.BYTES);
    SegmentHeader header =
        new SegmentHeader(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    int crc = in.getInt();
    if (magic != SegmentFormat.MAGIC
        || crc != new Crc32c().of(bytes, 0, bytes.length - Integer.BYTES)) {
      throw new DamagedDataException("its checksum does not match");
    }
    if (version != SegmentFormat.VERSION) {
      throw new IOException(
          "this release reads journal segments of version %d, and %s has version %d: start a newer release"
              .formatted(SegmentFormat.VERSION, file.path(), version));
    }
    if (header.segment != expectedSegment || header.firstSequence < 1) {
      throw new DamagedDataException(
          "segment %d is expected, got segment %d with first sequence %d"
              .formatted(expectedSegment, header.segment, header.firstSequence));
    }
    return header;
  }
}
