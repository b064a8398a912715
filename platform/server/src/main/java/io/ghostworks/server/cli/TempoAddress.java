package io.ghostworks.server.cli;

import io.ghostworks.server.cli.ServerAddress.ServerException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which commands about traces find a running server, and how they ask it. */
final class TempoAddress {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int ERROR_CHARS_MAX = 2_000;

  @Option(
      names = {"-s", "--server"},
      paramLabel = "URL",
      defaultValue = "http://localhost:3200",
      description =
          "Where the Tempo API is (default ${DEFAULT-VALUE}); on the web listener with the path"
              + " /tempo.")
  private URI server = URI.create("http://localhost:3200");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token that is sent, for example DATA/tokens/read.")
  private @Nullable Path tokenFile;

  @Option(names = "--tenant", paramLabel = "ID", description = "The tenant that is asked.")
  private @Nullable String tenant;

  /** The body of an answer with status 200. */
  byte[] get(String path, String accept) throws ServerException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
      HttpResponse<byte[]> response =
          client.send(request(path, accept), HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        String text = new String(response.body(), StandardCharsets.UTF_8).strip();
        throw new ServerException(
            "status %d: %s"
                .formatted(
                    response.statusCode(),
                    text.substring(0, Math.min(ERROR_CHARS_MAX, text.length()))));
      }
      return response.body();
    } catch (IOException e) {
      throw new ServerException(
          "%s gives no answer: %s (is a server running there? name another with --server)"
              .formatted(server, e.getMessage() == null ? e : e.getMessage()));
    }
  }

  private HttpRequest request(String path, String accept) throws ServerException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(server.toString().replaceAll("/+$", "") + path))
              .header("Accept", accept);
      if (tokenFile != null) {
        request.header("Authorization", "Bearer " + Files.readString(tokenFile).strip());
      }
      if (tenant != null) {
        request.header("X-Scope-OrgID", tenant);
      }
      return request.build();
    } catch (IOException e) {
      throw new ServerException("the token cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ServerException(
          "--server must be a URL with http:// or https://, got '%s'".formatted(server));
    }
  }
}
