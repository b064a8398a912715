package io.ghostworks.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracesCommandTest {
  private static final String ANSWER =
      """
      {"traces":[{"traceID":"af76","rootServiceName":"shop","rootTraceName":"GET \\u001b[2J/",
        "startTimeUnixNano":"1700000000123456789","durationMs":1234,
        "spanSets":[{"matched":3,"spans":[]}],
        "serviceStats":{"shop":{"spanCount":4,"errorCount":1},"db":{"spanCount":5}}}],
       "metrics":{}}
      """;

  private HttpServer tempo;
  private String asked = "";
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    tempo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    tempo.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestURI().getRawQuery();
          byte[] body = (status == 200 ? ANSWER : "bad query").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    tempo.start();
  }

  @AfterEach
  void stop() {
    tempo.stop(0);
  }

  @Test
  void listsTracesWithTheirSpansAndFailures() {
    assertThat(run("{ status = error }", "--from=1700000000", "--to=1700000600", "--limit=7"))
        .isEqualTo(
            """
            0 TRACE  START                     DURATION  SPANS  FAILED  MATCHED  ROOT
            af76   2023-11-14T22:13:20.123Z  1.23s     9      1       3        shop GET ·[2J/
            """);
    assertThat(asked)
        .isEqualTo("q=%7B+status+%3D+error+%7D&start=1700000000&end=1700000600&limit=7");
    assertThat(run("{ }", "--output=csv")).startsWith("0 TRACE,START,DURATION,SPANS,FAILED");
    assertThat(run("{ }", "--json")).startsWith("0 {\"traces\":[{\"traceID\":\"af76\"");
  }

  @Test
  void saysWhatIsWrong() {
    status = 400;
    assertThat(run("{")).isEqualTo("1 status 400: bad query\n");
    assertThat(run("{ }", "--limit=0")).startsWith("2 --limit must be at least 1");
    assertThat(run("{ }", "--since=x")).startsWith("2 --since must be a duration");
    assertThat(run("{ }", "--from=yesterday")).startsWith("2 --from must be Unix seconds");
  }

  /** The exit status and what was written. */
  private String run(String query, String... options) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    String[] arguments = new String[options.length + 3];
    arguments[0] = "traces";
    arguments[1] = "--server=http://127.0.0.1:" + tempo.getAddress().getPort();
    arguments[2] = query;
    System.arraycopy(options, 0, arguments, 3, options.length);
    int exit = CommandLine.run(arguments, out, out);
    return exit + " " + written.toString(StandardCharsets.UTF_8);
  }
}
