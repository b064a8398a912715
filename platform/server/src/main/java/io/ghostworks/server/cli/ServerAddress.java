package io.ghostworks.server.cli;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which commands find a running server, and the requests that they send to it. */
final class ServerAddress {

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN.mappedFeature());
  private static final int TRIES_MAX = 60;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  @Option(
      names = {"-s", "--server"},
      paramLabel = "URL",
      defaultValue = "http://localhost:9090",
      description =
          "Where the Prometheus API is (default ${DEFAULT-VALUE}); on the web listener with the"
              + " path /prometheus.")
  private URI server = URI.create("http://localhost:9090");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token that is sent, for example DATA/tokens/read.")
  private @Nullable Path tokenFile;

  @Option(names = "--tenant", paramLabel = "ID", description = "The tenant that is asked.")
  private @Nullable String tenant;

  /** The server answered with an error, or not at all. */
  static final class ServerException extends Exception {
    private static final long serialVersionUID = 1;

    ServerException(String message) {
      super(message);
    }
  }

  /**
   * The answer of a Prometheus endpoint, its {@code status} being success.
   *
   * @param form sent as a form, so that no query is too long
   */
  JsonNode ask(String path, List<Map.Entry<String, String>> form)
      throws ServerException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
            .build();
    return answer(request);
  }

  /** The same by a GET, for endpoints that take no form. */
  JsonNode get(String path, List<Map.Entry<String, String>> query)
      throws ServerException, InterruptedException {
    return answer(request(path + "?" + encoded(query)).GET().build());
  }

  /**
   * Sends a body, again while the server has no room for it.
   *
   * @return what the server refused of it, "" if nothing
   */
  String post(String path, String coding, byte[] body)
      throws ServerException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Encoding", coding)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
      for (int tries = 1; ; tries++) {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 == 2) {
          return "";
        }
        if (response.statusCode() == 400) {
          return response.body();
        }
        if (response.statusCode() != 503 || tries == TRIES_MAX) {
          throw new ServerException(
              "status %d: %s".formatted(response.statusCode(), response.body().strip()));
        }
        Thread.sleep(RETRY_AFTER);
      }
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private ServerException unreachable(IOException e) {
    return new ServerException(
        "%s gives no answer: %s (is a server running there? name another with --server)"
            .formatted(server, e.getMessage() == null ? e : e.getMessage()));
  }

  private HttpRequest.Builder request(String path) throws ServerException {
    String base = server.toString();
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
              URI.create(
                  (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path));
      if (tokenFile != null) {
        request.header("Authorization", "Bearer " + Files.readString(tokenFile).strip());
      }
      if (tenant != null) {
        request.header("X-Scope-OrgID", tenant);
      }
      return request;
    } catch (IOException e) {
      throw new ServerException("the token cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ServerException(
          "--server must be a URL with http:// or https://, got '%s'".formatted(server));
    }
  }

  private JsonNode answer(HttpRequest request) throws ServerException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      JsonNode answer;
      try (InputStream body = response.body()) {
        answer = MAPPER.readTree(body);
      }
      if (!answer.path("status").asText().equals("success")) {
        throw new ServerException(
            "%s: %s"
                .formatted(
                    answer.path("errorType").asText("error " + response.statusCode()),
                    answer.path("error").asText("no answer of the Prometheus API")));
      }
      return answer;
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private static String encoded(List<Map.Entry<String, String>> form) {
    return form.stream()
        .map(entry ->
            entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
