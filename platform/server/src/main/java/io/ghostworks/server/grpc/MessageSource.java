package io.ghostworks.server.grpc;

import org.jspecify.annotations.Nullable;

/** Messages that are made one by one, when they are sent. Used by one thread at a time. */
public interface MessageSource extends AutoCloseable {

  /** The next message; null behind the last one. */
  byte @Nullable [] next();

  @Override
  void close();
}
