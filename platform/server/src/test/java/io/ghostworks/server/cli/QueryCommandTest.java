package io.ghostworks.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryCommandTest {

  private static final String VECTOR =
      """
      {"status":"success","data":{"resultType":"vector","result":[
        {"metric":{"__name__":"up","job":"a \\"b\\",c"},"value":[1700000000.5,"1"]},
        {"metric":{"zone":"x"},"histogram":[1700000001,{"count":"2"}]}]},
       "warnings":["w1"],"infos":["i1"]}
      """;

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private HttpServer server;
  private String asked = "";
  private String answer = VECTOR;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked =
              exchange.getRequestURI()
                  + " "
                  + URLDecoder.decode(
                      new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                      StandardCharsets.UTF_8)
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Scope-OrgID");
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.contains("success") ? 200 : 400, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int run(String kind, String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "query";
    all[1] = kind;
    all[2] = "--server";
    all[3] = "http://127.0.0.1:%d/prefix/".formatted(server.getAddress().getPort());
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return CommandLine.run(
        all,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsATable() {
    assertThat(run("instant", "--time", "1700000000", "up")).isZero();
    assertThat(asked).startsWith("/prefix/api/v1/query query=up&time=1700000000 null null");
    assertThat(out())
        .isEqualToNormalizingNewlines(
            """
            SERIES               TIME                      VALUE
            up{job="a \\"b\\",c"}  2023-11-14T22:13:20.500Z  1
            {zone="x"}           2023-11-14T22:13:21Z      {"count":"2"}
            """);
    assertThat(err()).contains("warning: w1").contains("info: i1");
  }

  @Test
  void printsCommaSeparatedValues() {
    assertThat(run("range", "-o", "csv", "--start", "0", "--end", "500", "up")).isZero();
    assertThat(asked).contains("query=up&start=0&end=500&step=2");
    assertThat(out())
        .isEqualTo(
            String.join(
                "\r\n",
                "__name__,job,zone,timestamp,value",
                "up,\"a \"\"b\"\",c\",\"\",2023-11-14T22:13:20.500Z,1",
                "\"\",\"\",x,2023-11-14T22:13:21Z,\"{\"\"count\"\":\"\"2\"\"}\"",
                ""));
  }

  @Test
  void printsTheAnswersJsonWithItsNumbers() {
    assertThat(run("instant", "--output=json", "up")).isZero();
    assertThat(out()).contains("[1700000000.5,\"1\"]");
  }

  @Test
  void listsSeriesAndLabels() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "secret\n");
    answer = "{\"status\":\"success\",\"data\":[{\"__name__\":\"up\",\"a\":\"b\"}]}";
    assertThat(run("series", "--token-file", token.toString(), "--tenant", "t1", "up")).isZero();
    assertThat(asked).isEqualTo("/prefix/api/v1/series match[]=up Bearer secret t1");
    assertThat(out()).isEqualToNormalizingNewlines("up{a=\"b\"}\n");
    out.reset();
    answer = "{\"status\":\"success\",\"data\":[\"x\",\"y\"]}";
    assertThat(run("labels", "--match", "up", "my job")).isZero();
    assertThat(asked).startsWith("/prefix/api/v1/label/my%20job/values?match[]=up");
    assertThat(out()).isEqualToNormalizingNewlines("x\ny\n");
  }

  @Test
  void tellsErrorsOfServerAndUser() {
    answer = "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no\"}";
    assertThat(run("instant", "up{")).isEqualTo(1);
    assertThat(err()).contains("query error: bad_data: no");
    assertThat(run("range", "--start", "yesterday", "up")).isEqualTo(2);
    assertThat(run("range", "--start", "5", "--end", "4", "up")).isEqualTo(2);
    assertThat(run("series")).isEqualTo(2);
    answer = "no json";
    assertThat(run("instant", "up")).isEqualTo(1);
    server.stop(0);
    assertThat(run("instant", "up")).isEqualTo(1);
    assertThat(err()).contains("is a server running there?");
  }
}
