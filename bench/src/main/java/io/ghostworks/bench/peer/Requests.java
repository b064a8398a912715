package io.ghostworks.bench.peer;

/** Requests made from a seed, the same bytes for the same number. Used by one thread. */
public interface Requests {
  byte[] request(int number);

  /** The bytes, of whatever the load counts, of all requests made so far. */
  long rawBytes();

  /** The rows of all requests made so far. */
  long rows();
}
