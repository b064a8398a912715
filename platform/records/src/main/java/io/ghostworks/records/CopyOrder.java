package io.ghostworks.records;

import io.ghostworks.model.OverloadedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Keeps copies of rows and deletes apart. A copy has a later place in the journal than its row, and
 * a delete hides what lies before it: none may be appended, or wait to be applied, between the
 * reading of rows and the appending of their copies, or deleted rows would be seen again. Safe for
 * use by many threads.
 */
final class CopyOrder {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private int deletesUnderWay;

  /** Appends a delete; waits while rows are read that are to be copied. */
  synchronized <T> CompletableFuture<T> delete(Supplier<CompletableFuture<T>> append) {
    CompletableFuture<T> applied = append.get();
    deletesUnderWay++;
    return applied.whenComplete((done, failure) -> deleteEnded());
  }

  private synchronized void deleteEnded() {
    deletesUnderWay--;
  }

  /** Reads rows and appends their copies; not while a delete is under way. */
  synchronized <T> CompletableFuture<T> copy(Supplier<CompletableFuture<T>> readAndAppend) {
    return deletesUnderWay > 0
        ? CompletableFuture.failedFuture(
            new OverloadedException("a delete is being written: try again", RETRY_AFTER))
        : readAndAppend.get();
  }
}
