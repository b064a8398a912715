package io.ghostworks.records;

import io.ghostworks.journal.FrameHandler;
import io.ghostworks.journal.Journal;
import io.ghostworks.journal.JournalTail;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.storage.bytes.BytesInput;
import java.io.IOException;

/**
 * Gives acknowledged batches of one kind and origin again, one for each frame of the journal. Safe
 * for use by many threads, each with a cursor of its own.
 *
 * @param <B> the batch
 */
final class RecordsTail<B> implements TelemetryTail<B> {

  private final Journal journal;
  private final SignalStore<B> store;
  private final String origin;

  RecordsTail(Journal journal, SignalStore<B> store, String origin) {
    this.journal = journal;
    this.store = store;
    this.origin = origin;
  }

  @Override
  public long endPosition() {
    return journal.appliedSequence();
  }

  @Override
  public Cursor<B> cursor(long afterPosition) throws IOException {
    return new FrameCursor(journal.tail(afterPosition));
  }

  private final class FrameCursor implements Cursor<B> {
    private final JournalTail tail;

    FrameCursor(JournalTail tail) {
      this.tail = tail;
    }

    @Override
    public void read(Reader<B> reader) throws IOException {
      Decoding decoding = new Decoding(reader);
      while (!decoding.stopped && tail.read(decoding, 1) > 0) {
        // Each frame goes to the reader on its way.
      }
    }

    @Override
    public long position() {
      return tail.position();
    }

    @Override
    public long framesMissed() {
      return tail.framesMissed();
    }

    @Override
    public void close() throws IOException {
      tail.close();
    }
  }

  private final class Decoding implements FrameHandler {
    private final Reader<B> reader;
    private boolean stopped;

    Decoding(Reader<B> reader) {
      this.reader = reader;
    }

    @Override
    public void segmentStarted(long segment) {}

    @Override
    public void definitions(long sequence, BytesInput in) {}

    @Override
    public void frame(long sequence, BytesInput in) throws IOException {
      Frames.Header header = Frames.header(in);
      if (header.kind() == store.frameKind() && header.origin().equals(origin)) {
        stopped = !reader.batch(sequence, header.tenant(), store.schema().decode(in));
      }
    }
  }
}
