package io.ghostworks.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.server.cli.ServerAddress.ServerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alerts test-send}: sends a notification for a test by a receiver of a running server. */
@Command(
    name = "test-send",
    mixinStandardHelpOptions = true,
    description = {
      "Sends a notification for a test by all integrations of a receiver, and says how it went.",
      "It needs an admin's token, and fails unless every integration took it."
    })
final class TestSendCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;
  @Mixin private final WebAddress server = new WebAddress();

  @Parameters(paramLabel = "RECEIVER", description = "A receiver of the configuration.")
  private String receiver = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "An alertmanager.yml to be tried in the place of the server's own.")
  private @Nullable Path config;

  @Option(
      names = "--alerts",
      paramLabel = "FILE",
      description = "Alerts as Alertmanager's API takes them, as JSON (default a sample).")
  private @Nullable Path alerts;

  @Option(names = "--json", description = "Prints the answer as the server gave it.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      JsonNode answer = server.post("/api/platform/notifications/test", request());
      if (json) {
        out.println(answer);
      } else {
        answer.path("integrations").forEach(each -> print(each, out));
      }
      out.flush();
      return answer.path("delivered").asBoolean() ? 0 : 1;
    } catch (ServerException | IOException e) {
      spec.commandLine().getErr().println("ghostworks: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private byte[] request() throws IOException {
    ObjectNode request = JSON.createObjectNode().put("receiver", receiver);
    if (config != null) {
      request.put("configuration", Files.readString(config));
    }
    if (alerts != null) {
      request.set("alerts", JSON.readTree(Files.readString(alerts)));
    }
    return JSON.writeValueAsBytes(request);
  }

  private static void print(JsonNode integration, PrintWriter out) {
    boolean delivered = integration.path("delivered").asBoolean();
    out.printf(
        "%s  %s  (%s, %.2f s)%n",
        delivered ? "delivered" : "FAILED   ",
        integration.path("integration").asText(),
        integration.path("target").asText(),
        integration.path("seconds").asDouble());
    if (!delivered) {
      out.printf("  %s%n", integration.path("error").asText());
    }
    integration
        .path("exchanges")
        .forEach(exchange ->
            out.printf(
                "  %s → %s%n",
                exchange.path("request").asText(),
                exchange.path("status").asInt() == 0
                    ? "no answer"
                    : exchange.path("status").asText()));
  }
}
