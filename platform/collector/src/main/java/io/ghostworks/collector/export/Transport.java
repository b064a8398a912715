package io.ghostworks.collector.export;

import io.ghostworks.collector.config.Signal;

/** Carries OTLP requests to another system. Blocks until the answer is there. */
public interface Transport extends AutoCloseable {

  /** Sends one request, already in the encoding that this transport wants. */
  Delivery send(Signal signal, byte[] request) throws InterruptedException;

  /** Whether this signal goes anywhere. */
  boolean carries(Signal signal);

  @Override
  void close();
}
