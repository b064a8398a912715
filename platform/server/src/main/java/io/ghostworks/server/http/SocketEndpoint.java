package io.ghostworks.server.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers requests to open a WebSocket, and those that should be one. */
record SocketEndpoint(SocketOpening opening) implements Endpoint {

  @Override
  public CompletionStage<Answer> answer(Exchange exchange) {
    return CompletableFuture.completedFuture(opening.notAsked(exchange));
  }
}
