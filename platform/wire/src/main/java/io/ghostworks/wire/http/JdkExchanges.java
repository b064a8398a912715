package io.ghostworks.wire.http;

import io.ghostworks.wire.compress.BodyTooLargeException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Exchanges by the JDK's client, which keeps connections open. */
public final class JdkExchanges implements HttpExchanges {
  private final ExecutorService executor;
  private final HttpClient client;
  private final boolean http2;

  /**
   * @param tls for {@code https}, or null for the platform's trust store
   * @param protocols of TLS, in Java's names; none for the platform's
   * @param http2 whether HTTP/2 may be negotiated over TLS
   */
  public JdkExchanges(
      Duration connectTimeout, @Nullable SSLContext tls, String[] protocols, boolean http2) {
    this.http2 = http2;
    this.executor = Executors.newVirtualThreadPerTaskExecutor();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .executor(executor);
    if (tls != null) {
      builder.sslContext(tls);
    }
    if (protocols.length > 0) {
      SSLParameters parameters = new SSLParameters();
      parameters.setProtocols(protocols);
      builder.sslParameters(parameters);
    }
    this.client = builder.build();
  }

  @Override
  public HttpAnswer exchange(Request request, Duration timeout)
      throws IOException, InterruptedException {
    byte[] body = request.body();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri())
            .method(
                request.method(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (http2 && "https".equals(request.uri().getScheme())) {
      builder.version(HttpClient.Version.HTTP_2);
    }
    for (Map.Entry<String, String> header : request.headers()) {
      builder.header(header.getKey(), header.getValue());
    }
    CompletableFuture<HttpResponse<byte[]>> future =
        client.sendAsync(builder.build(), info -> new BoundedBody(request.responseBytesMax()));
    try {
      HttpResponse<byte[]> response = future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return new HttpAnswer(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new HttpTimeoutException(
          "no answer from %s within %s ms".formatted(request.uri(), timeout.toMillis()));
    } catch (ExecutionException e) {
      throw rethrown(e);
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    }
  }

  private static IOException rethrown(ExecutionException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyTooLargeException tooLarge) {
        throw tooLarge;
      }
      if (cause instanceof HttpTimeoutException timeout) {
        return timeout;
      }
    }
    return failure.getCause() instanceof IOException io
        ? io
        : new IOException(String.valueOf(failure.getCause()), failure);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
    executor.close();
  }
}
