package io.ghostworks.journal;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One append on its way: queued, then written by the committing thread, then applied or abandoned
 * by the applying thread. Handed from thread to thread by the queues, whose locks publish its
 * fields.
 */
final class PendingFrame {
  final FrameWriter writer;
  final FrameApplier applier;
  final AppendOptions options;
  final long queuedNanos;
  final CompletableFuture<Long> acknowledged = new CompletableFuture<>();

  /** Set once written. */
  long sequence;

  /** The segment that holds it, set once written. */
  long segment;

  /** Why it will not be applied. */
  @Nullable Throwable failure;

  PendingFrame(FrameWriter writer, FrameApplier applier, AppendOptions options, long queuedNanos) {
    this.writer = writer;
    this.applier = applier;
    this.options = options;
    this.queuedNanos = queuedNanos;
  }

  /** Tells the applier and whoever waits that the frame will not be applied. */
  void abandon(Throwable cause) {
    IOException typed =
        cause instanceof IOException io
            ? io
            : new IOException("the frame could not be written", cause);
    try {
      applier.abandoned(typed);
    } finally {
      acknowledged.completeExceptionally(cause);
    }
  }
}
