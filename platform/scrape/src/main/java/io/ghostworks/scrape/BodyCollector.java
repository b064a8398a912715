package io.ghostworks.scrape;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes a body as it comes in and breaks off as soon as it is too large. Used for one exchange. */
final class BodyCollector
    implements HttpResponse.BodyHandler<Boolean>, HttpResponse.BodySubscriber<Boolean> {
  private final long bodyMax;
  private final BodyBuffer received;
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private volatile boolean tooLarge;

  /**
   * @param bodyMax a body of this many bytes or more is too large
   * @param buffer takes the bytes; belongs to this exchange until it is over
   */
  BodyCollector(long bodyMax, BodyBuffer buffer) {
    this.bodyMax = bodyMax;
    this.received = buffer;
    buffer.clear();
  }

  boolean isTooLarge() {
    return tooLarge;
  }

  /** A copy of the bytes, after the exchange. */
  byte[] received() {
    return Arrays.copyOf(received.bytes(), received.length());
  }

  @Override
  public HttpResponse.BodySubscriber<Boolean> apply(HttpResponse.ResponseInfo response) {
    return this;
  }

  @Override
  public CompletionStage<Boolean> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (tooLarge) {
      return;
    }
    for (ByteBuffer buffer : buffers) {
      int more = buffer.remaining();
      if (received.length() + (long) more >= bodyMax) {
        tooLarge = true;
        if (subscription != null) {
          subscription.cancel();
        }
        done.completeExceptionally(new IOException("body size limit exceeded"));
        return;
      }
      received.reserve(more);
      buffer.get(received.bytes(), received.length(), more);
      received.advance(more);
    }
  }

  @Override
  public void onError(Throwable error) {
    done.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    done.complete(true);
  }
}
