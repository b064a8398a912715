package io.ghostworks.records;

import io.ghostworks.journal.FrameHandler;
import io.ghostworks.journal.Journal;
import io.ghostworks.journal.JournalTail;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.storage.bytes.BytesInput;
import java.io.IOException;

/**
 * Gives acknowledged batches of one kind again, one for each frame of the journal. Safe for use by
 * many threads.
 *
 * @param <B> the batch
 */
final class RecordsTail<B> implements TelemetryTail<B> {

  private final Journal journal;
  private final SignalStore<B> store;

  RecordsTail(Journal journal, SignalStore<B> store) {
    this.journal = journal;
    this.store = store;
  }

  @Override
  public long read(long afterPosition, Reader<B> reader) throws IOException {
    try (JournalTail tail = journal.tail(afterPosition)) {
      Decoding decoding = new Decoding(reader);
      while (!decoding.stopped && tail.read(decoding, 1) > 0) {
        // Each frame goes to the reader on its way.
      }
      return Math.max(afterPosition, tail.position());
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
      if (header.kind() == store.frameKind()) {
        stopped = !reader.batch(sequence, header.tenant(), store.schema().decode(in));
      }
    }
  }
}
