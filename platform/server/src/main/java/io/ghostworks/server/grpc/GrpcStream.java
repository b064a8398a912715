package io.ghostworks.server.grpc;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.server.http.FedStream;
import io.ghostworks.server.http.GrpcStatus;
import io.ghostworks.server.http.RequestException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of a response of many, on their way from who evaluates to the client. Messages that
 * wait are held against the query's memory. States: open (messages may come), ended (with a status,
 * which goes out behind the messages that wait), closed (the client has left: what comes is
 * dropped). Thread-safe.
 */
public final class GrpcStream implements FedStream {

  private static final Logger log = LoggerFactory.getLogger(GrpcStream.class);

  /** The type of a {@link RequestException} that becomes the status of the same name. */
  public static final String NOT_FOUND = "NOT_FOUND";

  private static final String PARTIAL = "x-ghostworks-partial";

  /** Of a source so many bytes are made at a time. */
  private static final int MADE_BYTES = 256 * 1024;

  private static final int NOT_FOUND_CODE = 5;
  private static final int OK = 0;
  private static final int CANCELED = 1;
  private static final int DEADLINE_EXCEEDED = 4;
  private static final int INTERNAL = 13;

  private final QueryContext context;
  private final Queue<byte[]> waiting = new ArrayDeque<>(); // guarded by this
  private CompletableFuture<Void> news = new CompletableFuture<>(); // guarded by this
  private int status = -1; // guarded by this
  private String message = ""; // guarded by this
  private String partial = ""; // guarded by this
  private @Nullable MessageSource source; // guarded by this
  private boolean closed; // guarded by this

  /**
   * @param context of the query; closed by whom it belongs to, after this
   */
  public GrpcStream(QueryContext context) {
    this.context = context;
  }

  /** Sends a message. */
  public void send(byte[] protobuf) {
    context.reserve(protobuf.length);
    synchronized (this) {
      if (closed || status >= 0) {
        context.release(protobuf.length);
        return;
      }
      waiting.add(protobuf);
    }
    wake();
  }

  /**
   * Sends messages behind those that wait, each made when the client takes it. They are the last
   * ones; the stream closes their source.
   */
  public void sendAll(MessageSource messages) {
    synchronized (this) {
      if (!closed && status < 0) {
        source = messages;
      } else {
        messages.close();
      }
    }
    wake();
  }

  /** Says, behind all messages, why they are not all there could be. */
  public synchronized void partial(String why) {
    partial = why;
  }

  @Override
  public void end() {
    end(OK, "");
  }

  /** The response breaks off behind what was sent, with the status that says why. */
  @Override
  public void fail(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    switch (failure) {
      case RequestException e ->
          end(e.type().equals(NOT_FOUND) ? NOT_FOUND_CODE : GrpcStatus.of(e.status()), text);
      case QueryException e ->
          end(
              switch (e.kind()) {
                case BAD_QUERY -> GrpcStatus.of(400);
                case EXECUTION, LIMIT -> GrpcStatus.of(413);
                case TIMEOUT -> DEADLINE_EXCEEDED;
                case CANCELED -> CANCELED;
              },
              text);
      case OverloadedException e -> end(GrpcStatus.UNAVAILABLE, text);
      default -> {
        log.error("a stream of messages broke off", failure);
        end(INTERNAL, "an error of this platform, which its log shows");
      }
    }
  }

  private void end(int code, String text) {
    synchronized (this) {
      if (status < 0) {
        status = code;
        message = text;
      }
    }
    wake();
  }

  private void wake() {
    CompletableFuture<Void> told;
    synchronized (this) {
      told = news;
    }
    told.complete(null);
  }

  @Override
  public synchronized CompletionStage<?> ready() {
    return news;
  }

  @Override
  public boolean write(OutputStream out) throws IOException {
    while (true) {
      byte[] next;
      MessageSource rest;
      synchronized (this) {
        next = waiting.poll();
        rest = source;
        if (next == null && rest == null) {
          if (status >= 0) {
            return false;
          }
          news = new CompletableFuture<>();
          return true;
        }
      }
      if (next != null) {
        out.write(GrpcMessages.framed(next));
        context.release(next.length);
      } else if (rest != null && write(rest, out)) {
        return true; // The client takes this one before the next one is made.
      }
    }
  }

  /** Writes the next messages of a source; false if there are no more. */
  private boolean write(MessageSource messages, OutputStream out) throws IOException {
    int written = 0;
    try {
      while (written < MADE_BYTES) {
        byte[] made = messages.next();
        if (made == null) {
          leave();
          return written > 0;
        }
        out.write(GrpcMessages.framed(made));
        written += made.length;
      }
      return true;
    } catch (RuntimeException e) {
      leave();
      synchronized (this) {
        status = -1; // The evaluation has ended well, its answer has not.
      }
      fail(e);
      return written > 0;
    }
  }

  /** Ends the source. */
  private void leave() {
    MessageSource left;
    synchronized (this) {
      left = source;
      source = null;
    }
    if (left != null) {
      left.close();
    }
  }

  @Override
  public synchronized Map<String, String> trailers() {
    Map<String, String> trailers = new TreeMap<>();
    trailers.put(GrpcStatus.HEADER, Integer.toString(Math.max(status, OK)));
    if (!message.isEmpty()) {
      trailers.put("grpc-message", GrpcErrors.escaped(message));
    }
    if (!partial.isEmpty()) {
      trailers.put(PARTIAL, GrpcErrors.escaped(partial));
    }
    return trailers;
  }

  @Override
  public void close() {
    long held = 0;
    leave();
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      for (byte[] one : waiting) {
        held += one.length;
      }
      waiting.clear();
    }
    context.release(held);
  }
}
