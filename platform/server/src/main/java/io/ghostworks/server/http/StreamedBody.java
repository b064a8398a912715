package io.ghostworks.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a body that is written piece by piece: at most one chunk waits for the client, and no
 * thread does. States: begun (pieces are collected, nothing has left; a failure is still an error's
 * answer), sending (a chunk is written when the one before was taken), ended (the stream is closed,
 * by whom is last of the writer and the client).
 */
final class StreamedBody {

  private static final Logger log = LoggerFactory.getLogger(StreamedBody.class);

  /** Each chunk costs two changes of threads. */
  private static final int CHUNK_BYTES = 256 * 1024;

  private final AnswerStream stream;
  private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(8 * 1024);
  private final OutputStream coded;
  private final Duration patience;
  private boolean writing; // guarded by this
  private boolean ended; // guarded by this

  /**
   * @param patience how long a client may take for one chunk
   */
  StreamedBody(AnswerStream stream, CompressedBody coding, Duration patience) throws IOException {
    this.stream = stream;
    this.coded = coding.into(chunk);
    this.patience = patience;
  }

  /**
   * Writes the first chunk; what that throws is the caller's to answer, and the stream is closed
   * then.
   *
   * @return the whole body if it is no longer than that, otherwise null
   */
  byte @org.jspecify.annotations.Nullable [] begin() throws IOException {
    boolean more = true;
    try {
      if (!stream.live()) {
        more = fill();
      }
    } catch (IOException | RuntimeException | Error e) {
      stream.close();
      throw e;
    }
    if (more) {
      return null;
    }
    stream.close();
    return chunk.toByteArray();
  }

  /** Sends what {@link #begin} has written, then the rest. */
  HttpResponse send(ServiceRequestContext context, ResponseHeaders headers, Executor workers) {
    HttpResponseWriter writer = HttpResponse.streaming();
    if (stream.live()) {
      context.clearRequestTimeout();
    }
    var _ =
        writer
            .whenComplete()
            .handle((nothing, failure) -> {
              end();
              return null;
            });
    writer.write(headers);
    sendChunk(context, writer, workers);
    return writer;
  }

  private void sendChunk(
      ServiceRequestContext context, HttpResponseWriter writer, Executor workers) {
    if (chunk.size() > 0) {
      if (!writer.tryWrite(HttpData.wrap(chunk.toByteArray()))) {
        return;
      }
      chunk.reset();
    }
    var _ =
        writer
            .whenConsumed()
            .thenCompose(taken -> stream.ready())
            .whenComplete((ready, failure) -> {
              if (failure != null) {
                writer.close(failure);
                return;
              }
              try {
                workers.execute(() -> turn(context, writer, workers));
              } catch (RuntimeException e) {
                writer.close(e); // the pool is full: the client asks again
              }
            });
  }

  private void turn(ServiceRequestContext context, HttpResponseWriter writer, Executor workers) {
    synchronized (this) {
      if (ended) {
        return;
      }
      writing = true;
    }
    try {
      if (!stream.live()) {
        context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, patience);
      }
      boolean more = fill();
      if (more) {
        sendChunk(context, writer, workers);
      } else {
        if (chunk.size() > 0) {
          var _ = writer.tryWrite(HttpData.wrap(chunk.toByteArray()));
        }
        HttpHeaders trailers = Responses.trailers(stream.trailers());
        if (!trailers.isEmpty()) {
          var _ = writer.tryWrite(trailers);
        }
        writer.close();
      }
    } catch (IOException | RuntimeException | Error e) {
      log.warn("an answer was broken off after its beginning had been sent", e);
      writer.close(e);
    } finally {
      boolean close;
      synchronized (this) {
        writing = false;
        close = ended;
      }
      if (close) {
        stream.close();
      }
    }
  }

  /** Writes pieces until a chunk is full; whether there is more. */
  private boolean fill() throws IOException {
    boolean more = true;
    do {
      more = stream.write(coded);
    } while (more && !stream.live() && chunk.size() < CHUNK_BYTES);
    if (stream.live()) {
      coded.flush();
    }
    if (!more) {
      coded.close();
    }
    return more;
  }

  /** The response is over, as it should be or because the client left. */
  private void end() {
    boolean close;
    synchronized (this) {
      close = !ended && !writing;
      ended = true;
    }
    if (close) {
      stream.close();
    }
  }
}
