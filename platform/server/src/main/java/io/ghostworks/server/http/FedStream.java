package io.ghostworks.server.http;

/** A live body that an evaluation feeds, from another thread. Thread-safe. */
public interface FedStream extends AnswerStream {

  /** All has been given. */
  void end();

  /** No more will be given, and why. */
  void fail(Throwable failure);

  @Override
  default boolean live() {
    return true;
  }
}
