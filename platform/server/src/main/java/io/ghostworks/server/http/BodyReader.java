package io.ghostworks.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.stream.SubscriptionOption;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Reads the body of one request into one array. Memory is reserved as the body arrives and not for
 * what a sender announces: who announces much and sends nothing holds nothing. Works on the
 * request's event loop.
 */
final class BodyReader implements Subscriber<HttpObject> {

  private static final int FIRST_BYTES = 4 * 1024;

  private final RequestMemory memory;
  private final long announcedBytes;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private byte[] buffer = new byte[0];
  private int size;
  private @Nullable Subscription subscription;

  private BodyReader(RequestMemory memory, long announcedBytes) {
    this.memory = memory;
    this.announcedBytes = announcedBytes;
  }

  /**
   * The body. The future fails with a {@link RequestException} of status 408 if the body is not
   * there in time, and the connection is then closed; it fails as {@link RequestMemory#reserve}
   * does if there is no room for it.
   *
   * @param announcedBytes what the headers announce, or -1
   */
  static CompletableFuture<byte[]> read(
      ServiceRequestContext context,
      HttpRequest request,
      long announcedBytes,
      Duration limit,
      RequestMemory memory) {
    BodyReader reader = new BodyReader(memory, announcedBytes);
    var deadline =
        context
            .eventLoop()
            .schedule(
                () ->
                    reader.fail(
                        new RequestException(
                            408,
                            "the request's body was not there within %d ms: send smaller batches, or send them faster"
                                .formatted(limit.toMillis()))),
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
    request.subscribe(reader, context.eventLoop(), SubscriptionOption.WITH_POOLED_OBJECTS);
    return reader.whole.whenComplete((body, failure) -> {
      deadline.cancel(false);
      if (failure instanceof RequestException) {
        var _ = context.initiateConnectionShutdown();
      }
    });
  }

  @Override
  public void onSubscribe(Subscription subscribed) {
    subscription = subscribed;
    subscribed.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpObject part) {
    if (!(part instanceof HttpData data)) {
      return; // Trailers say nothing that is needed.
    }
    try (data) {
      if (!whole.isDone()) {
        append(data);
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void append(HttpData data) {
    int needed = Math.addExact(size, data.length());
    if (needed > buffer.length) {
      resize((int) Math.max(needed, capacity()));
    }
    data.byteBuf().readBytes(buffer, size, data.length());
    size = needed;
  }

  /** Twice as much as now, and not more than will be needed where that is known. */
  private long capacity() {
    long doubled = Math.min(Integer.MAX_VALUE - 8L, Math.max(FIRST_BYTES, 2L * buffer.length));
    return announcedBytes >= 0 ? Math.min(doubled, announcedBytes) : doubled;
  }

  private void resize(int length) {
    memory.reserve(length);
    int before = buffer.length;
    buffer = Arrays.copyOf(buffer, length);
    memory.release(before);
  }

  private void fail(Throwable cause) {
    if (whole.completeExceptionally(cause) && subscription != null) {
      buffer = new byte[0];
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable cause) {
    whole.completeExceptionally(cause);
  }

  @Override
  public void onComplete() {
    try {
      if (size != buffer.length) {
        resize(size);
      }
      whole.complete(buffer);
    } catch (RuntimeException e) {
      fail(e);
    }
  }
}
