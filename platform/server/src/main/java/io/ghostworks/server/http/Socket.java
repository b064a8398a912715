package io.ghostworks.server.http;

import java.util.concurrent.CompletionStage;

/** The near end of a WebSocket to a client. Thread-safe. */
public interface Socket {

  /**
   * Sends a message.
   *
   * @return ends when the connection has taken it, and fails when the client has left
   */
  CompletionStage<?> send(byte[] utf8);

  /** Ends the connection with a reason that the client is told, of at most 120 bytes. */
  void close(String reason);
}
