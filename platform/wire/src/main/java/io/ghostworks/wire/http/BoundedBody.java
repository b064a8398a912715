package io.ghostworks.wire.http;

import io.ghostworks.wire.compress.BodyTooLargeException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a limit; beyond it the connection is given up. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
  private static final int FIRST_BUFFER_BYTES = 16 << 10;

  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final int limitBytes;
  private byte[] bytes;
  private int size;
  private Flow.@Nullable Subscription subscription;

  BoundedBody(int limitBytes) {
    this.limitBytes = limitBytes;
    this.bytes = new byte[Math.min(limitBytes, FIRST_BUFFER_BYTES)];
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      int count = buffer.remaining();
      if (count > limitBytes - size) {
        if (subscription != null) {
          subscription.cancel();
        }
        body.completeExceptionally(new BodyTooLargeException(limitBytes));
        return;
      }
      if (size + count > bytes.length) {
        bytes =
            Arrays.copyOf(
                bytes, (int) Math.min(limitBytes, Math.max(size + count, bytes.length * 2L)));
      }
      buffer.get(bytes, size, count);
      size += count;
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(Arrays.copyOf(bytes, size));
  }
}
