package io.ghostworks.journal.segment;

/** The numbers of the segment format, which {@link SegmentWriter} specifies. */
public final class SegmentFormat {
  /** Size of a page: the only places at which reading resumes after damage. */
  public static final int PAGE_BYTES = 32 * 1024;

  /** "GWJS" read as a little-endian integer. */
  static final int MAGIC = 0x534A5747;

  static final int VERSION = 1;
  static final int HEADER_BYTES = 44;
  static final int HEADER_COPY_OFFSET = PAGE_BYTES / 2;
  static final int PAGE_HEADER_BYTES = 28;
  static final int FRAME_HEADER_BYTES = 24;

  private SegmentFormat() {}

  /** The most payload bytes that one frame in an otherwise empty segment can have. */
  public static long payloadBytesMax(long segmentBytes) {
    long pages = segmentBytes / PAGE_BYTES - 1;
    return pages * (PAGE_BYTES - PAGE_HEADER_BYTES) - FRAME_HEADER_BYTES;
  }
}
