package io.ghostworks.journal;

import io.ghostworks.journal.segment.SegmentReader;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Applies committed frames in order and answers those who wait. A frame on which the applier fails
 * is applied once more, then set aside.
 *
 * <p>Belongs to one thread at a time; {@link #appliedSequence()} may be read by any.
 */
final class Application {
  private final ApplyQueue queue;
  private final SegmentChain chain;
  private final FileSystem files;
  private final SetAsideFrames setAside;
  private final JournalListener listener;
  private final JournalCounters counters;
  private final int frameBytesMax;
  private volatile long appliedSequence;

  Application(
      ApplyQueue queue,
      SegmentChain chain,
      FileSystem files,
      SetAsideFrames setAside,
      JournalListener listener,
      JournalCounters counters,
      int frameBytesMax) {
    this.queue = queue;
    this.chain = chain;
    this.files = files;
    this.setAside = setAside;
    this.listener = listener;
    this.counters = counters;
    this.frameBytesMax = frameBytesMax;
  }

  long appliedSequence() {
    return appliedSequence;
  }

  void continueAfter(long lastSequence) {
    appliedSequence = lastSequence;
  }

  /** Applies everything that is committed now. */
  void applyAll() {
    for (PendingFrame frame = queue.poll(); frame != null; frame = queue.poll()) {
      apply(frame);
    }
  }

  /** Applies until the queue is closed and empty. */
  void applyUntilClosed() {
    for (PendingFrame frame = queue.take(); frame != null; frame = queue.take()) {
      apply(frame);
    }
  }

  private void apply(PendingFrame frame) {
    Throwable failure = frame.failure;
    if (failure == null) {
      failure = applyTwice(frame);
      appliedSequence = frame.sequence;
    }
    if (failure == null) {
      frame.acknowledged.complete(frame.sequence);
    } else {
      frame.abandon(failure);
    }
  }

  private @Nullable Throwable applyTwice(PendingFrame frame) {
    try {
      frame.applier.apply(frame.sequence);
      return null;
    } catch (RuntimeException | StackOverflowError first) {
      return applyAgain(frame, first);
    }
  }

  private @Nullable Throwable applyAgain(PendingFrame frame, Throwable first) {
    try {
      frame.applier.apply(frame.sequence);
      return null;
    } catch (RuntimeException | StackOverflowError second) {
      second.addSuppressed(first);
      counters.framesSetAside.increment();
      setAside.note(frame.sequence);
      listener.setAside(frame.sequence, second);
      keep(frame, second);
      return new FrameSetAsideException(frame.sequence, second);
    }
  }

  private void keep(PendingFrame frame, Throwable cause) {
    SegmentFile segment = chain.pin(frame.sequence);
    if (segment == null) {
      return;
    }
    try (SegmentReader reader =
        SegmentReader.open(files.openForReading(segment.path), segment.number, frameBytesMax)) {
      long sequence = 0;
      while (sequence >= 0 && sequence < frame.sequence) {
        sequence = reader.next(frame.sequence + 1);
      }
      if (sequence == frame.sequence) {
        setAside.keep(frame.segment, sequence, reader.payload(), reader.payloadBytes(), cause);
      }
    } catch (IOException e) {
      listener.upkeepFailed(e);
    } finally {
      chain.unpin(segment);
    }
  }
}
