package io.ghostworks.journal;

import io.ghostworks.journal.segment.SegmentHeader;
import io.ghostworks.journal.segment.SegmentWriter;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.directory.DiskUse;
import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a journal in order, and the file that waits to become the next one. Segments
 * wholly contained in the manifest leave the chain: one file is kept to be used again, the others
 * are deleted.
 *
 * <p>A segment ends where the next one begins: its frames at or above the next one's first sequence
 * do not count.
 *
 * <p>Safe for use by many threads; only {@link #begin} does more under the lock than change lists
 * and rename, and it belongs to the committing thread.
 */
final class SegmentChain {
  /** A segment that was just begun, open for writing. */
  record Begun(SegmentFile segment, SegmentHeader header, FileHandle file) {}

  private final JournalEnvironment environment;
  private final FileSystem files;
  private final Path directory;
  private final JournalOptions options;
  private final JournalListener listener;
  private final ArrayDeque<SegmentFile> segments = new ArrayDeque<>();
  private final Set<FileJournalTail> tails = new HashSet<>();
  private long segmentBytes;
  private long nextNumber = 1;
  private long nextSpare = 1;
  private long released;
  private boolean active;
  private boolean preparing;
  private boolean full;
  private @Nullable Path spare;

  SegmentChain(
      JournalEnvironment environment,
      Path directory,
      JournalOptions options,
      JournalListener listener) {
    this.environment = environment;
    this.files = environment.files();
    this.directory = directory;
    this.options = options;
    this.listener = listener;
  }

  /**
   * Reads the headers of all segments; a segment whose header cannot be used is reported and left
   * out.
   */
  synchronized void load() throws IOException {
    // A segment that was begun in vain and deleted must not come back later and end the one before
    // it too early.
    files.syncDirectory(directory);
    List<SegmentFile> found = new ArrayList<>();
    for (String name : files.list(directory)) {
      if (SegmentNames.isNext(name)) {
        files.delete(directory.resolve(name));
      } else if (SegmentNames.segmentNumber(name).isPresent()) {
        long number = SegmentNames.segmentNumber(name).getAsLong();
        nextNumber = Math.max(nextNumber, number + 1);
        readHeader(number, directory.resolve(name)).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparingLong(segment -> segment.number));
    for (SegmentFile segment : found) {
      segments.add(segment);
      segmentBytes += segment.sizeBytes;
    }
  }

  private Optional<SegmentFile> readHeader(long number, Path path) throws IOException {
    try (FileHandle file = files.openForReading(path)) {
      SegmentHeader header = SegmentHeader.read(file, number);
      return Optional.of(new SegmentFile(number, path, header.firstSequence(), file.sizeBytes()));
    } catch (DamagedDataException e) {
      listener.upkeepFailed(e);
      return Optional.empty();
    }
  }

  /**
   * Begins the next segment, durable with its name when this returns.
   *
   * @throws JournalFullException when the byte budget leaves no room for it, or the disk is low
   */
  Begun begin(long firstSequence, DiskUse use) throws IOException {
    environment.disk().measure();
    if (!environment.disk().admits(use)) {
      throw lowDisk();
    }
    reserveRoom();
    Path prepared = takeSpare();
    if (prepared == null) {
      prepared = prepare();
    }
    long number = takeNumber();
    SegmentHeader header =
        new SegmentHeader(
            number, environment.random().nextLong(), firstSequence, environment.clock().epochMs());
    Path path = directory.resolve(SegmentNames.segment(number));
    FileHandle file = files.openForWriting(prepared);
    try {
      SegmentWriter.found(file, header);
      files.rename(prepared, path);
      files.syncDirectory(directory);
    } catch (IOException e) {
      file.close();
      discard(prepared);
      discard(path);
      throw e;
    }
    return add(
        new Begun(
            new SegmentFile(number, path, firstSequence, options.segmentBytes()), header, file));
  }

  JournalFullException lowDisk() {
    return new JournalFullException(
        "the disk of %s is low (%d bytes free): free space on it or shorten the retention"
            .formatted(directory, environment.disk().freeBytes()));
  }

  /** Nothing is written to the last segment any more. */
  synchronized void endActive() {
    active = false;
  }

  /** Prepares a file for the segment after the active one; for the background. */
  void prepareSpare() {
    synchronized (this) {
      if (spare != null
          || preparing
          || segmentBytes + options.segmentBytes() > options.bytesMax()) {
        return;
      }
      preparing = true;
    }
    Path prepared = null;
    try {
      if (environment.disk().admits(DiskUse.TELEMETRY)) {
        prepared = prepare();
      }
    } catch (IOException e) {
      listener.upkeepFailed(e);
    } finally {
      keepSpare(prepared);
    }
  }

  /** See {@link Journal#release}. */
  void release(long sequence) throws IOException {
    boolean changed;
    synchronized (this) {
      released = Math.max(released, sequence);
      changed = dropReleased(false);
    }
    if (changed) {
      files.syncDirectory(directory);
    }
  }

  /** Whether the last attempt to begin a segment found no room and nothing was released since. */
  synchronized boolean isFull() {
    return full;
  }

  synchronized long bytes() {
    return segmentBytes + (spare == null && !preparing ? 0 : options.segmentBytes());
  }

  synchronized int count() {
    return segments.size();
  }

  synchronized long released() {
    return released;
  }

  /** A copy of the chain, oldest first. */
  synchronized List<SegmentFile> segments() {
    return List.copyOf(segments);
  }

  synchronized void addTail(FileJournalTail tail) {
    tails.add(tail);
  }

  synchronized void removeTail(FileJournalTail tail) {
    tails.remove(tail);
  }

  /**
   * The segment that holds a sequence, or the oldest one after it, kept from recycling until {@link
   * #unpin}.
   *
   * @return null when there is none
   */
  synchronized @Nullable SegmentFile pin(long sequence) {
    SegmentFile best = null;
    for (SegmentFile segment : segments) {
      if (best == null || segment.firstSequence <= sequence) {
        best = segment;
      }
    }
    if (best != null) {
      best.readers++;
    }
    return best;
  }

  synchronized void unpin(SegmentFile segment) {
    segment.readers--;
  }

  /**
   * The first sequence after a segment: that of the next segment, {@link Long#MAX_VALUE} for the
   * last.
   */
  synchronized long endSequence(SegmentFile segment) {
    for (SegmentFile other : segments) {
      if (other.number > segment.number) {
        return other.firstSequence;
      }
    }
    return Long.MAX_VALUE;
  }

  /** The last sequence of the oldest segment: what the engine should flush first. */
  synchronized long oldestLastSequence() {
    Iterator<SegmentFile> oldest = segments.iterator();
    if (!oldest.hasNext()) {
      return 0;
    }
    oldest.next();
    return oldest.hasNext() ? oldest.next().firstSequence - 1 : Long.MAX_VALUE;
  }

  private synchronized void reserveRoom() throws JournalFullException {
    boolean roomy = spare != null || preparing || hasRoom();
    if (!roomy) {
      dropReleased(true);
      roomy = spare != null || hasRoom();
    }
    full = !roomy;
    if (full) {
      throw new JournalFullException(
          "the journal %s has reached its budget of %d bytes: it takes more when the engine has flushed"
              .formatted(directory, options.bytesMax()));
    }
  }

  private boolean hasRoom() {
    return segmentBytes + options.segmentBytes() <= options.bytesMax();
  }

  private synchronized @Nullable Path takeSpare() {
    Path taken = spare;
    spare = null;
    return taken;
  }

  private synchronized long takeNumber() {
    return nextNumber++;
  }

  private synchronized Begun add(Begun begun) {
    segments.add(begun.segment());
    segmentBytes += begun.segment().sizeBytes;
    active = true;
    return begun;
  }

  private void keepSpare(@Nullable Path prepared) {
    boolean surplus;
    synchronized (this) {
      preparing = false;
      surplus = prepared != null && spare != null;
      if (prepared != null && !surplus) {
        spare = prepared;
      }
    }
    if (surplus) {
      discard(prepared);
    }
  }

  private Path prepare() throws IOException {
    Path path = newSparePath();
    try (FileHandle file = files.create(path)) {
      file.preallocate(options.segmentBytes());
      file.force(true);
      return path;
    } catch (IOException e) {
      discard(path);
      throw e;
    }
  }

  private synchronized Path newSparePath() {
    return directory.resolve(SegmentNames.next(nextSpare++));
  }

  private void discard(@Nullable Path path) {
    try {
      if (path != null) {
        files.deleteIfExists(path);
      }
    } catch (IOException e) {
      listener.upkeepFailed(e);
    }
  }

  /**
   * Takes contained segments out of the chain. Called with the lock held.
   *
   * @param pressed whether segments go that a tail has not read yet
   */
  private boolean dropReleased(boolean pressed) {
    long through = released;
    if (!pressed) {
      through = Math.min(through, environment.readThrough().getAsLong());
      for (FileJournalTail tail : tails) {
        through = Math.min(through, tail.position());
      }
    }
    boolean changed = false;
    while (isContained(through, pressed)) {
      SegmentFile segment = segments.removeFirst();
      segmentBytes -= segment.sizeBytes;
      full = false;
      changed = true;
      recycle(segment);
    }
    return changed;
  }

  private boolean isContained(long through, boolean pressed) {
    SegmentFile oldest = segments.peek();
    if (oldest == null || (oldest.readers > 0 && !pressed) || (segments.size() == 1 && active)) {
      return false;
    }
    return endSequence(oldest) - 1 <= through;
  }

  private void recycle(SegmentFile segment) {
    try {
      boolean reusable = segment.readers == 0 && segment.sizeBytes == options.segmentBytes();
      if (spare != null || preparing || !reusable) {
        files.delete(segment.path);
        return;
      }
      Path path = newSparePath();
      files.rename(segment.path, path);
      // Before its header is written over, the old name must be gone for good.
      files.syncDirectory(directory);
      spare = path;
    } catch (IOException e) {
      listener.upkeepFailed(e);
    }
  }
}
