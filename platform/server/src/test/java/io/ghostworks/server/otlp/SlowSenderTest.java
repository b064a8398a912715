package io.ghostworks.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestWriter;
import com.linecorp.armeria.common.RequestHeaders;
import io.ghostworks.server.http.ListenerLimits;
import io.ghostworks.server.testing.Client;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever sends slowly, or nothing, holds neither a connection nor memory for long. */
@Timeout(60)
class SlowSenderTest {

  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int CONNECTIONS_MAX = 5;

  @TempDir private static Path folder;
  private static OtlpListener listener;

  @BeforeAll
  static void start() throws Exception {
    listener =
        new OtlpListener(
            folder,
            new ListenerLimits(
                1 << 20, PATIENCE, PATIENCE, LONG, Duration.ofMillis(1_500), CONNECTIONS_MAX),
            1L << 30);
    listener.ready();
  }

  @AfterAll
  static void stop() {
    listener.close();
  }

  @Test
  void endsAConnectionWhoseHeadersComeByteByByte() throws Exception {
    try (Socket socket = socket()) {
      assertThat(dribble(socket, "GET /live HTTP/1.1\r\nHost: localhost\r\nX-Slow: "))
          .as("what was sent before the connection ended")
          .isLessThan(1_000);
    }
  }

  @Test
  void endsAKeptConnectionWhoseNextHeadersComeByteByByte() throws Exception {
    try (Socket socket = socket()) {
      socket.getOutputStream().write(bytes("GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      byte[] answer = new byte[15];
      assertThat(socket.getInputStream().readNBytes(answer, 0, 15)).isEqualTo(15);
      assertThat(dribble(socket, "GET /live HTTP/1.1\r\nX: ")).isLessThan(1_000);
    }
  }

  @Test
  void leavesRequestsAloneThatComeOneAfterAnother() throws Exception {
    long end = System.nanoTime() + PATIENCE.multipliedBy(3).toNanos();
    try (Socket socket = socket()) {
      InputStream in = socket.getInputStream();
      int answers = 0;
      while (System.nanoTime() < end) {
        socket.getOutputStream().write(bytes("GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("live\n") < 0) {
          int next = in.read();
          assertThat(next).as("after %d answers: %s", answers, answer).isGreaterThanOrEqualTo(0);
          answer.append((char) next);
        }
        answers++;
      }
      assertThat(answers).isGreaterThan(10);
    }
  }

  @Test
  void answersABodyThatComesSlowlyWith408() throws Exception {
    try (Socket socket = socket()) {
      socket
          .getOutputStream()
          .write(
              bytes(
                  "POST /v1/logs HTTP/1.1\r\nHost: localhost\r\n"
                      + "Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"));
      Client.Reply reply = Client.parse(socket.getInputStream().readAllBytes());
      assertThat(reply.status()).isEqualTo(408);
      assertThat(reply.text()).contains("within 400 ms").contains("\"code\":4");
    }
    OtlpListener.await("it is counted", () -> listener.observed().contains("/v1/logs 408"));
    OtlpListener.await("nothing is held", () -> listener.requests().usedBytes() == 0);
  }

  @Test
  void answersAGrpcMessageThatComesSlowlyWithItsDeadline() {
    String path = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
    try (ClientFactory factory = ClientFactory.builder().build()) {
      HttpRequestWriter request =
          HttpRequest.streaming(
              RequestHeaders.of(
                  HttpMethod.POST, path, "content-type", "application/grpc", "te", "trailers"));
      request.write(HttpData.wrap(new byte[] {0, 0, 0, 1}));
      AggregatedHttpResponse response =
          WebClient.builder("h2c://127.0.0.1:" + listener.grpc().getPort())
              .factory(factory)
              .build()
              .execute(request)
              .aggregate()
              .join();
      assertThat(response.headers().get("grpc-status")).isEqualTo("4");
      OtlpListener.await("it is counted", () -> listener.observed().contains(path + " 408"));
      request.abort();
    }
  }

  @Test
  void endsSilentConnections() throws Exception {
    try (Socket socket = socket()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void takesNoMoreConnectionsThanItMay() throws Exception {
    Socket[] sockets = new Socket[CONNECTIONS_MAX + 1];
    try {
      for (int i = 0; i < sockets.length; i++) {
        sockets[i] = socket();
      }
      Socket last = sockets[CONNECTIONS_MAX];
      IOException refused =
          catchThrowableOfType(
              IOException.class,
              () -> {
                last.getOutputStream().write('G');
                if (last.getInputStream().read() < 0) {
                  throw new IOException("closed");
                }
              });
      assertThat(refused).isNotNull();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    OtlpListener.await(
        "there is room again",
        () -> {
          try {
            return new Client(listener.http()).get("/live").status() == 200;
          } catch (AssertionError e) {
            return false;
          }
        });
  }

  /** Sends a byte every few milliseconds until the other side ends it; how many were sent. */
  private static int dribble(Socket socket, String start) throws Exception {
    OutputStream out = socket.getOutputStream();
    out.write(bytes(start));
    socket.setSoTimeout(5);
    int sent = 0;
    while (sent < 2_000) {
      try {
        out.write('x');
        sent++;
        if (socket.getInputStream().read() < 0) {
          return sent;
        }
      } catch (java.net.SocketTimeoutException e) {
        assertThat(sent).isPositive(); // It still listens.
      } catch (IOException e) {
        return sent;
      }
    }
    return sent;
  }

  private static Socket socket() throws IOException {
    Socket socket = new Socket(listener.http().getAddress(), listener.http().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
