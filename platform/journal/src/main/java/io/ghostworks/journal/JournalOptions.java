package io.ghostworks.journal;

import io.ghostworks.journal.segment.SegmentFormat;
import java.time.Duration;

/**
 * Sizes and times of one journal.
 *
 * @param segmentBytes size of a segment file, a multiple of 32 KiB
 * @param frameBytesMax the largest payload of a frame; at most a quarter of a segment, so that
 *     rolling wastes little
 * @param bytesMax the byte budget of all files; at least three segments
 * @param queuedFramesMax how many frames may wait for their commit
 * @param durability when a frame counts as acknowledged
 * @param commitSpacing the least time between the starts of two group commits, so that more frames
 *     share one fsync
 * @param rideAlongDelay how long a frame for which nobody waits may wait for company
 * @param setAsideBytesMax how many bytes of frames set aside are kept
 */
public record JournalOptions(
    int segmentBytes,
    int frameBytesMax,
    long bytesMax,
    int queuedFramesMax,
    Durability durability,
    Duration commitSpacing,
    Duration rideAlongDelay,
    long setAsideBytesMax) {
  private static final int MIB = 1 << 20;

  public JournalOptions {
    if (segmentBytes < 4 * SegmentFormat.PAGE_BYTES
        || segmentBytes % SegmentFormat.PAGE_BYTES != 0) {
      throw new IllegalArgumentException(
          "a segment must have at least 4 pages of %d bytes and whole ones, got %d bytes"
              .formatted(SegmentFormat.PAGE_BYTES, segmentBytes));
    }
    if (frameBytesMax < 1 || frameBytesMax > segmentBytes / 4) {
      throw new IllegalArgumentException(
          "the largest frame must have 1 byte to a quarter of a segment (%d bytes), got %d"
              .formatted(segmentBytes / 4, frameBytesMax));
    }
    if (bytesMax < 3L * segmentBytes) {
      throw new IllegalArgumentException(
          "a journal's byte budget must be at least 3 segments (%d bytes), got %d"
              .formatted(3L * segmentBytes, bytesMax));
    }
    if (queuedFramesMax < 1
        || setAsideBytesMax < 0
        || commitSpacing.isNegative()
        || rideAlongDelay.isNegative()) {
      throw new IllegalArgumentException(
          "queue, delays and set-aside bytes of a journal must not be negative, and the queue not empty");
    }
  }

  /**
   * What {@code serve} uses: 32 MiB segments, 8 MiB frames, 1 GiB in all, fsync, commits at least 2
   * ms apart.
   */
  public static JournalOptions defaults() {
    return new JournalOptions(
        32 * MIB,
        8 * MIB,
        1024L * MIB,
        16_384,
        new Durability.Fsync(),
        Duration.ofMillis(2),
        Duration.ofMillis(200),
        64L * MIB);
  }

  public JournalOptions withSegmentBytes(int newSegmentBytes, int newFrameBytesMax) {
    return new JournalOptions(
        newSegmentBytes,
        newFrameBytesMax,
        bytesMax,
        queuedFramesMax,
        durability,
        commitSpacing,
        rideAlongDelay,
        setAsideBytesMax);
  }

  public JournalOptions withBytesMax(long newBytesMax) {
    return new JournalOptions(
        segmentBytes,
        frameBytesMax,
        newBytesMax,
        queuedFramesMax,
        durability,
        commitSpacing,
        rideAlongDelay,
        setAsideBytesMax);
  }

  public JournalOptions withDurability(Durability newDurability) {
    return new JournalOptions(
        segmentBytes,
        frameBytesMax,
        bytesMax,
        queuedFramesMax,
        newDurability,
        commitSpacing,
        rideAlongDelay,
        setAsideBytesMax);
  }
}
