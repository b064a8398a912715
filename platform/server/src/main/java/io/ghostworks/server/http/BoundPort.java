package io.ghostworks.server.http;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** A port that is listened on. */
public sealed interface BoundPort permits Listener, PacketListener {

  /** Where it listens, with the port that was taken. */
  InetSocketAddress address();

  /** Stops listening; completes when what is under way has had its little time. */
  CompletableFuture<Void> stop();
}
