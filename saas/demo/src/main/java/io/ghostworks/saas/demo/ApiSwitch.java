package io.ghostworks.saas.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A failure inside the api, which it turns itself when asked by HTTP. */
record ApiSwitch(String name, String description, AlertDue due, URI api, HttpClient client)
    implements Switch {
  @Override
  public void turn(boolean on) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/internal/faults/" + name))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"on\":" + on + "}"))
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("the api answered " + response.statusCode() + ": " + response.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking the api", e);
    }
  }
}
