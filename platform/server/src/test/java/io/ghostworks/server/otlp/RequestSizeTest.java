package io.ghostworks.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import io.ghostworks.server.testing.Client;
import io.ghostworks.wire.compress.ContentCoding;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exactly the limit is taken and one byte more is refused for good, on both transports. */
@Timeout(120)
class RequestSizeTest {

  private static final ContentCoding[] CODINGS = {
    ContentCoding.IDENTITY, ContentCoding.GZIP, ContentCoding.ZSTD
  };
  private static final String PATH = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
  private static final int LIMIT = 1 << 20;

  @TempDir private static Path folder;

  @Test
  void takesTheLimitAndNotOneByteMore() throws Exception {
    checkAround(LIMIT);
  }

  @Test
  @Tag("long")
  void takes64MebibytesAndNotOneByteMore() throws Exception {
    checkAround(64 << 20);
  }

  private static void checkAround(int limit) throws Exception {
    try (OtlpListener listener = open(limit)) {
      byte[] fits = export(limit);
      byte[] tooLarge = Arrays.copyOf(fits, limit + 1);
      for (ContentCoding coding : CODINGS) {
        byte[] encoded = coding.encode(fits);
        assertThat(http(listener, coding, encoded).status()).as("%s", coding).isEqualTo(200);
        assertThat(grpc(listener, coding, encoded)).as("%s", coding).isEqualTo("0");
        byte[] more = coding.encode(tooLarge);
        Client.Reply refused = http(listener, coding, more);
        assertThat(refused.status()).as("%s", coding).isEqualTo(413);
        com.google.rpc.Status status = com.google.rpc.Status.parseFrom(refused.body());
        assertThat(status.getCode()).isEqualTo(8);
        assertThat(status.getDetailsList()).isEmpty();
        assertThat(grpc(listener, coding, more)).as("%s", coding).isEqualTo("8");
      }
      OtlpListener.await("nothing is held", () -> listener.requests().usedBytes() == 0);
    }
  }

  @Test
  void refusesABombBeforeItIsLarge() throws Exception {
    try (OtlpListener listener = open(LIMIT)) {
      byte[] zeros = new byte[256 << 20];
      for (ContentCoding coding : new ContentCoding[] {ContentCoding.GZIP, ContentCoding.ZSTD}) {
        byte[] bomb = coding.encode(zeros);
        assertThat(bomb.length).isLessThan(LIMIT);
        assertThat(http(listener, coding, bomb).status()).as("%s", coding).isEqualTo(413);
        assertThat(grpc(listener, coding, bomb)).as("%s", coding).isEqualTo("8");
      }
    }
  }

  @Test
  void refusesMessagesOfGrpcThatAreNone() throws Exception {
    try (OtlpListener listener = open(LIMIT)) {
      assertThat(send(listener, "identity", new byte[0])).isEqualTo("3");
      assertThat(send(listener, "identity", new byte[] {0, 0, 0, 0, 9, 1})).isEqualTo("3");
      assertThat(send(listener, "identity", new byte[] {7, 0, 0, 0, 0})).isEqualTo("3");
      assertThat(send(listener, "identity", new byte[] {1, 0, 0, 0, 0})).isEqualTo("3");
      assertThat(send(listener, "gzip", new byte[] {1, 0, 0, 0, 2, 1, 2})).isEqualTo("3");
      assertThat(send(listener, "br", new byte[] {1, 0, 0, 0, 2, 1, 2})).isEqualTo("12");
      assertThat(send(listener, "zstd", new byte[] {0, 0, 0, 0, 0})).isEqualTo("0");
    }
  }

  private static OtlpListener open(int limit) throws Exception {
    OtlpListener listener =
        new OtlpListener(
            folder, OtlpListener.limits(limit, Duration.ofSeconds(60)), 4L * limit + (8 << 20));
    listener.ready();
    return listener;
  }

  /** An export of logs of exactly so many bytes: two records whose bodies cannot be compressed. */
  private static byte[] export(int bytes) {
    for (int body = bytes - 64; ; body++) {
      byte[] export = RequestMemoryTest.logs(body).toByteArray();
      if (export.length >= bytes) {
        assertThat(export).hasSize(bytes);
        return export;
      }
      body += bytes - export.length - 1;
    }
  }

  private static Client.Reply http(OtlpListener listener, ContentCoding coding, byte[] body) {
    return new Client(listener.http())
        .post("/v1/logs", "application/x-protobuf", body, "Content-Encoding", coding.token());
  }

  private static String grpc(OtlpListener listener, ContentCoding coding, byte[] body) {
    ByteBuffer framed = ByteBuffer.allocate(5 + body.length);
    framed.put((byte) (coding == ContentCoding.IDENTITY ? 0 : 1)).putInt(body.length).put(body);
    return send(listener, coding.token(), framed.array());
  }

  private static String send(OtlpListener listener, String encoding, byte[] body) {
    try (ClientFactory factory = ClientFactory.builder().build()) {
      AggregatedHttpResponse response =
          WebClient.builder("h2c://127.0.0.1:" + listener.grpc().getPort())
              .factory(factory)
              .responseTimeout(Duration.ofSeconds(60))
              .build()
              .execute(
                  HttpRequest.of(
                      RequestHeaders.of(
                          HttpMethod.POST,
                          PATH,
                          "content-type",
                          "application/grpc",
                          "grpc-encoding",
                          encoding),
                      HttpData.wrap(body)))
              .aggregate()
              .join();
      assertThat(response.headers().contains("grpc-status-details-bin")).isFalse();
      String early = response.headers().get("grpc-status");
      return early == null ? response.trailers().get("grpc-status", "") : early;
    }
  }
}
