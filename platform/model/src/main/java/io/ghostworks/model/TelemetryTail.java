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
  /**
   * Reads acknowledged batches with positions above {@code afterPosition}, oldest first, until
   * there is none or the reader answers false.
   *
   * @return the position of the last batch read, or {@code afterPosition} where there was none
   * @throws IOException if the journal cannot be read
   */
  long read(long afterPosition, Reader<B> reader) throws IOException;

  /** Takes one batch; its tenant and position are given. */
  @FunctionalInterface
  interface Reader<B> {
    /** Returns whether to go on. */
    boolean batch(long position, TenantId tenant, B batch);
  }
}
