package io.ghostworks.records;

import io.ghostworks.journal.AppendOptions;
import io.ghostworks.journal.FrameApplier;
import io.ghostworks.journal.Journal;
import io.ghostworks.journal.JournalFullException;
import io.ghostworks.journal.JournalUnavailableException;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.storage.bytes.BytesOutput;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Appends frames without rows, for which somebody waits. */
final class FrameAppender {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Journal journal;

  FrameAppender(Journal journal) {
    this.journal = journal;
  }

  /**
   * The frame's sequence when it is on disk and applied; fails with {@link OverloadedException}
   * where the caller should try again.
   */
  CompletableFuture<Long> append(BytesOutput frame, FrameApplier applier) {
    return journal
        .append(
            (dictionary, out) -> out.putBytes(frame.array(), 0, frame.position()),
            applier,
            AppendOptions.AWAITED)
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(translated(failure)));
  }

  private static Throwable translated(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof JournalFullException || cause instanceof JournalUnavailableException
        ? new OverloadedException(String.valueOf(cause.getMessage()), RETRY_AFTER)
        : cause;
  }
}
