package io.ghostworks.saas.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * What answers 200 when something that is waited for has come.
 *
 * @param text what stands in the answer then, perhaps nothing
 */
record Probe(URI uri, String text) {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  boolean holds(HttpClient client) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 200 && answer.body().contains(text);
    } catch (IOException e) {
      // Nobody listens yet: that is what is waited for.
      return false;
    }
  }
}
