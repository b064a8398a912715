package io.ghostworks.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.Telemetry;
import io.ghostworks.server.wiring.Platform;
import io.ghostworks.server.wiring.ServeOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCommandTest {

  @Test
  void drawsATraceOfAServerAndOfAFile(@TempDir Path data, @TempDir Path files) throws IOException {
    ServeOptions options =
        new ServeOptions(
            Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true);
    Telemetry telemetry = new Telemetry("drawn", System.currentTimeMillis());
    try (Platform platform = Platform.start(options)) {
      assertThat(
              new Client(platform.address(ListenerName.OTLP_HTTP))
                  .post("/v1/traces", "application/json", telemetry.traces())
                  .status())
          .isEqualTo(200);
      String server = "--server=http://127.0.0.1:" + platform.address(ListenerName.TEMPO).getPort();
      assertThat(run("trace", server, Telemetry.TRACE_ID))
          .startsWith("0 trace " + Telemetry.TRACE_ID)
          .contains("drawn-service drawn-span")
          .contains("5ms");
      assertThat(run("trace", server, "--json", Telemetry.TRACE_ID))
          .contains("\"rootName\":\"drawn-span\"");
      assertThat(run("trace", server, "4711")).startsWith("1 status 404");
    }
    Path otlp = Files.write(files.resolve("otlp.json"), telemetry.traces());
    assertThat(run("trace", "--width=60", otlp.toString())).contains("drawn-service drawn-span");
    String jaeger = run("trace", "--format=jaeger", otlp.toString());
    assertThat(jaeger).contains("\"operationName\":\"drawn-span\"");
    Path written = Files.writeString(files.resolve("jaeger.json"), jaeger.substring(2));
    assertThat(run("trace", written.toString())).contains("drawn-service drawn-span");
    Path zipkin =
        Files.writeString(
            files.resolve("zipkin.json"),
            "[{\"traceId\":\"af7651916cd43dd8\",\"id\":\"b7ad6b7169203331\",\"name\":\"sent\",\"timestamp\":1700000000000000,\"duration\":5000,\"localEndpoint\":{\"serviceName\":\"shop\"}}]");
    assertThat(run("trace", "--format=zipkin", otlp.toString()))
        .contains("\"name\":\"drawn-span\"");
    assertThat(run("trace", zipkin.toString())).contains("shop sent").contains("5ms");
  }

  @Test
  void saysWhatIsWrong(@TempDir Path files) throws IOException {
    assertThat(run("trace", "no such file")).startsWith("2 'no such file' is neither");
    assertThat(run("trace", "--width=3", "1")).startsWith("2 --width must be from 40");
    Path other = Files.writeString(files.resolve("other.json"), "{}");
    assertThat(run("trace", other.toString()))
        .startsWith("1 ")
        .contains("must be a trace as JSON of");
  }

  /** The exit status and what was written. */
  private static String run(String... arguments) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    int status = CommandLine.run(arguments, out, out);
    return status + " " + written.toString(StandardCharsets.UTF_8);
  }
}
