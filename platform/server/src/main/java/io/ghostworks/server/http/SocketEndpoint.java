package io.ghostworks.server.http;

import java.util.concurrent.CompletionStage;

/** Answers requests to open a WebSocket; others are refused as bad ones. */
record SocketEndpoint(SocketOpening opening) implements Endpoint {

  @Override
  public CompletionStage<Answer> answer(Exchange exchange) {
    throw new RequestException(
        400, "this path is for WebSockets: ask with Upgrade: websocket and Connection: Upgrade");
  }
}
