package io.ghostworks.journal;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * The durable log of one engine. Each frame gets the next number of a sequence without gaps; frames
 * are written in the order of their appends, made durable in groups, and applied in the same order.
 *
 * <p>Life: {@link #replay} once, then {@link #append} and {@link #release} from any thread, then
 * {@link #close}. An engine admits rows before it appends them and holds its admission order until
 * {@code append} has returned, which never blocks.
 */
public interface Journal extends AutoCloseable {
  /**
   * Gives every intact frame above a sequence to the handler, in order, on the calling thread;
   * needs to be called once before the first append. Memory is bounded by the largest frame; the
   * handler may flush and {@link #release} from within, so that a replay that is cut off begins
   * later the next time.
   *
   * @param afterSequence the position that the engine's manifest contains; 0 for none
   * @throws IOException when files cannot be read, or the handler threw one that is not about the
   *     frame's content
   */
  ReplaySummary replay(long afterSequence, FrameHandler handler) throws IOException;

  /**
   * Appends one frame. The future completes on the journal's apply thread with the frame's
   * sequence, after the frame is as durable as {@link JournalOptions#durability()} promises and
   * after its applier ran. It fails with
   *
   * <ul>
   *   <li>{@link JournalFullException}: the byte budget, the queue or the disk is full; the sender
   *       should try again
   *   <li>{@link JournalUnavailableException}: a write or fsync failed, or the journal is closed;
   *       the sender should try again
   *   <li>{@link FrameTooLargeException}: the frame can never be stored; it must be split
   *   <li>{@link FrameSetAsideException}: the applier failed twice
   *   <li>what the writer threw
   * </ul>
   *
   * Whatever dependents of the future do must be short or asynchronous. Whenever the future fails,
   * {@link FrameApplier#abandoned} ran before, in the order of the appends.
   */
  CompletableFuture<Long> append(FrameWriter writer, FrameApplier applier, AppendOptions options);

  /** Appends telemetry for which a sender waits. */
  default CompletableFuture<Long> append(FrameWriter writer, FrameApplier applier) {
    return append(writer, applier, AppendOptions.AWAITED);
  }

  /**
   * Appends a frame for which nobody waits (scrapes, the platform's own telemetry): it rides on the
   * next group commit, at the latest after {@link JournalOptions#rideAlongDelay()}.
   */
  default void appendLater(FrameWriter writer, FrameApplier applier) {
    // Its applier hears of a failure; nobody waits for the answer.
    var _ = append(writer, applier, AppendOptions.RIDING_ALONG);
  }

  /**
   * Tells that the engine's durable manifest contains everything up to a sequence: segments wholly
   * at or below it are recycled or deleted, unless a {@link JournalTail} still needs them and the
   * budget permits to keep them.
   */
  void release(long sequence) throws IOException;

  /**
   * A reader of applied frames from a saved position on.
   *
   * @param afterSequence the last frame that the reader has; frames that are gone already are
   *     counted by the tail
   */
  JournalTail tail(long afterSequence) throws IOException;

  /**
   * The highest sequence whose frame is written and as durable as promised; 0 when there is none.
   */
  long acknowledgedSequence();

  /** The highest sequence that was handed to its applier; what a manifest may contain. */
  long appliedSequence();

  /** Bytes of all files of this journal on disk. */
  long bytes();

  JournalStatistics statistics();

  /** Commits and applies what was appended, then ends the threads and closes the files. */
  @Override
  void close() throws IOException;
}
