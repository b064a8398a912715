package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.proto.ProtoWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What senders of remote write get from a running platform. */
class RemoteWriteTest {

  private static final String VERSION_2 =
      "application/x-protobuf;proto=io.prometheus.write.v2.Request";

  @TempDir private static Path data;
  private static Platform platform;

  @BeforeAll
  static void start() {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static Client.Reply send(String contentType, byte[] message) {
    return new Client(platform.address(ListenerName.PROMETHEUS))
        .post(
            "/api/v1/write",
            contentType,
            ContentCoding.SNAPPY.encode(message),
            "Content-Encoding",
            "snappy");
  }

  private static String written(Client.Reply reply) {
    return "%d %s %s %s"
        .formatted(
            reply.status(),
            reply.header("x-prometheus-remote-write-samples-written"),
            reply.header("x-prometheus-remote-write-histograms-written"),
            reply.header("x-prometheus-remote-write-exemplars-written"));
  }

  private static byte[] request(String name, Consumer<ProtoWriter> items) {
    return request("__name__", name, items);
  }

  private static byte[] request(String label, String value, Consumer<ProtoWriter> items) {
    ProtoWriter out = new ProtoWriter(64);
    out.bytesAlways(4, new byte[0], 0, 0);
    for (String symbol : new String[] {label, value, "trace_id", "t"}) {
      out.text(4, symbol);
    }
    int series = out.begin(5);
    refs(out, 1, 2);
    items.accept(out);
    out.end(series);
    return out.toByteArray();
  }

  private static void refs(ProtoWriter out, int first, int second) {
    int refs = out.begin(1);
    out.varint(first);
    out.varint(second);
    out.end(refs);
  }

  private static void sample(ProtoWriter out, double value, long timestampMs) {
    int sample = out.begin(2);
    out.float64Always(1, value);
    out.uint(2, timestampMs);
    out.end(sample);
  }

  private static void histogram(ProtoWriter out, long timestampMs) {
    int histogram = out.begin(3);
    out.uint(1, 1);
    out.uint(6, 1);
    out.float64Always(5, 0.001);
    out.uint(15, timestampMs);
    out.end(histogram);
  }

  private static void exemplar(ProtoWriter out, long timestampMs) {
    int exemplar = out.begin(4);
    refs(out, 3, 4);
    out.float64Always(2, 1);
    out.uint(3, timestampMs);
    out.end(exemplar);
  }

  @Test
  void countsWhatWasWrittenAndKeepsWhatIsValid() {
    long now = System.currentTimeMillis();
    Client.Reply whole =
        send(
            VERSION_2,
            request(
                "counted",
                out -> {
                  sample(out, 1, now - 2000);
                  sample(out, 2, now - 1000);
                  exemplar(out, now);
                }));
    assertThat(written(whole)).isEqualTo("204 2 0 1");
    assertThat(whole.body()).isEmpty();
    Client.Reply part =
        send(
            VERSION_2,
            request(
                "counted",
                out -> {
                  sample(out, 2, now - 1000); // The same again.
                  sample(out, 3, now - 1000);
                  sample(out, 4, now - 3_600_000);
                  sample(out, 5, now + 3_600_000);
                  histogram(out, now);
                  histogram(out, now - 3_600_000);
                  exemplar(out, now + 3_600_000);
                }));
    assertThat(written(part)).isEqualTo("400 1 1 0");
    assertThat(part.text()).contains("duplicate_timestamp").contains("out_of_order");
  }

  @Test
  void countsRowsThatCannotBeDecodedAmongTheRejected() {
    Client.Reply reply =
        send(
            VERSION_2,
            request("job", "nameless", out -> sample(out, 1, System.currentTimeMillis())));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(new Client(platform.address(ListenerName.PROMETHEUS)).get("/metrics").text())
        .contains(
            "ghostworks_rejected_rows_total{reason=\"invalid_labels\",signal=\"metrics\",tenant=\"default\"}"
                + " 1");
  }

  @Test
  void keepsExemplarsThatComeWithoutTheirSamples() {
    long now = System.currentTimeMillis();
    send(VERSION_2, request("apart", out -> sample(out, 1, now)));
    assertThat(written(send(VERSION_2, request("apart", out -> exemplar(out, now)))))
        .isEqualTo("204 0 0 1");
    assertThat(written(send(VERSION_2, request("never", out -> exemplar(out, now)))))
        .isEqualTo("204 0 0 0");
    assertThat(
            new Client(platform.address(ListenerName.PROMETHEUS))
                .get("/api/v1/query_exemplars?query=apart&start=0&end=9999999999")
                .text())
        .contains("trace_id");
  }

  @Test
  void answersVersion1WithoutCounts() {
    ProtoWriter out = new ProtoWriter(64);
    int series = out.begin(1);
    int label = out.begin(1);
    out.text(1, "__name__");
    out.text(2, "one");
    out.end(label);
    sample(out, 1, System.currentTimeMillis());
    out.end(series);
    int metadata = out.begin(3);
    out.uint(1, 2);
    out.text(2, "one");
    out.text(4, "about one");
    out.end(metadata);
    for (String type :
        new String[] {
          "application/x-protobuf",
          "application/x-protobuf;proto=prometheus.WriteRequest",
          "application/x-protobuf;charset=x"
        }) {
      assertThat(written(send(type, out.toByteArray()))).isEqualTo("204   ");
    }
    assertThat(
            new Client(platform.address(ListenerName.PROMETHEUS))
                .get("/api/v1/metadata?metric=one")
                .text())
        .contains("\"help\":\"about one\"");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, snappy",
    "application/x-protobuf;proto=io.prometheus.write.v3.Request, snappy",
    "application/x-protobuf;proto, snappy",
    "application/x-protobuf, gzip"
  })
  void refusesWhatItDoesNotTake(String contentType, String coding) {
    assertThat(
            new Client(platform.address(ListenerName.PROMETHEUS))
                .post("/api/v1/write", contentType, new byte[] {0}, "Content-Encoding", coding)
                .status())
        .isEqualTo(415);
  }

  @Test
  void refusesDamage() {
    assertThat(send(VERSION_2, new byte[] {42, 5, 1}).status()).isEqualTo(400);
    assertThat(
            new Client(platform.address(ListenerName.PROMETHEUS))
                .post("/api/v1/write", VERSION_2, new byte[] {9, 9, 9})
                .status())
        .isEqualTo(400);
  }
}
