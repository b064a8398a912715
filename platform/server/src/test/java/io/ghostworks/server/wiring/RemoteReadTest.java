package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.wire.chunk.ChunkEncoding;
import io.ghostworks.wire.chunk.ChunkReader;
import io.ghostworks.wire.chunk.SampleSink;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What remote readers get from a running platform. */
class RemoteReadTest {

  private static final int SAMPLES = 300;

  @TempDir private static Path directory;
  private static Platform platform;
  private static long newestMs;

  @BeforeAll
  static void start() throws IOException {
    Path prometheus = directory.resolve("prometheus.yml");
    Files.writeString(prometheus, "global: {external_labels: {cluster: c1}}\n");
    Path config = directory.resolve("ghostworks.yml");
    Files.writeString(config, "files: {prometheus: prometheus.yml}\n");
    platform =
        Platform.start(
            new ServeOptions(
                Optional.of(config),
                directory.resolve("data"),
                0,
                "127.0.0.1",
                Optional.empty(),
                Optional.empty(),
                true));
    newestMs = System.currentTimeMillis();
    write();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static void write() {
    ProtoWriter out = new ProtoWriter(64);
    int floats = out.begin(1);
    label(out, "__name__", "floats");
    for (int i = 0; i < SAMPLES; i++) {
      int sample = out.begin(2);
      out.fixed64Always(1, bits(i));
      out.uint(2, timeMs(i));
      out.end(sample);
    }
    out.end(floats);
    int histograms = out.begin(1);
    label(out, "__name__", "histograms");
    for (int i = 0; i < SAMPLES; i++) {
      int histogram = out.begin(4);
      out.uint(1, i % 200);
      out.float64Always(3, i);
      out.float64Always(5, 0.001);
      out.uint(6, i % 200);
      out.uint(15, timeMs(i));
      out.end(histogram);
    }
    out.end(histograms);
    assertThat(post("/api/v1/write", out.toByteArray(), "application/x-protobuf").status())
        .isEqualTo(204);
  }

  private static long timeMs(int index) {
    return newestMs - (SAMPLES - 1 - index) * 1000L;
  }

  private static long bits(int index) {
    return switch (index % 7) {
      case 3 -> Samples.STALE_BITS;
      case 5 -> Double.doubleToRawLongBits(-0.0);
      default -> Double.doubleToRawLongBits(index * 0.1);
    };
  }

  private static void label(ProtoWriter out, String name, String value) {
    int label = out.begin(1);
    out.text(1, name);
    out.text(2, value);
    out.end(label);
  }

  private static Client.Reply post(String path, byte[] message, String type) {
    return new Client(platform.address(ListenerName.PROMETHEUS))
        .post(path, type, ContentCoding.SNAPPY.encode(message), "Content-Encoding", "snappy");
  }

  private static Client.Reply read(int type, String... matchers) {
    ProtoWriter out = new ProtoWriter(64);
    int query = out.begin(1);
    out.uint(1, timeMs(10));
    out.uint(2, newestMs);
    for (int i = 0; i < matchers.length; i += 3) {
      int matcher = out.begin(3);
      out.uint(1, Integer.parseInt(matchers[i]));
      out.text(2, matchers[i + 1]);
      out.text(3, matchers[i + 2]);
      out.end(matcher);
    }
    out.end(query);
    out.uint(2, type);
    return post("/api/v1/read", out.toByteArray(), "application/x-protobuf");
  }

  /** The samples of streamed frames as text, after their checksums were compared. */
  private static List<String> streamed(byte[] body) {
    List<String> found = new ArrayList<>();
    ProtoReader all = new ProtoReader(body, 0, body.length);
    while (all.position() < all.limit()) {
      int length = (int) all.varint();
      int expected = Integer.reverseBytes(all.fixed32());
      CRC32C checksum = new CRC32C();
      checksum.update(body, all.position(), length);
      assertThat((int) checksum.getValue()).isEqualTo(expected);
      ProtoReader message = new ProtoReader(body, all.position(), length);
      assertThat(message.next()).isTrue();
      message.enter();
      while (message.next()) {
        if (message.field() == 2) {
          int outer = message.enter();
          chunk(message, found);
          message.leave(outer);
        } else {
          found.add(text(message));
        }
      }
      all.skipBytes(length);
    }
    return found;
  }

  private static String text(ProtoReader message) {
    int outer = message.enter();
    StringBuilder label = new StringBuilder();
    while (message.next()) {
      int length = message.length();
      label
          .append(
              new String(
                  message.bytes(),
                  message.position(),
                  length,
                  java.nio.charset.StandardCharsets.UTF_8))
          .append(' ');
      message.skipBytes(length);
    }
    message.leave(outer);
    return label.toString();
  }

  private static void chunk(ProtoReader message, List<String> into) {
    int encoding = 0;
    while (message.next()) {
      if (message.field() == 3) {
        encoding = (int) message.varint();
      } else if (message.field() == 4) {
        int length = message.length();
        ChunkReader.read(
            ChunkEncoding.find(encoding).orElseThrow(),
            message.bytes(),
            message.position(),
            length,
            new SampleSink() {
              @Override
              public void sample(long timestampMs, long valueBits, long startMs) {
                into.add(timestampMs + " " + valueBits);
              }

              @Override
              public void sample(long timestampMs, FloatHistogram histogram, long startMs) {
                into.add(timestampMs + " " + histogram.count() + " " + histogram.sum());
              }
            });
        message.skipBytes(length);
      } else {
        message.skip();
      }
    }
  }

  @Test
  void streamsChunksWithTheExternalLabels() {
    Client.Reply reply = read(1, "0", "__name__", "floats", "0", "cluster", "c1");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type"))
        .isEqualTo("application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse");
    List<String> expected = new ArrayList<>(List.of("__name__ floats ", "cluster c1 "));
    for (int i = 10; i < SAMPLES; i++) {
      expected.add(timeMs(i) + " " + bits(i));
    }
    assertThat(streamed(reply.body())).isEqualTo(expected);
  }

  @Test
  void streamsHistogramsWithAChunkPerReset() {
    List<String> expected = new ArrayList<>(List.of("__name__ histograms ", "cluster c1 "));
    for (int i = 10; i < SAMPLES; i++) {
      expected.add(timeMs(i) + " " + (double) (i % 200) + " " + (double) i);
    }
    assertThat(streamed(read(1, "2", "__name__", "hist.*").body())).isEqualTo(expected);
  }

  @Test
  void givesSamplesAsOneMessage() {
    Client.Reply reply = read(0, "2", "__name__", "floats|histograms");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("application/x-protobuf");
    assertThat(reply.header("content-encoding")).isEqualTo("snappy");
    byte[] body = ContentCoding.SNAPPY.decode(reply.body(), 0, reply.body().length, 1 << 24);
    ProtoReader message = new ProtoReader(body, 0, body.length);
    assertThat(message.next()).isTrue();
    message.enter();
    int[] fields = new int[5];
    while (message.next()) {
      int outer = message.enter();
      while (message.next()) {
        fields[message.field()]++;
        message.skip();
      }
      message.leave(outer);
    }
    assertThat(fields).containsExactly(0, 4, SAMPLES - 10, 0, SAMPLES - 10);
  }

  @Test
  void findsNothingWhereAnExternalLabelHasAnotherValue() {
    assertThat(read(1, "0", "__name__", "floats", "0", "cluster", "c2").body()).isEmpty();
  }

  @Test
  void refusesWhatIsNoRequest() {
    assertThat(read(7, "0", "__name__", "floats").status()).isEqualTo(400);
    assertThat(read(0, "2", "__name__", "(").status()).isEqualTo(400);
    assertThat(post("/api/v1/read", new byte[] {10, 9}, "application/x-protobuf").status())
        .isEqualTo(400);
  }
}
