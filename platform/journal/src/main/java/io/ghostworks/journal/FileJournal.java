package io.ghostworks.journal;

import io.ghostworks.journal.segment.SegmentReader;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The journal in files of one directory. After {@link #start} two threads of its own commit and
 * apply; without it the owner drives it step by step with {@link #drive}, which is how simulations
 * make it deterministic.
 *
 * <p>{@link #open}, {@link #replay}, {@link #start}, {@link #drive} and {@link #close} belong to
 * the owner's thread; all else may be called from any.
 */
public final class FileJournal implements Journal {
  /** Native memory that collects what is written between two flushes. */
  private static final int BUFFER_BYTES = 1 << 20;

  private final JournalEnvironment environment;
  private final Path directory;
  private final JournalOptions options;
  private final SegmentChain chain;
  private final SetAsideFrames setAside;
  private final JournalListener listener;
  private final JournalCounters counters = new JournalCounters();
  private final ApplyQueue applying = new ApplyQueue();
  private final AppendQueue queue;
  private final Arena arena = Arena.ofShared();
  private final Committer committer;
  private final Application application;
  private final JournalThreads threads;
  private boolean replayed;
  private boolean started;
  private boolean closed;

  private FileJournal(
      JournalEnvironment environment,
      Path directory,
      JournalOptions options,
      JournalListener listener) {
    this.environment = environment;
    this.directory = directory;
    this.options = options;
    this.listener = listener;
    this.chain = new SegmentChain(environment, directory, options, listener);
    this.setAside =
        new SetAsideFrames(
            environment.files(), Replay.setAsideDirectory(directory), options.setAsideBytesMax());
    this.queue = new AppendQueue(applying, options.queuedFramesMax());
    this.committer =
        new Committer(
            queue,
            applying,
            chain,
            environment,
            options,
            listener,
            counters,
            arena.allocate(BUFFER_BYTES).asByteBuffer());
    this.application =
        new Application(
            applying,
            chain,
            environment.files(),
            setAside,
            listener,
            counters,
            options.frameBytesMax());
    this.threads =
        new JournalThreads(
            String.valueOf(directory.getFileName()), queue, applying, committer, application);
  }

  /**
   * Opens the journal in a directory, which is created where it is missing; begins no segment and
   * writes nothing yet.
   *
   * @throws IOException when files cannot be read, or the memory budget has no room for the
   *     journal's buffers
   */
  public static FileJournal open(
      JournalEnvironment environment,
      Path directory,
      JournalOptions options,
      JournalListener listener)
      throws IOException {
    if (!environment.memory().tryReserve(BUFFER_BYTES)) {
      throw new IOException(
          "the memory budget '%s' must have %d bytes for the buffers of the journal %s"
              .formatted(environment.memory().name(), BUFFER_BYTES, directory));
    }
    FileJournal journal = new FileJournal(environment, directory, options, listener);
    try {
      environment.files().createDirectories(directory);
      journal.setAside.load();
      journal.chain.load();
      return journal;
    } catch (IOException | RuntimeException e) {
      journal.freeMemory();
      throw e;
    }
  }

  @Override
  public ReplaySummary replay(long afterSequence, FrameHandler handler) throws IOException {
    if (replayed) {
      throw new IllegalStateException("a journal must be replayed once, before the first append");
    }
    chain.release(afterSequence);
    if (!environment.memory().tryReserve(SegmentReader.WINDOW_BYTES)) {
      throw new IOException(
          "the memory budget '%s' must have %d bytes for a replay"
              .formatted(environment.memory().name(), SegmentReader.WINDOW_BYTES));
    }
    try (ReplayMarker marker =
        new ReplayMarker(environment.files(), directory.resolve(SegmentNames.REPLAY), listener)) {
      marker.open();
      Replay replay =
          new Replay(
              chain,
              environment.files(),
              setAside,
              marker,
              listener,
              counters,
              options.frameBytesMax(),
              afterSequence,
              handler);
      ReplaySummary summary = replay.run();
      committer.continueAfter(summary.lastSequence());
      application.continueAfter(summary.lastSequence());
      replayed = true;
      return summary;
    } finally {
      environment.memory().release(SegmentReader.WINDOW_BYTES);
    }
  }

  /** Starts the journal's threads; after {@link #replay}. */
  public FileJournal start() {
    requireReplayed();
    if (started) {
      throw new IllegalStateException("a journal must be started once");
    }
    started = true;
    threads.start();
    return this;
  }

  /** Without threads: commits and applies everything that was appended, on the calling thread. */
  public void drive() {
    requireReplayed();
    if (started) {
      throw new IllegalStateException("a journal that was started drives itself");
    }
    committer.commit();
    application.applyAll();
  }

  @Override
  public CompletableFuture<Long> append(
      FrameWriter writer, FrameApplier applier, AppendOptions appendOptions) {
    PendingFrame frame =
        new PendingFrame(writer, applier, appendOptions, environment.clock().monotonicNanos());
    IOException refusal = refusal(appendOptions);
    if (refusal == null && !queue.offer(frame)) {
      refusal = queueRefusal();
    }
    if (refusal != null) {
      counters.framesRefused.increment();
      frame.abandon(refusal);
    }
    return frame.acknowledged;
  }

  @Override
  public void release(long sequence) throws IOException {
    chain.release(sequence);
    setAside.forget(sequence);
  }

  @Override
  public JournalTail tail(long afterSequence) {
    FileJournalTail tail = new FileJournalTail(this, chain, afterSequence);
    chain.addTail(tail);
    return tail;
  }

  @Override
  public long acknowledgedSequence() {
    return committer.acknowledgedSequence();
  }

  @Override
  public long appliedSequence() {
    return application.appliedSequence();
  }

  @Override
  public long bytes() {
    return chain.bytes();
  }

  @Override
  public JournalStatistics statistics() {
    return counters.snapshot(queue.waiting().frames() + applying.size(), chain, options.bytesMax());
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    queue.close();
    try {
      if (started) {
        threads.join();
      } else {
        committer.close();
        application.applyAll();
      }
    } finally {
      freeMemory();
    }
  }

  FileSystem files() {
    return environment.files();
  }

  int frameBytesMax() {
    return options.frameBytesMax();
  }

  boolean isSetAside(long sequence) {
    return setAside.contains(sequence);
  }

  private @Nullable IOException refusal(AppendOptions appendOptions) {
    requireReplayed();
    if (!environment.disk().admits(appendOptions.use())) {
      return chain.lowDisk();
    }
    if (chain.isFull()) {
      listener.flushWanted(chain.oldestLastSequence());
      return new JournalFullException(
          "the journal has reached its budget of %d bytes: it takes more when the engine has flushed"
              .formatted(options.bytesMax()));
    }
    return null;
  }

  private IOException queueRefusal() {
    return queue.isClosed()
        ? new JournalUnavailableException("the journal is closed", null)
        : new JournalFullException(
            "at most %d frames may wait for their commit".formatted(options.queuedFramesMax()));
  }

  private void requireReplayed() {
    if (!replayed) {
      throw new IllegalStateException("a journal must be replayed before it is used");
    }
  }

  private void freeMemory() {
    arena.close();
    environment.memory().release(BUFFER_BYTES);
  }
}
