package io.ghostworks.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The two platform threads of a running journal: one does the I/O of appends, one applies. Neither
 * is ever interrupted, since that would close the file under a write.
 */
final class JournalThreads {
  private final AppendQueue queue;
  private final ApplyQueue applying;
  private final Committer committer;
  private final Application application;
  private final Thread commits;
  private final Thread applies;
  private volatile @Nullable IOException closeFailure;

  JournalThreads(
      String name,
      AppendQueue queue,
      ApplyQueue applying,
      Committer committer,
      Application application) {
    this.queue = queue;
    this.applying = applying;
    this.committer = committer;
    this.application = application;
    this.commits =
        Thread.ofPlatform().name("journal-" + name).daemon(false).unstarted(this::runCommits);
    this.applies =
        Thread.ofPlatform()
            .name("journal-" + name + "-apply")
            .daemon(false)
            .unstarted(this::runApplies);
  }

  void start() {
    commits.start();
    applies.start();
  }

  /** Waits until everything appended is committed and applied; the queue must be closed before. */
  void join() throws IOException {
    boolean interrupted = false;
    for (Thread thread : new Thread[] {commits, applies}) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          // The journal must end in good order all the same; the caller finds its interrupt
          // afterwards.
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    IOException failure = closeFailure;
    if (failure != null) {
      throw failure;
    }
  }

  private void runCommits() {
    try {
      while (!queue.isClosed()) {
        AppendQueue.Waiting waiting = queue.waiting();
        long dueInNanos = committer.dueInNanos(waiting);
        if (dueInNanos == 0) {
          committer.commit();
        } else {
          queue.await(waiting, dueInNanos);
        }
      }
      committer.close();
    } catch (IOException e) {
      closeFailure = e;
    } finally {
      applying.close();
    }
  }

  private void runApplies() {
    application.applyUntilClosed();
  }
}
