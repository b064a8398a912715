package io.ghostworks.journal;

import io.ghostworks.journal.segment.SegmentReader;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.file.FileHandle;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads applied frames from the segment files, one segment open at a time. */
final class FileJournalTail implements JournalTail {
  private final FileJournal journal;
  private final SegmentChain chain;
  private final BytesInput input = new BytesInput(new byte[0]);
  private @Nullable SegmentFile segment;
  private @Nullable SegmentReader reader;
  private long framesMissed;
  private boolean pending;
  private volatile long position;

  FileJournalTail(FileJournal journal, SegmentChain chain, long afterSequence) {
    this.journal = journal;
    this.chain = chain;
    this.position = afterSequence;
  }

  @Override
  public int read(FrameHandler handler, int framesMax) throws IOException {
    long applied = journal.appliedSequence();
    if (reader != null) {
      reader.refresh();
    }
    int given = 0;
    while (given < framesMax && position < applied) {
      SegmentReader current = reader == null ? open(handler) : reader;
      if (current == null) {
        return given;
      }
      given += step(handler, current, applied);
    }
    return given;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public long framesMissed() {
    return framesMissed;
  }

  @Override
  public void close() throws IOException {
    closeSegment();
    chain.removeTail(this);
  }

  /** Reads one frame, or ends the segment; returns how many frames were given. */
  private int step(FrameHandler handler, SegmentReader current, long applied) throws IOException {
    SegmentFile file = Objects.requireNonNull(segment);
    long end = Math.min(applied + 1, chain.endSequence(file));
    long missedBefore = current.framesDamaged();
    long sequence = pending ? current.nextSequence() - 1 : current.next(end);
    pending = false;
    long missed = current.framesDamaged() - missedBefore;
    if (missed > 0) {
      framesMissed += missed;
      position = Math.max(position, (sequence < 0 ? current.nextSequence() : sequence) - 1);
    }
    if (sequence < 0) {
      if (chain.endSequence(file) <= current.nextSequence()) {
        closeSegment();
      }
      return 0;
    }
    input.reset(current.payload(), 0, current.payloadBytes());
    if (sequence <= position || journal.isSetAside(sequence)) {
      handler.definitions(sequence, input);
      position = Math.max(position, sequence);
      return 0;
    }
    pending = true;
    handler.frame(sequence, input);
    pending = false;
    position = sequence;
    return 1;
  }

  private @Nullable SegmentReader open(FrameHandler handler) throws IOException {
    SegmentFile next = chain.pin(position + 1);
    if (next == null) {
      return null;
    }
    try {
      if (next.firstSequence > position + 1) {
        framesMissed += next.firstSequence - 1 - position;
        position = next.firstSequence - 1;
      }
      FileHandle file = journal.files().openForReading(next.path);
      try {
        reader = SegmentReader.open(file, next.number, journal.frameBytesMax());
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      chain.unpin(next);
      throw e;
    }
    segment = next;
    handler.segmentStarted(next.number);
    return reader;
  }

  private void closeSegment() throws IOException {
    SegmentReader closing = reader;
    SegmentFile unpinned = segment;
    reader = null;
    segment = null;
    pending = false;
    if (unpinned != null) {
      chain.unpin(unpinned);
    }
    if (closing != null) {
      closing.close();
    }
  }
}
