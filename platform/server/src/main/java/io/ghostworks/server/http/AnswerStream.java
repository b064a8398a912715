package io.ghostworks.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A body that is written piece by piece while its reader takes it, and never whole. Used by one
 * thread at a time, not always by the same; closed once, also when the reader has left.
 */
public interface AnswerStream extends AutoCloseable {

  /**
   * Writes the next piece: a series, a line. What is thrown before the first bytes have left is
   * answered as an error; later it breaks the answer off.
   *
   * @param out the same at each call; takes all and does not block
   * @return whether there is more
   */
  boolean write(OutputStream out) throws IOException;

  /** When there is something to write, for a body that waits for news. */
  default CompletionStage<?> ready() {
    return CompletableFuture.completedFuture(null);
  }

  /** Whether each piece is sent at once, for a reader who waits for it. */
  default boolean live() {
    return false;
  }

  /** What is sent after the last piece of a live body. */
  default Map<String, String> trailers() {
    return Map.of();
  }

  @Override
  void close();

  /** The same, with something to close after it. */
  default AnswerStream closing(Runnable more) {
    AnswerStream stream = this;
    return new AnswerStream() {
      @Override
      public boolean write(OutputStream out) throws IOException {
        return stream.write(out);
      }

      @Override
      public CompletionStage<?> ready() {
        return stream.ready();
      }

      @Override
      public boolean live() {
        return stream.live();
      }

      @Override
      public Map<String, String> trailers() {
        return stream.trailers();
      }

      @Override
      public void close() {
        try {
          stream.close();
        } finally {
          more.run();
        }
      }
    };
  }
}
