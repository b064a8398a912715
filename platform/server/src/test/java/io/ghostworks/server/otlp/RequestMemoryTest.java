package io.ghostworks.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.grpc.GrpcClients;
import io.ghostworks.server.testing.Client;
import io.ghostworks.wire.compress.ContentCoding;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc.LogsServiceBlockingStub;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many large bodies at once share one budget: some are refused for now, and nothing of it leaks.
 */
@Timeout(60)
class RequestMemoryTest {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final int BODY_BYTES = 2 << 20;
  private static final int SENDERS = 24;
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  @TempDir private static Path folder;
  private OtlpListener listener;

  @BeforeEach
  void start() throws Exception {
    listener =
        new OtlpListener(
            folder,
            OtlpListener.limits(BODY_BYTES + 1024, Duration.ofSeconds(30)),
            4L * BODY_BYTES + 64 * 1024);
    listener.ready();
  }

  @AfterEach
  void givesEverythingBack() {
    OtlpListener.await("requests hold nothing", () -> listener.requests().usedBytes() == 0);
    listener.close();
  }

  @Test
  void refusesForNowOverHttpWhatAllRequestsTogetherHaveNoRoomFor() throws Exception {
    byte[] plain = logs().toByteArray();
    byte[] zstd = ContentCoding.ZSTD.encode(plain);
    byte[] gzip = ContentCoding.GZIP.encode(plain);
    List<Client.Reply> replies =
        together(i ->
            switch (i % 3) {
              case 0 -> client().post("/v1/logs", PROTOBUF, plain);
              case 1 -> client().post("/v1/logs", PROTOBUF, zstd, "Content-Encoding", "zstd");
              default -> client().post("/v1/logs", PROTOBUF, gzip, "Content-Encoding", "gzip");
            });
    assertThat(replies).allMatch(reply -> reply.status() == 200 || reply.status() == 503);
    assertThat(replies).anyMatch(reply -> reply.status() == 503);
    for (Client.Reply reply : replies) {
      if (reply.status() == 503) {
        assertThat(reply.header("retry-after")).isEqualTo("1");
        assertThat(reply.text()).contains("the bodies of all requests together hold");
        assertThat(com.google.rpc.Status.parseFrom(reply.body()).getDetailsCount()).isEqualTo(1);
      }
    }
    assertThat(client().post("/v1/logs", PROTOBUF, plain).status()).isEqualTo(200);
  }

  @Test
  void refusesForNowOverGrpcWhatAllRequestsTogetherHaveNoRoomFor() throws Exception {
    ExportLogsServiceRequest request = logs();
    List<String> codes =
        together(i -> {
          LogsServiceBlockingStub stub = stub();
          try {
            var _ = (i % 2 == 0 ? stub : stub.withCompression("gzip")).export(request);
            return "OK";
          } catch (StatusRuntimeException e) {
            Metadata trailers = e.getTrailers();
            return e.getStatus().getCode()
                + (trailers != null && trailers.containsKey(DETAILS) ? " with details" : "");
          }
        });
    assertThat(codes).containsOnly("OK", "UNAVAILABLE with details");
    assertThat(stub().export(request).hasPartialSuccess()).isFalse();
  }

  @Test
  void refusesAnAnnouncedBodyWithoutReadingItWhileThereIsNoRoom() throws Exception {
    assertThat(listener.requests().tryReserve(4L * BODY_BYTES)).isTrue();
    Client.Reply reply =
        Client.parse(client().raw(head("Content-Length: " + BODY_BYTES + "\r\n"), false));
    assertThat(reply.status()).isEqualTo(503);
    listener.requests().release(4L * BODY_BYTES);
  }

  @Test
  void holdsNothingForWhatIsOnlyAnnounced() throws Exception {
    try (Socket socket = new Socket(listener.http().getAddress(), listener.http().getPort())) {
      socket.getOutputStream().write(head("Content-Length: " + BODY_BYTES + "\r\n"));
      socket.getOutputStream().write(new byte[10_000]);
      OtlpListener.await("a beginning is held", () -> listener.requests().usedBytes() >= 10_000);
      assertThat(listener.requests().usedBytes()).isLessThan(100_000);
    }
  }

  @Test
  void givesBackWhatAClientHeldThatWentAway() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Socket socket = new Socket(listener.http().getAddress(), listener.http().getPort());
      sockets.add(socket);
      String length = i % 2 == 0 ? "Content-Length: 300000\r\n" : "Transfer-Encoding: chunked\r\n";
      socket.getOutputStream().write(head(length));
      socket.getOutputStream().write(chunk(i % 2 == 0));
    }
    OtlpListener.await(
        "all beginnings are held", () -> listener.requests().usedBytes() >= 8 * 100_000);
    for (Socket socket : sockets) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private static byte[] chunk(boolean plain) {
    byte[] data = new byte[100_000];
    return plain
        ? data
        : (Integer.toHexString(data.length)
                + "\r\n"
                + new String(data, StandardCharsets.ISO_8859_1)
                + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void takesNextToNoBodyWhereNoneIsOfUse() {
    assertThat(client().send("GET", "/live", new byte[2_000]).status()).isEqualTo(413);
    assertThat(client().get("/live").status()).isEqualTo(200);
  }

  private interface Sending<T> {
    T send(int index) throws Exception;
  }

  private static <T> List<T> together(Sending<T> sending) throws Exception {
    try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        int index = i;
        calls.add(() -> sending.send(index));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : senders.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    }
  }

  private static byte[] head(String length) {
    return ("POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\n"
            + length
            + "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static ExportLogsServiceRequest logs() {
    return logs(BODY_BYTES - 100);
  }

  static ExportLogsServiceRequest logs(int bytes) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .addScopeLogs(
                    ScopeLogs.newBuilder()
                        .addLogRecords(
                            LogRecord.newBuilder()
                                .setTimeUnixNano(1)
                                .setBody(AnyValue.newBuilder().setStringValue("x".repeat(bytes))))))
        .build();
  }

  private Client client() {
    return new Client(listener.http());
  }

  private LogsServiceBlockingStub stub() {
    return GrpcClients.builder("gproto+http://127.0.0.1:" + listener.grpc().getPort())
        .responseTimeout(Duration.ofSeconds(30))
        .build(LogsServiceBlockingStub.class);
  }
}
