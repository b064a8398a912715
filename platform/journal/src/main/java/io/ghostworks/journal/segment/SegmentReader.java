package io.ghostworks.journal.segment;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.Crc32c;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileHandle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the frames of one segment in order. A frame is given only when its header, its sequence and
 * its payload verify.
 *
 * <p>Where the next frame does not verify, reading resumes at the first later page whose header
 * verifies and in which a frame starts. Whether the frames between are lost is decided so:
 *
 * <ul>
 *   <li>When the end is known (the next segment's first sequence, or what a running journal has
 *       acknowledged), every frame below it was acknowledged: what cannot be read is damage.
 *   <li>When it is not known (the last segment after a crash), the missing frame was acknowledged
 *       if anything later in the segment says that it was durable. Otherwise this is the torn tail:
 *       it ends the segment, and frames after it, which were never acknowledged either, are not
 *       given.
 * </ul>
 *
 * Not thread-safe. Owns the file it was given.
 */
public final class SegmentReader implements AutoCloseable {
  /** An end that is not known. */
  public static final long UNKNOWN_END = Long.MAX_VALUE;

  /** Heap that one reader holds besides the payload of one frame, for the caller's ledger. */
  public static final int WINDOW_BYTES = PageWindow.PAGES * SegmentFormat.PAGE_BYTES;

  private static final int DAMAGES_MAX = 100;

  private final FileHandle file;
  private final SegmentHeader header;
  private final PageWindow window;
  private final int frameBytesMax;
  private final Crc32c crc = new Crc32c();
  private final BytesInput scratch;
  private final List<DamagedFrames> damages = new ArrayList<>();
  private long page = 1;
  private int offset = SegmentFormat.PAGE_HEADER_BYTES;
  private long expected;
  private long durable;
  private long pageSequence;
  private long pageDurable;
  private byte[] payload = new byte[1024];
  private int payloadBytes;
  private boolean torn;
  private long unprovenPage = 1;
  private long framesDamaged;

  private SegmentReader(FileHandle file, SegmentHeader header, int frameBytesMax)
      throws IOException {
    this.file = file;
    this.header = header;
    this.window = new PageWindow(file);
    this.scratch = new BytesInput(window.bytes());
    this.frameBytesMax = frameBytesMax;
    this.expected = header.firstSequence();
  }

  /**
   * Begins to read a segment.
   *
   * @param frameBytesMax the largest payload to allocate for
   * @throws DamagedDataException when its header cannot be used
   */
  public static SegmentReader open(FileHandle file, long segment, int frameBytesMax)
      throws IOException {
    return new SegmentReader(file, SegmentHeader.read(file, segment), frameBytesMax);
  }

  public SegmentHeader header() {
    return header;
  }

  /**
   * The sequence of the next frame to come; after the last one, that of the first that is not
   * there.
   */
  public long nextSequence() {
    return expected;
  }

  /** The payload of the frame that {@link #next} found; valid until the next call. */
  public byte[] payload() {
    return payload;
  }

  public int payloadBytes() {
    return payloadBytes;
  }

  /** Places at which acknowledged frames were lost so far; at most a hundred are kept. */
  public List<DamagedFrames> damages() {
    return List.copyOf(damages);
  }

  /** Acknowledged frames lost so far. */
  public long framesDamaged() {
    return framesDamaged;
  }

  /** Whether the segment ended in frames that were never acknowledged and do not verify. */
  public boolean isTorn() {
    return torn;
  }

  /**
   * Offset of the page from which on nothing proves that what was read had been made durable: after
   * a failed force and the death of the process it may exist in the operating system's memory
   * alone, which a later force does not mend.
   */
  public long unprovenFrom() {
    return unprovenPage * SegmentFormat.PAGE_BYTES;
  }

  /** Size to which the file can be cut without losing a frame that was given. */
  public long usedBytes() {
    return Math.min(page + 1, window.pages()) * SegmentFormat.PAGE_BYTES;
  }

  /**
   * Moves to the next frame below an end.
   *
   * @param endSequence the first sequence that is not wanted, all below it being acknowledged; or
   *     {@link #UNKNOWN_END}
   * @return the frame's sequence, or -1 at the end
   */
  public long next(long endSequence) throws IOException {
    while (expected < endSequence) {
      if (readFrame()) {
        return expected++;
      }
      long hole = expected;
      long holeOffset = page * SegmentFormat.PAGE_BYTES + offset;
      boolean resumed = endSequence == UNKNOWN_END ? resumeOnEvidence() : resume(endSequence);
      if (!resumed) {
        if (endSequence == UNKNOWN_END) {
          return -1;
        }
        expected = endSequence;
      }
      noteDamage(holeOffset, hole);
    }
    return -1;
  }

  /** Reads afresh what the window holds, because the file is being written. */
  public void refresh() {
    window.forget();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void noteDamage(long holeOffset, long hole) {
    framesDamaged += expected - hole;
    if (damages.size() < DAMAGES_MAX && expected > hole) {
      damages.add(new DamagedFrames(file.path(), holeOffset, hole, expected - 1));
    }
  }

  /** Moves to the next page at which a frame below the end starts. */
  private boolean resume(long endSequence) throws IOException {
    for (long candidate = page + 1; candidate < window.pages(); candidate++) {
      int firstFrame = pageHeader(candidate);
      if (firstFrame != 0 && pageSequence >= expected && pageSequence < endSequence) {
        page = candidate;
        offset = firstFrame;
        expected = pageSequence;
        return true;
      }
    }
    return false;
  }

  /** As {@link #resume}, if something that follows proves that the missing frame was durable. */
  private boolean resumeOnEvidence() throws IOException {
    long hole = expected;
    long holePage = page;
    int holeOffset = offset;
    boolean anythingFollows = false;
    while (resume(UNKNOWN_END)) {
      anythingFollows = true;
      boolean proven = pageDurable >= hole;
      while (!proven && readFrame()) {
        expected++;
        proven = durable >= hole;
      }
      if (proven) {
        goTo(holePage, holeOffset, hole);
        return resume(UNKNOWN_END);
      }
    }
    goTo(holePage, holeOffset, hole);
    torn = anythingFollows || !isBlank();
    return false;
  }

  private void goTo(long newPage, int newOffset, long sequence) {
    page = newPage;
    offset = newOffset;
    expected = sequence;
  }

  /** Whether the place of the next frame's header holds zeros: nothing was ever begun there. */
  private boolean isBlank() throws IOException {
    if (page >= window.pages()
        || offset > SegmentFormat.PAGE_BYTES - SegmentFormat.FRAME_HEADER_BYTES) {
      return true;
    }
    int at = window.load(page) + offset;
    for (int i = 0; i < SegmentFormat.FRAME_HEADER_BYTES; i++) {
      if (window.bytes()[at + i] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the offset of the first frame that starts in a page; 0 when none does or its header
   * does not verify.
   */
  private int pageHeader(long wantedPage) throws IOException {
    int at = window.load(wantedPage);
    int length = SegmentFormat.PAGE_HEADER_BYTES - Integer.BYTES;
    try {
      scratch.reset(window.bytes(), at, SegmentFormat.PAGE_HEADER_BYTES);
      long foundPage = Integer.toUnsignedLong(scratch.getInt());
      int firstFrame = scratch.getShort();
      scratch.skip(Short.BYTES);
      pageSequence = scratch.getLong();
      pageDurable = scratch.getLong();
      boolean verified = scratch.getInt() == crc.of(header.seed(), window.bytes(), at, length);
      return verified && foundPage == wantedPage ? firstFrame : 0;
    } catch (DamagedDataException e) {
      throw new IllegalStateException("a page header lies whole in its page", e);
    }
  }

  /**
   * Reads the frame at the current place; moves behind it and returns true only when all of it
   * verifies.
   */
  private boolean readFrame() throws IOException {
    long atPage = page;
    int atOffset = offset;
    if (atOffset > SegmentFormat.PAGE_BYTES - SegmentFormat.FRAME_HEADER_BYTES) {
      atPage++;
      atOffset = SegmentFormat.PAGE_HEADER_BYTES;
    }
    if (atPage >= window.pages()) {
      return false;
    }
    int at = window.load(atPage) + atOffset;
    int headerBytes = SegmentFormat.FRAME_HEADER_BYTES - Integer.BYTES;
    try {
      scratch.reset(window.bytes(), at, SegmentFormat.FRAME_HEADER_BYTES);
      int length = scratch.getInt();
      long sequence = scratch.getLong();
      long undurable = Integer.toUnsignedLong(scratch.getInt());
      int payloadCrc = scratch.getInt();
      if (scratch.getInt() != crc.of(header.seed(), window.bytes(), at, headerBytes)
          || sequence != expected
          || length < 1
          || length > frameBytesMax) {
        return false;
      }
      if (!readPayload(atPage, atOffset + SegmentFormat.FRAME_HEADER_BYTES, length, payloadCrc)) {
        return false;
      }
      durable = Math.max(durable, sequence - 1 - undurable);
      if (undurable == 0) {
        unprovenPage = atPage;
      }
      return true;
    } catch (DamagedDataException e) {
      throw new IllegalStateException("a frame header lies whole in its page", e);
    }
  }

  private boolean readPayload(long atPage, int atOffset, int length, int payloadCrc)
      throws IOException {
    if (payload.length < length) {
      payload = new byte[Math.min(frameBytesMax, Math.max(length, 2 * payload.length))];
    }
    long fromPage = atPage;
    int fromOffset = atOffset;
    int done = 0;
    while (done < length) {
      if (fromOffset == SegmentFormat.PAGE_BYTES) {
        fromPage++;
        fromOffset = SegmentFormat.PAGE_HEADER_BYTES;
      }
      if (fromPage >= window.pages()) {
        return false;
      }
      int count = Math.min(length - done, SegmentFormat.PAGE_BYTES - fromOffset);
      System.arraycopy(window.bytes(), window.load(fromPage) + fromOffset, payload, done, count);
      done += count;
      fromOffset += count;
    }
    if (crc.of(header.seed(), payload, 0, length) != payloadCrc) {
      return false;
    }
    payloadBytes = length;
    page = fromPage;
    offset = fromOffset;
    return true;
  }
}
