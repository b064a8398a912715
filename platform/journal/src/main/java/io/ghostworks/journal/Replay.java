package io.ghostworks.journal;

import io.ghostworks.journal.segment.DamagedFrames;
import io.ghostworks.journal.segment.SegmentFormat;
import io.ghostworks.journal.segment.SegmentReader;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One replay of a journal after its start, on the calling thread, a frame at a time. */
final class Replay {
  private static final int DAMAGES_MAX = 100;

  private final SegmentChain chain;
  private final FileSystem files;
  private final SetAsideFrames setAside;
  private final ReplayMarker marker;
  private final JournalListener listener;
  private final JournalCounters counters;
  private final int frameBytesMax;
  private final long afterSequence;
  private final FrameHandler handler;
  private final BytesInput input = new BytesInput(new byte[0]);
  private final List<DamagedFrames> damages = new ArrayList<>();
  private long framesDamaged;
  private long frames;
  private long payloadBytes;
  private long framesSetAside;
  private long lastSequence;
  private boolean torn;

  Replay(
      SegmentChain chain,
      FileSystem files,
      SetAsideFrames setAside,
      ReplayMarker marker,
      JournalListener listener,
      JournalCounters counters,
      int frameBytesMax,
      long afterSequence,
      FrameHandler handler) {
    this.chain = chain;
    this.files = files;
    this.setAside = setAside;
    this.marker = marker;
    this.listener = listener;
    this.counters = counters;
    this.frameBytesMax = frameBytesMax;
    this.afterSequence = afterSequence;
    this.handler = handler;
    this.lastSequence = afterSequence;
  }

  ReplaySummary run() throws IOException {
    List<SegmentFile> segments = chain.segments();
    long next = afterSequence + 1;
    for (int i = 0; i < segments.size(); i++) {
      SegmentFile segment = segments.get(i);
      boolean last = i == segments.size() - 1;
      long end = last ? SegmentReader.UNKNOWN_END : segments.get(i + 1).firstSequence;
      if (segment.firstSequence > next) {
        noteDamage(new DamagedFrames(segment.path, 0, next, segment.firstSequence - 1));
      }
      if (end > next) {
        replay(segment, end);
      }
      next = Math.max(next, lastSequence + 1);
    }
    counters.framesDamaged.addAndGet(framesDamaged);
    counters.framesSetAside.add(framesSetAside);
    return new ReplaySummary(
        lastSequence, frames, payloadBytes, framesSetAside, torn, damages, framesDamaged);
  }

  private void replay(SegmentFile segment, long end) throws IOException {
    boolean last = end == SegmentReader.UNKNOWN_END;
    handler.segmentStarted(segment.number);
    // Opened for writing where the tail is cut and made durable below.
    FileHandle file =
        last ? files.openForWriting(segment.path) : files.openForReading(segment.path);
    try (SegmentReader reader = open(file, segment.number)) {
      for (long sequence = reader.next(end); sequence >= 0; sequence = reader.next(end)) {
        give(segment, sequence, reader);
        lastSequence = Math.max(lastSequence, sequence);
      }
      lastSequence = Math.max(lastSequence, reader.nextSequence() - 1);
      reader.damages().forEach(this::noteDamage);
      if (last) {
        torn = reader.isTorn();
        settleTail(file, reader);
      }
    }
  }

  /**
   * What was read is about to be applied, so it must be durable now. The part that may never have
   * been forced, or whose force failed, is written again: only that makes a force mean something.
   */
  private void settleTail(FileHandle file, SegmentReader reader) throws IOException {
    if (reader.framesDamaged() == 0) {
      file.truncate(reader.usedBytes());
    }
    writeAgain(file, reader.unprovenFrom());
    file.force(true);
  }

  private static void writeAgain(FileHandle file, long from) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(SegmentFormat.PAGE_BYTES);
    long size = file.sizeBytes();
    for (long at = from; at < size; at += SegmentFormat.PAGE_BYTES) {
      page.clear().limit((int) Math.min(page.capacity(), size - at));
      file.readFully(page, at);
      file.write(page.flip(), at);
    }
  }

  private SegmentReader open(FileHandle file, long number) throws IOException {
    try {
      return SegmentReader.open(file, number, frameBytesMax);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void give(SegmentFile segment, long sequence, SegmentReader reader) throws IOException {
    input.reset(reader.payload(), 0, reader.payloadBytes());
    if (sequence <= afterSequence) {
      definitions(sequence);
      return;
    }
    if (setAside.contains(sequence)) {
      framesSetAside++;
      definitions(sequence);
      return;
    }
    if (marker.isDeadly(sequence)) {
      Throwable cause =
          new IllegalStateException("the process died on this frame in the replays before");
      keepAside(segment, sequence, reader, cause);
      return;
    }
    marker.enter(sequence);
    Throwable failure = attempt(sequence);
    if (failure != null) {
      input.rewind();
      failure = attempt(sequence);
    }
    if (failure != null) {
      keepAside(segment, sequence, reader, failure);
      input.rewind();
      definitions(sequence);
      return;
    }
    frames++;
    payloadBytes += reader.payloadBytes();
  }

  private @Nullable Throwable attempt(long sequence) throws IOException {
    try {
      handler.frame(sequence, input);
      return null;
    } catch (DamagedDataException | RuntimeException | StackOverflowError e) {
      return e;
    }
  }

  private void keepAside(SegmentFile segment, long sequence, SegmentReader reader, Throwable cause)
      throws IOException {
    framesSetAside++;
    listener.setAside(sequence, cause);
    setAside.keep(segment.number, sequence, reader.payload(), reader.payloadBytes(), cause);
  }

  /**
   * A frame that is not applied may be the very one on which the engine fails, also in its
   * definitions.
   */
  private void definitions(long sequence) throws IOException {
    try {
      handler.definitions(sequence, input);
    } catch (DamagedDataException | RuntimeException | StackOverflowError e) {
      listener.setAside(sequence, e);
    }
  }

  /** Damage below what the manifest contains hurts nobody. */
  private void noteDamage(DamagedFrames found) {
    if (found.toSequence() <= afterSequence) {
      return;
    }
    DamagedFrames lost =
        new DamagedFrames(
            found.file(),
            found.byteOffset(),
            Math.max(found.fromSequence(), afterSequence + 1),
            found.toSequence());
    framesDamaged += lost.count();
    if (damages.size() < DAMAGES_MAX) {
      damages.add(lost);
    }
    listener.damaged(lost);
  }

  /** The directory in which frames set aside are kept. */
  static Path setAsideDirectory(Path journal) {
    return journal.resolve(SegmentNames.SET_ASIDE);
  }
}
