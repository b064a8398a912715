package io.ghostworks.model;

import java.io.IOException;

/**
 * Gives acknowledged batches again, from a saved position on, decoded by the engine that wrote
 * them. For readers that hold data longer than a request: tail sampling, metrics from spans,
 * exporters with queues.
 *
 * @param <B> the kind of batch
 */
public interface TelemetryTail<B> {
  /** The position of the newest acknowledged batch: where a reader begins that wants none older. */
  long endPosition();

  /**
   * A cursor behind a saved position. What is gone by then is counted by the cursor.
   *
   * @throws IOException if the journal cannot be read
   */
  Cursor<B> cursor(long afterPosition) throws IOException;

  /**
   * Reads acknowledged batches with positions above {@code afterPosition}, oldest first, until
   * there is none or the reader answers false.
   *
   * @return the position of the last batch read, or that before the next one of another kind
   * @throws IOException if the journal cannot be read
   */
  default long read(long afterPosition, Reader<B> reader) throws IOException {
    try (Cursor<B> cursor = cursor(afterPosition)) {
      cursor.read(reader);
      return cursor.position();
    }
  }

  /** Takes one batch, which becomes its own; its tenant and position are given. */
  @FunctionalInterface
  interface Reader<B> {
    /** Returns whether to go on. */
    boolean batch(long position, TenantId tenant, B batch);
  }

  /**
   * A place among the acknowledged batches. Not thread-safe; different cursors are independent.
   *
   * @param <B> the kind of batch
   */
  interface Cursor<B> extends AutoCloseable {
    /**
     * Reads further batches, oldest first, until there is none or the reader answers false. A
     * reader that throws has the batch again with the next call.
     *
     * @throws IOException if the journal cannot be read
     */
    void read(Reader<B> reader) throws IOException;

    /** The position up to which everything was read or passed over. */
    long position();

    /** Frames of the journal that were gone before the cursor came to them, or are damaged. */
    long framesMissed();

    @Override
    void close() throws IOException;
  }
}
