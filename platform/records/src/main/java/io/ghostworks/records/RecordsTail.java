package io.ghostworks.records;

import io.ghostworks.journal.BatchCursor;
import io.ghostworks.journal.Journal;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.storage.bytes.BytesInput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Gives acknowledged batches of one kind, of one origin or of all, again, one for each frame of the
 * journal. Safe for use by many threads, each with a cursor of its own.
 *
 * @param <B> the batch
 */
final class RecordsTail<B> implements TelemetryTail<B> {

  private final Journal journal;
  private final SignalStore<B> store;
  private final @Nullable String origin;

  /**
   * @param origin null for all
   */
  RecordsTail(Journal journal, SignalStore<B> store, @Nullable String origin) {
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
    return new BatchCursor<>(journal.tail(afterPosition), this::frame);
  }

  private boolean frame(long sequence, BytesInput in, Reader<B> reader) throws IOException {
    if (Frames.isWithoutRows(in)) {
      return true;
    }
    Frames.Header header = Frames.header(in);
    return header.kind() != store.frameKind()
        || (origin != null && !header.origin().equals(origin))
        || reader.batch(sequence, header.tenant(), store.schema().decode(in));
  }
}
