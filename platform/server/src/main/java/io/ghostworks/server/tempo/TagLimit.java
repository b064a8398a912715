package io.ghostworks.server.tempo;

import io.ghostworks.server.http.Exchange;

/**
 * How much of a list of names or values is given.
 *
 * @param entries at most so many, of a scope; 0 is no limit
 * @param bytes of all together; 0 is no limit
 */
record TagLimit(int entries, long bytes) {

  static TagLimit of(TempoRequest request) {
    Exchange exchange = request.exchange();
    // Stale values are told apart by who reads blocks one after the other; here each is read once.
    var _ = GoNumbers.unsigned(exchange, "maxStaleValues");
    long entries = GoNumbers.unsigned(exchange, "limit").orElse(0);
    return new TagLimit((int) Math.min(entries, Integer.MAX_VALUE), request.limits().tagBytesMax());
  }
}
