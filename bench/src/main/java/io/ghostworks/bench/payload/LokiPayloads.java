package io.ghostworks.bench.payload;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.xerial.snappy.Snappy;

/**
 * Loki push requests: entries of one stream with three labels, two of structured metadata each, a
 * microsecond apart.
 */
public final class LokiPayloads {

  private final Random random;
  private final long baseNanos;

  public LokiPayloads(long seed, long baseNanos) {
    this.random = new Random(seed);
    this.baseNanos = baseNanos;
  }

  /** {@code logproto.PushRequest} as agents send it, compressed. */
  public byte[] compressed(int rows, int request) {
    try {
      return Snappy.compress(protobuf(rows, request));
    } catch (IOException e) {
      throw new UncheckedIOException("a request cannot be compressed in memory", e);
    }
  }

  /** {@code logproto.PushRequest}. */
  public byte[] protobuf(int rows, int request) {
    String service = "bench-" + request % 20;
    return message(push ->
        push.writeByteArray(
            1,
            message(stream -> {
              stream.writeString(
                  1,
                  "{service_name=\"%s\", namespace=\"bench\", job=\"bench\"}".formatted(service));
              for (int i = 0; i < rows; i++) {
                stream.writeByteArray(2, entry(request, i));
              }
            })));
  }

  /** The same request as JSON. */
  public byte[] json(int rows, int request) {
    StringBuilder text = new StringBuilder(rows * 200);
    text.append("{\"streams\":[{\"stream\":{\"service_name\":\"bench-")
        .append(request % 20)
        .append("\",\"namespace\":\"bench\",\"job\":\"bench\"},\"values\":[");
    for (int i = 0; i < rows; i++) {
      text.append(i == 0 ? "[\"" : ",[\"")
          .append(timeNanos(request, i))
          .append("\",\"")
          .append(line().replace("\"", "\\\""))
          .append("\",{\"user_id\":\"")
          .append(user())
          .append("\",\"tenant_id\":\"")
          .append(tenant())
          .append("\"}]");
    }
    return text.append("]}]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] entry(int request, int row) {
    long time = timeNanos(request, row);
    return message(entry -> {
      entry.writeByteArray(
          1,
          message(timestamp -> {
            timestamp.writeInt64(1, time / 1_000_000_000L);
            timestamp.writeInt32(2, (int) (time % 1_000_000_000L));
          }));
      entry.writeString(2, line());
      entry.writeByteArray(3, pair("user_id", user()));
      entry.writeByteArray(3, pair("tenant_id", tenant()));
    });
  }

  private static byte[] pair(String name, String value) {
    return message(pair -> {
      pair.writeString(1, name);
      pair.writeString(2, value);
    });
  }

  private long timeNanos(int request, int row) {
    return baseNanos + request * 1_000_000L + row * 1_000L;
  }

  private String line() {
    return "level=info msg=\"request answered\" request="
        + random.nextInt(Integer.MAX_VALUE)
        + " duration_ms="
        + random.nextInt(500)
        + " rows="
        + random.nextInt(100);
  }

  private String user() {
    return "user-" + random.nextInt(10_000);
  }

  private String tenant() {
    return "tenant-" + random.nextInt(20);
  }

  @FunctionalInterface
  private interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Content content) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      content.write(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("a request cannot be written to memory", e);
    }
  }
}
