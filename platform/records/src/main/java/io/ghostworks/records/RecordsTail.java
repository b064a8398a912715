package io.ghostworks.records;

import io.ghostworks.journal.BatchCursor;
import io.ghostworks.journal.Journal;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.storage.bytes.BytesInput;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives acknowledged batches of one kind, of some origins or of all, again, one for each frame of
 * the journal. Safe for use by many threads, each with a cursor of its own.
 *
 * @param <B> the batch
 */
final class RecordsTail<B> implements TelemetryTail<B> {

  private final Journal journal;
  private final SignalStore<B> store;
  private final Function<String, @Nullable Consumer<B>> edits;

  /**
   * @param edits what is done with the batches of an origin before they are given; null for an
   *     origin that is not
   */
  RecordsTail(
      Journal journal, SignalStore<B> store, Function<String, @Nullable Consumer<B>> edits) {
    this.journal = journal;
    this.store = store;
    this.edits = edits;
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
    if (header.kind() != store.frameKind()) {
      return true;
    }
    Consumer<B> edit = edits.apply(header.origin());
    if (edit == null) {
      return true;
    }
    B batch = store.schema().decode(in);
    edit.accept(batch);
    return reader.batch(sequence, header.tenant(), batch);
  }
}
