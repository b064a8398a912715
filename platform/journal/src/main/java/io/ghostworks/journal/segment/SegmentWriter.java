package io.ghostworks.journal.segment;

import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.Crc32c;
import io.ghostworks.storage.file.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Appends frames to one segment file. Integers are little-endian; a page is 32 KiB.
 *
 * <pre>
 * segment    := headerPage page*
 * headerPage := header, zeros, at offset 16384 a second copy of the header, zeros
 * header     := magic:u32 "GWJS" version:u16 (1) zero:u16 segment:u64 seed:u64 firstSequence:u64 createdEpochMs:i64
 *               crc32c:u32                       // without the seed; covers the 40 bytes before it
 * page       := page:u32 firstFrame:u16 zero:u16 sequence:u64 durable:u64 crc32c:u32, then 32740 bytes of the stream
 * stream     := frame*                           // runs on from page to page over the page headers
 * frame      := length:u32 sequence:u64 undurable:u32 payloadCrc32c:u32 headerCrc32c:u32 payload[length]
 * </pre>
 *
 * <ul>
 *   <li>A frame's header never crosses a page: when fewer than 24 bytes are left they are zeros and
 *       the frame begins in the next page. Its payload may cross any number of pages. {@code
 *       length} is at least 1.
 *   <li>{@code page} counts from 0, the header page; {@code firstFrame} is the offset in the page
 *       at which the first frame starts that starts in it, 0 when none does; {@code sequence} is
 *       that frame's, or that of the next to come.
 *   <li>{@code durable}, and in a frame {@code sequence - 1 - undurable}, is the highest sequence
 *       that was known to be durable when this was written.
 *   <li>All checksums but the header's are seeded with {@code seed} (see {@link Crc32c}), so that
 *       bytes left in a recycled file never verify. A page's covers the 24 bytes before it, a
 *       frame's header the 20 bytes before it, the payload's the payload.
 *   <li>Sequences rise by one from {@code firstSequence}. The file is as large as it will be from
 *       the beginning; what follows the last frame is anything that does not verify.
 * </ul>
 *
 * The header is durable before the file gets a segment's name. Frames are written in order, in
 * pieces, and are durable after {@link #force}; the writer writes nothing over what was forced (a
 * restart writes the last pages again, byte for byte). After a failure nothing more is written to
 * the file. After a loss of power, frames that were not forced may be whole, torn or missing, each
 * by itself. How a reader decides what is a torn tail and what is damage: {@link SegmentReader}.
 *
 * <p>Belongs to the journal's thread.
 */
public final class SegmentWriter implements AutoCloseable {
  private static final byte[] ZEROS = new byte[SegmentFormat.FRAME_HEADER_BYTES];

  private final FileHandle file;
  private final SegmentHeader header;
  private final ByteBuffer buffer;
  private final Crc32c crc = new Crc32c();
  private final BytesOutput scratch =
      new BytesOutput(SegmentFormat.PAGE_HEADER_BYTES, SegmentFormat.PAGE_HEADER_BYTES);
  private final long sizeBytes;
  private long flushedTo = SegmentFormat.PAGE_BYTES;

  /**
   * @param file with a durable header, preallocated to its size
   * @param buffer lent for as long as this writer lives; collects what is written between two
   *     flushes
   */
  public SegmentWriter(FileHandle file, SegmentHeader header, long sizeBytes, ByteBuffer buffer) {
    this.file = file;
    this.header = header;
    this.sizeBytes = sizeBytes;
    this.buffer = buffer.clear();
  }

  /** Writes and forces the header of a preallocated file that is about to become a segment. */
  public static void found(FileHandle file, SegmentHeader header) throws IOException {
    header.write(file);
    file.force(true);
  }

  public SegmentHeader header() {
    return header;
  }

  /** Whether a frame with this much payload still finds room. */
  public boolean fits(int payloadBytes) {
    long at = position();
    int left = pageRemaining(at);
    long usable =
        left == SegmentFormat.PAGE_BYTES ? 0 : (left < SegmentFormat.FRAME_HEADER_BYTES ? 0 : left);
    long nextPage = (at + SegmentFormat.PAGE_BYTES - 1) / SegmentFormat.PAGE_BYTES;
    long pagesLeft = sizeBytes / SegmentFormat.PAGE_BYTES - nextPage;
    long room = usable + pagesLeft * (SegmentFormat.PAGE_BYTES - SegmentFormat.PAGE_HEADER_BYTES);
    return SegmentFormat.FRAME_HEADER_BYTES + (long) payloadBytes <= room;
  }

  /** Whether more than half of the file is used. */
  public boolean isHalfUsed() {
    return position() > sizeBytes / 2;
  }

  /** Bytes of the file that are used, counting what is not flushed. */
  public long position() {
    return flushedTo + buffer.position();
  }

  /**
   * Appends a frame that {@link #fits}.
   *
   * @param durableSequence the highest sequence that is known to be durable now
   */
  public void append(long sequence, long durableSequence, byte[] payload, int length)
      throws IOException {
    if (pageRemaining(position()) < SegmentFormat.FRAME_HEADER_BYTES) {
      put(ZEROS, 0, pageRemaining(position()));
    }
    if (pageRemaining(position()) == SegmentFormat.PAGE_BYTES) {
      startPage(0, sequence, durableSequence);
    }
    putFrameHeader(sequence, durableSequence, payload, length);
    int at = 0;
    while (at < length) {
      if (pageRemaining(position()) == SegmentFormat.PAGE_BYTES) {
        startPage(length - at, sequence + 1, durableSequence);
      }
      int count = Math.min(length - at, pageRemaining(position()));
      put(payload, at, count);
      at += count;
    }
  }

  /** Hands everything appended to the file system. */
  public void flush() throws IOException {
    if (buffer.position() > 0) {
      buffer.flip();
      int count = buffer.remaining();
      file.write(buffer, flushedTo);
      flushedTo += count;
      buffer.clear();
    }
  }

  /** Makes durable what was flushed. */
  public void force() throws IOException {
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void putFrameHeader(long sequence, long durableSequence, byte[] payload, int length)
      throws IOException {
    scratch.clear();
    scratch.putInt(length);
    scratch.putLong(sequence);
    scratch.putInt((int) Math.min(0xFFFF_FFFFL, sequence - 1 - durableSequence));
    scratch.putInt(crc.of(header.seed(), payload, 0, length));
    scratch.putInt(crc.of(header.seed(), scratch.array(), 0, scratch.position()));
    put(scratch.array(), 0, SegmentFormat.FRAME_HEADER_BYTES);
  }

  private void startPage(int continuedBytes, long sequence, long durableSequence)
      throws IOException {
    int end = SegmentFormat.PAGE_HEADER_BYTES + continuedBytes;
    boolean starts = end <= SegmentFormat.PAGE_BYTES - SegmentFormat.FRAME_HEADER_BYTES;
    scratch.clear();
    scratch.putInt((int) (position() / SegmentFormat.PAGE_BYTES));
    scratch.putShort(starts ? end : 0);
    scratch.putShort(0);
    scratch.putLong(sequence);
    scratch.putLong(durableSequence);
    scratch.putInt(crc.of(header.seed(), scratch.array(), 0, scratch.position()));
    put(scratch.array(), 0, SegmentFormat.PAGE_HEADER_BYTES);
  }

  private void put(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int count = Math.min(left, buffer.remaining());
      buffer.put(bytes, at, count);
      at += count;
      left -= count;
    }
  }

  private static int pageRemaining(long position) {
    return SegmentFormat.PAGE_BYTES - (int) (position % SegmentFormat.PAGE_BYTES);
  }
}
