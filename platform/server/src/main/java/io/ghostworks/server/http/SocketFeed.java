package io.ghostworks.server.http;

/** What is sent over one WebSocket. Closed once, when the client has left or the feed has ended. */
public interface SocketFeed extends AutoCloseable {

  /** The connection stands. Called once, on a thread that must not wait. */
  void start(Socket socket);

  @Override
  void close();
}
