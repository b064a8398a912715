package io.ghostworks.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.cli.ServerAddress.ServerException;
import java.io.IOException;
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

/** The options by which commands find the web listener of a running server, and how they ask it. */
final class WebAddress {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int ERROR_CHARS_MAX = 2_000;

  @Option(
      names = {"-s", "--server"},
      paramLabel = "URL",
      defaultValue = "http://localhost:3000",
      description = "Where the web listener is (default ${DEFAULT-VALUE}).")
  private URI server = URI.create("http://localhost:3000");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token that is sent, for example DATA/tokens/read.")
  private @Nullable Path tokenFile;

  @Option(names = "--tenant", paramLabel = "ID", description = "The tenant that is asked.")
  private @Nullable String tenant;

  /** The answer, its status being 200. */
  JsonNode get(String path, List<Map.Entry<String, String>> query)
      throws ServerException, InterruptedException {
    return answer(request(path + "?" + encoded(query)).GET().build());
  }

  /** The answer to a body of JSON, its status being 200. */
  JsonNode post(String path, byte[] json) throws ServerException, InterruptedException {
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json))
            .build());
  }

  private JsonNode answer(HttpRequest request) throws ServerException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        String text = response.body().strip();
        throw new ServerException(
            "status %d: %s"
                .formatted(
                    response.statusCode(),
                    text.substring(0, Math.min(ERROR_CHARS_MAX, text.length()))));
      }
      return MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new ServerException(
          "%s gives no answer: %s (is a server running there? name another with --server)"
              .formatted(server, e.getMessage() == null ? e : e.getMessage()));
    }
  }

  private HttpRequest.Builder request(String path) throws ServerException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(server.toString().replaceAll("/+$", "") + path))
              .header("Accept", "application/json");
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

  private static String encoded(List<Map.Entry<String, String>> query) {
    return query.stream()
        .map(entry ->
            entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
