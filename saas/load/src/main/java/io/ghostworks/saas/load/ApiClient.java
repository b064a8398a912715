package io.ghostworks.saas.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Calls the API and counts how it answers. A call that gets no answer counts as failed.
 * Thread-safe.
 */
final class ApiClient implements Api {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final URI target;
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();

  ApiClient(URI target) {
    this.target = target;
  }

  @Override
  public Answer send(
      String method, String path, @Nullable String token, @Nullable Map<String, ?> body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(target.resolve(path))
              .timeout(TIMEOUT)
              .method(
                  method,
                  body == null
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
      if (body != null) {
        request.header("Content-Type", "application/json");
      }
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
      count(response.statusCode());
      return new Answer(response.statusCode(), parse(response));
    } catch (IOException e) {
      failed.increment();
      return new Answer(0, MissingNode.getInstance());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(0, MissingNode.getInstance());
    }
  }

  /** What was counted since the last call. */
  String takeCounts() {
    return "succeeded="
        + succeeded.sumThenReset()
        + " refused="
        + refused.sumThenReset()
        + " failed="
        + failed.sumThenReset();
  }

  private JsonNode parse(HttpResponse<byte[]> response) throws IOException {
    boolean isJson = response.headers().firstValue("Content-Type").orElse("").contains("json");
    return isJson && response.body().length > 0
        ? json.readTree(response.body())
        : MissingNode.getInstance();
  }

  private void count(int status) {
    if (status >= 500) {
      failed.increment();
    } else if (status >= 400) {
      refused.increment();
    } else {
      succeeded.increment();
    }
  }
}
