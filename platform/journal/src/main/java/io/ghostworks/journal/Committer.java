package io.ghostworks.journal;

import io.ghostworks.journal.segment.SegmentWriter;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.storage.bytes.BytesLimitException;
import io.ghostworks.storage.bytes.BytesOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames from the queue, writes them, makes them durable in groups and hands them to the
 * applying side. All I/O of appends happens here, on one thread.
 *
 * <pre>
 * NO SEGMENT  nothing is open: after the start, and after a failure
 *   -> OPEN when a frame is to be written: the next segment begins with the last acknowledged sequence + 1
 * OPEN        frames are written to the active segment
 *   -> OPEN with the next segment, when a frame does not fit: what was written is made durable first
 *   -> NO SEGMENT when a write or a force fails: frames that were not acknowledged are abandoned, the segment is closed
 *      for good, and its frames from the next segment's first sequence on do not count
 * </pre>
 *
 * Belongs to the journal's thread; {@link #acknowledgedSequence()} may be read by any.
 */
final class Committer {
  /**
   * After a segment could not be begun, frames are refused for so long before the disk is tried
   * again.
   */
  private static final long BEGIN_RETRY_NANOS = 250_000_000L;

  private final AppendQueue queue;
  private final ApplyQueue applying;
  private final SegmentChain chain;
  private final JournalEnvironment environment;
  private final JournalOptions options;
  private final JournalListener listener;
  private final JournalCounters counters;
  private final Clock clock;
  private final ByteBuffer buffer;
  private final BytesOutput payload;
  private final DefinedIds dictionary = new DefinedIds();
  private final List<PendingFrame> batch = new ArrayList<>();
  private final List<PendingFrame> unsettled = new ArrayList<>();
  private final long spacingNanos;
  private final long rideAlongNanos;

  /** 0: acknowledged after fsync only; else the longest time between the write and its fsync. */
  private final long forceIntervalNanos;

  private @Nullable SegmentWriter active;
  private long activeNumber;
  private long nextSequence = 1;
  private long durableSequence;
  private long unsettledBytes;
  private int unsettledWritten;
  private boolean spareAsked;
  private boolean begunInVain;
  private long beginNotBeforeNanos;
  private long lastCommitNanos;
  private long firstUnforcedNanos;

  /** Whether one of the frames that were written since the last settlement is to be forced. */
  private boolean unsettledDurable;

  private boolean unforced;
  private volatile long acknowledgedSequence;

  /**
   * @param buffer native memory in which writes are collected, lent for the committer's life
   */
  Committer(
      AppendQueue queue,
      ApplyQueue applying,
      SegmentChain chain,
      JournalEnvironment environment,
      JournalOptions options,
      JournalListener listener,
      JournalCounters counters,
      ByteBuffer buffer) {
    this.queue = queue;
    this.applying = applying;
    this.chain = chain;
    this.environment = environment;
    this.options = options;
    this.listener = listener;
    this.counters = counters;
    this.clock = environment.clock();
    this.buffer = buffer;
    this.payload =
        new BytesOutput(Math.min(64 * 1024, options.frameBytesMax()), options.frameBytesMax());
    this.spacingNanos = options.commitSpacing().toNanos();
    this.rideAlongNanos = options.rideAlongDelay().toNanos();
    this.forceIntervalNanos =
        switch (options.durability()) {
          case Durability.Fsync fsync -> 0;
          case Durability.Interval interval -> interval.interval().toNanos();
        };
    this.lastCommitNanos = clock.monotonicNanos() - spacingNanos;
  }

  /** Continues after what a replay has read. */
  void continueAfter(long lastSequence) {
    nextSequence = lastSequence + 1;
    durableSequence = lastSequence;
    acknowledgedSequence = lastSequence;
  }

  long acknowledgedSequence() {
    return acknowledgedSequence;
  }

  /**
   * How long until there is something to do, in nanoseconds: 0 for now, {@link Long#MAX_VALUE} for
   * not before an append.
   */
  long dueInNanos(AppendQueue.Waiting waiting) {
    long now = clock.monotonicNanos();
    long due = Long.MAX_VALUE;
    if (unforced) {
      due = firstUnforcedNanos + forceIntervalNanos - now;
    }
    if (waiting.frames() > 0) {
      boolean pressing = waiting.awaited() || 2 * waiting.frames() >= options.queuedFramesMax();
      long commit =
          pressing
              ? lastCommitNanos + spacingNanos - now
              : waiting.oldestNanos() + rideAlongNanos - now;
      due = Math.min(due, commit);
    }
    return Math.max(0, due);
  }

  /** Commits everything that waits, and makes durable what is due to be. */
  void commit() {
    lastCommitNanos = clock.monotonicNanos();
    batch.clear();
    queue.drainTo(batch);
    for (PendingFrame frame : batch) {
      write(frame);
    }
    settle();
    if (unforced && clock.monotonicNanos() - firstUnforcedNanos >= forceIntervalNanos) {
      forceAcknowledged();
    }
    if (active != null && !spareAsked && active.isHalfUsed()) {
      spareAsked = true;
      environment.background().execute(chain::prepareSpare);
    }
  }

  /** Makes everything durable and closes the segment. */
  void close() throws IOException {
    commit();
    if (unforced) {
      forceAcknowledged();
    }
    if (active != null) {
      chain.endActive();
      active.close();
      active = null;
    }
  }

  private void write(PendingFrame frame) {
    try {
      if (!environment.disk().admits(frame.options.use())) {
        throw chain.lowDisk();
      }
      SegmentWriter segment = active == null ? begin(frame) : active;
      encode(frame);
      if (!segment.fits(payload.position())) {
        segment = roll(frame);
        encode(frame);
      }
      append(segment, frame);
    } catch (JournalFullException e) {
      counters.framesRefused.increment();
      listener.flushWanted(chain.oldestLastSequence());
      abandon(frame, e);
    } catch (BytesLimitException e) {
      dictionary.forgetFrame();
      abandon(frame, new FrameTooLargeException(options.frameBytesMax()));
    } catch (IOException e) {
      failSegment(e);
      counters.framesFailed.increment();
      abandon(frame, unavailable(e));
    } catch (RuntimeException e) {
      // The engine's own bug while writing this frame; what it defined was not written either.
      dictionary.forgetFrame();
      abandon(frame, e);
    }
  }

  private void encode(PendingFrame frame) {
    payload.clear();
    dictionary.beginFrame();
    frame.writer.write(dictionary, payload);
    if (payload.position() == 0) {
      throw new IllegalStateException("a frame must have at least 1 byte, its writer put none");
    }
  }

  private void append(SegmentWriter segment, PendingFrame frame) throws IOException {
    segment.append(nextSequence, durableSequence, payload.array(), payload.position());
    frame.sequence = nextSequence++;
    frame.segment = activeNumber;
    unsettled.add(frame);
    unsettledDurable |= frame.options.durable();
    unsettledWritten++;
    unsettledBytes += payload.position();
  }

  private SegmentWriter begin(PendingFrame frame) throws IOException {
    long now = clock.monotonicNanos();
    if (begunInVain && now - beginNotBeforeNanos < 0) {
      throw new IOException("no new segment could be begun a moment ago");
    }
    begunInVain = true;
    beginNotBeforeNanos = now + BEGIN_RETRY_NANOS;
    SegmentChain.Begun begun;
    try {
      begun = chain.begin(nextSequence, frame.options.use());
    } catch (JournalFullException e) {
      begunInVain = false;
      throw e;
    }
    begunInVain = false;
    active = new SegmentWriter(begun.file(), begun.header(), begun.segment().sizeBytes, buffer);
    activeNumber = begun.segment().number;
    dictionary.clear();
    spareAsked = false;
    if (2 * chain.bytes() > options.bytesMax()) {
      listener.flushWanted(chain.oldestLastSequence());
    }
    return active;
  }

  /** Ends the active segment in good order, all of it durable, and begins the next. */
  private SegmentWriter roll(PendingFrame frame) throws IOException {
    settle();
    if (unforced) {
      forceAcknowledged();
    }
    SegmentWriter ended = active;
    active = null;
    chain.endActive();
    if (ended != null) {
      ended.close();
    }
    return begin(frame);
  }

  /**
   * Makes the frames written since the last settlement as durable as promised, and passes all on.
   */
  private void settle() {
    if (unsettledWritten > 0 && active != null) {
      try {
        secure(active);
      } catch (IOException e) {
        failSegment(e);
      }
    }
    passOn();
  }

  private void secure(SegmentWriter segment) throws IOException {
    segment.flush();
    long forceNanos = 0;
    if (forceIntervalNanos == 0 || unsettledDurable) {
      forceNanos = force(segment);
      durableSequence = nextSequence - 1;
      unforced = false;
    } else if (!unforced) {
      unforced = true;
      firstUnforcedNanos = clock.monotonicNanos();
    }
    acknowledgedSequence = nextSequence - 1;
    counters.commits.increment();
    counters.framesAcknowledged.add(unsettledWritten);
    counters.bytesAcknowledged.add(unsettledBytes);
    listener.committed(unsettledWritten, unsettledBytes, forceNanos);
  }

  private void passOn() {
    applying.add(unsettled);
    unsettled.clear();
    unsettledDurable = false;
    unsettledWritten = 0;
    unsettledBytes = 0;
  }

  private long force(SegmentWriter segment) throws IOException {
    long start = clock.monotonicNanos();
    segment.force();
    long nanos = clock.monotonicNanos() - start;
    counters.forces.increment();
    counters.forceNanosTotal.add(nanos);
    counters.forceNanosMax.accumulate(nanos);
    return nanos;
  }

  /** With an fsync interval: makes durable what was acknowledged before. */
  private void forceAcknowledged() {
    SegmentWriter segment = active;
    unforced = false;
    if (segment == null) {
      return;
    }
    try {
      force(segment);
      durableSequence = acknowledgedSequence;
    } catch (IOException e) {
      failSegment(e);
    }
  }

  private void failSegment(IOException cause) {
    SegmentWriter failed = active;
    active = null;
    unforced = false;
    nextSequence = acknowledgedSequence + 1;
    if (failed != null) {
      chain.endActive();
      counters.segmentsFailed.increment();
      closeAfter(failed, cause);
      listener.segmentFailed(activeNumber, cause);
    }
    counters.framesFailed.add(unsettledWritten);
    for (PendingFrame frame : unsettled) {
      if (frame.failure == null) {
        frame.failure = unavailable(cause);
      }
    }
    passOn();
  }

  /**
   * Among the frames written before it: the order of the appends holds for abandoned frames too.
   */
  private void abandon(PendingFrame frame, Throwable cause) {
    frame.failure = cause;
    unsettled.add(frame);
  }

  private static JournalUnavailableException unavailable(IOException cause) {
    return new JournalUnavailableException(
        "the journal could not make the frame durable: " + cause.getMessage(), cause);
  }

  private static void closeAfter(SegmentWriter segment, IOException cause) {
    try {
      segment.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
