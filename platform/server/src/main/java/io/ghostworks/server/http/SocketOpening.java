package io.ghostworks.server.http;

/** Decides about requests to open a WebSocket. */
@FunctionalInterface
public interface SocketOpening {

  /**
   * Decides before the connection changes. Called on the event loop.
   *
   * @throws RuntimeException answered as an error in the words of the route's API
   */
  SocketFeed open(Exchange exchange);

  /** Answers a request for the same path that asks for no WebSocket. */
  default Answer notAsked(Exchange exchange) {
    throw new RequestException(
        400, "this path is for WebSockets: ask with Upgrade: websocket and Connection: Upgrade");
  }
}
