package io.ghostworks.model.label;

import io.ghostworks.model.TenantId;

/**
 * What a store remembers of label sets in the form in which senders write them, so that a receiver
 * may leave a set unread that came before. A form is told by a fingerprint of its bytes, 128 bits
 * of a hash whose seed no sender knows. Thread-safe.
 */
public interface LabelSetNumbers {
  /** Stands where a set is not known. */
  long UNKNOWN = -1;

  /** Remembers nothing. */
  LabelSetNumbers NONE = tenant -> NothingKnown.INSTANCE;

  /**
   * Begins looking up the sets of one request; nothing new is remembered until it is closed, so
   * that it is held for the reading of one body and no longer.
   */
  Lookup lookup(TenantId tenant);

  /** The sets of one tenant, on one thread. */
  interface Lookup extends AutoCloseable {
    /** The number by which the store finds the set, at least 0, or {@link #UNKNOWN}. */
    long find(long high, long low);

    @Override
    void close();
  }
}
