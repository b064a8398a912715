package io.ghostworks.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.query.QueryException;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.settings.ListenerName;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves a listener for a body that is written while it is sent. */
class StreamedAnswerTest {

  private static final int PIECE_BYTES = 10_000;
  private static final int PIECES = 2_000;

  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private volatile int failAt = -1;
  private volatile int pieces = PIECES;
  @TempDir private Path folder;
  private TestListener listener;

  @BeforeEach
  void start() throws IOException {
    Routes routes = new Routes();
    routes
        .api(ListenerName.PROMETHEUS, "", ErrorForm.TEXT)
        .local(
            "/long",
            Permission.READ,
            Route.Work.QUERY,
            exchange ->
                CompletableFuture.completedFuture(
                    Answer.streamed(200, Answer.TEXT, new Pieces()).compressed()));
    listener = new TestListener(ListenerName.PROMETHEUS, routes, folder);
  }

  @AfterEach
  void stop() {
    listener.close();
  }

  private final class Pieces implements AnswerStream {
    @Override
    public boolean write(OutputStream out) throws IOException {
      int piece = written.getAndIncrement();
      if (piece == failAt) {
        throw new QueryException(QueryException.Kind.EXECUTION, "it cannot be evaluated");
      }
      byte[] bytes = new byte[PIECE_BYTES];
      java.util.Arrays.fill(bytes, (byte) ('a' + piece % 26));
      out.write(bytes);
      return piece + 1 < pieces;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private HttpResponse<byte[]> get(String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://localhost:%d/long".formatted(listener.address().getPort())));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void sendsAllPieces() throws Exception {
    HttpResponse<byte[]> answer = get();
    assertThat(answer.body()).hasSize(PIECES * PIECE_BYTES);
    assertThat(answer.headers().firstValue("content-length")).isEmpty();
    assertThat(closed).hasValue(1);
  }

  @Test
  void sendsAShortBodyAsAnyOther() throws Exception {
    pieces = 2;
    HttpResponse<byte[]> answer = get();
    assertThat(answer.body()).hasSize(2 * PIECE_BYTES);
    assertThat(answer.headers().firstValue("content-length")).contains("20000");
    assertThat(closed).hasValue(1);
  }

  @Test
  void compressesForClientsThatTakeIt() throws Exception {
    HttpResponse<byte[]> answer = get("Accept-Encoding", "br, gzip");
    assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(answer.headers().allValues("vary")).contains("Accept-Encoding");
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(in.readAllBytes()).hasSize(PIECES * PIECE_BYTES);
    }
  }

  @Test
  void writesNoFurtherThanAClientReads() throws Exception {
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(16 * 1024);
      socket.connect(listener.address());
      socket
          .getOutputStream()
          .write("GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      assertThat(in.read()).isEqualTo('H');
      int before = -1;
      while (written.get() != before) { // until it stands still
        before = written.get();
        long pause = System.nanoTime() + Duration.ofMillis(200).toNanos();
        await(() -> System.nanoTime() > pause);
      }
      assertThat(before).isLessThan(PIECES / 2);
      assertThat(closed).hasValue(0);
      // No thread waits for this client: another one is served by the only two.
      failAt = written.get();
      assertThat(get().statusCode()).isEqualTo(422);
    }
    await(() -> closed.get() == 2);
  }

  @Test
  void answersAFailureBeforeTheFirstBytesWithItsStatus() throws Exception {
    failAt = 3;
    HttpResponse<byte[]> answer = get();
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo("it cannot be evaluated\n");
    assertThat(closed).hasValue(1);
  }

  @Test
  void breaksOffAtAFailureLaterOn() {
    failAt = 1_000;
    org.assertj.core.api.Assertions.assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    await(() -> closed.get() == 1);
  }
}
