package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares answers to those that {@code src/test/alertmanager/record} got from Alertmanager 0.34
 * for the same requests and configuration.
 */
class AlertmanagerRecordedTest {

  private static final Path RECORDED = Path.of("src/test/alertmanager");
  private static final Pattern TIME_ASKED = Pattern.compile("\\{now([+-]\\d+)?\\}");
  private static final Pattern TIME_ANSWERED =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What Go's packages say of JSON and regular expressions that are none is not said in their
   * words.
   */
  private static final Set<String> OTHER_WORDS =
      Set.of("silence that is a list", "alerts bad regex");

  @TempDir Path folder;
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Map<String, String> kept = new LinkedHashMap<>();

  @Test
  void answersAsAlertmanagerDoes() throws IOException {
    Files.copy(RECORDED.resolve("alertmanager.yml"), folder.resolve("alertmanager.yml"));
    Path config =
        Files.writeString(
            folder.resolve("ghostworks.yml"), "files:\n  alertmanager: alertmanager.yml\n");
    JsonNode expected = JSON.readTree(RECORDED.resolve("answers.json").toFile());
    try (Platform platform =
        Platform.start(
            new ServeOptions(
                Optional.of(config),
                folder.resolve("data"),
                0,
                "127.0.0.1",
                Optional.empty(),
                Optional.empty(),
                true))) {
      Client client = new Client(platform.address(ListenerName.ALERTMANAGER));
      SoftAssertions softly = new SoftAssertions();
      for (JsonNode request : JSON.readTree(RECORDED.resolve("requests.json").toFile())) {
        String name = request.get("name").asText();
        Client.Reply reply = ask(client, request);
        JsonNode answer = expected.get(name);
        softly.assertThat(reply.status()).as(name).isEqualTo(answer.get("status").asInt());
        if (!OTHER_WORDS.contains(name)) {
          softly.assertThat(shown(reply.text())).as(name).isEqualTo(answer.get("body").asText());
        }
      }
      softly.assertAll();
    }
  }

  private Client.Reply ask(Client client, JsonNode request) throws IOException {
    String method = request.get("method").asText();
    String path = filled(request.get("path").asText());
    JsonNode body = request.get("body");
    byte[] bytes =
        body == null ? new byte[0] : filled(body.toString()).getBytes(StandardCharsets.UTF_8);
    Client.Reply reply =
        method.equals("POST")
            ? client.post(path, "application/json", bytes)
            : client.send(method, path, bytes);
    if (request.has("keep")) {
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      kept.put(request.get("keep").asText(), JSON.readTree(reply.text()).get("silenceID").asText());
    }
    return reply;
  }

  private String filled(String text) {
    String result =
        TIME_ASKED
            .matcher(text)
            .replaceAll(match ->
                start
                    .plusSeconds(match.group(1) == null ? 0 : Long.parseLong(match.group(1)))
                    .toString());
    for (Map.Entry<String, String> id : kept.entrySet()) {
      result = result.replace("{" + id.getKey() + "}", id.getValue());
    }
    return result;
  }

  private String shown(String text) {
    String result = text;
    for (Map.Entry<String, String> id : kept.entrySet()) {
      result = result.replace(id.getValue(), "{" + id.getKey() + "}");
    }
    Matcher times = TIME_ANSWERED.matcher(result);
    return times.replaceAll(match -> {
      double seconds = Duration.between(start, Instant.parse(match.group())).toMillis() / 1e3;
      return seconds > -5 && seconds < 30
          ? "{now}"
          : "{now%+d}".formatted(Math.round(seconds / 30) * 30);
    });
  }
}
