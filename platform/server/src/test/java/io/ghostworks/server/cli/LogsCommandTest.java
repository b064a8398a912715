package io.ghostworks.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.wiring.Platform;
import io.ghostworks.server.wiring.ServeOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {

  @Test
  void writesTheLinesOfAQuery(@TempDir Path data) {
    ServeOptions options =
        new ServeOptions(
            Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true);
    try (Platform platform = Platform.start(options)) {
      byte[] push =
          "{\"streams\":[{\"stream\":{\"app\":\"command\"},\"values\":[[\"%d\",\"an error \\u001b[31m here\"]]}]}"
              .formatted(System.currentTimeMillis() * 1_000_000L)
              .getBytes(StandardCharsets.UTF_8);
      assertThat(
              new Client(platform.address(ListenerName.LOKI))
                  .post("/loki/api/v1/push", "application/json", push)
                  .status())
          .isEqualTo(204);
      String server = "--server=http://127.0.0.1:" + platform.address(ListenerName.LOKI).getPort();
      String query = "{app=\"command\"}";
      assertThat(logs(server, "--stream", "detected_level", query))
          .startsWith("0 ")
          .contains(" detected_level=error an error \\u001b[31m here\n");
      assertThat(logs(server, "--output", "json", "--since", "5m", query))
          .startsWith("0 {\"labels\":{\"app\":\"command\"");
      assertThat(logs(server, "--output=csv", "--stream=app", query))
          .startsWith("0 timestamp,app,line\n");
      assertThat(logs(server, "{app=")).startsWith("1 query error: status 400: ");
      assertThat(logs(server, "--output", "xml", query)).startsWith("2 ");
    }
  }

  /** The exit status and what was written. */
  private static String logs(String server, String... more) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    String[] arguments = new String[more.length + 2];
    arguments[0] = "logs";
    arguments[1] = server;
    System.arraycopy(more, 0, arguments, 2, more.length);
    int status = CommandLine.run(arguments, out, out);
    return status + " " + written.toString(StandardCharsets.UTF_8);
  }
}
