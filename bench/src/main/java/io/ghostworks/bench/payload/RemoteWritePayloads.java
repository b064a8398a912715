package io.ghostworks.bench.payload;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import org.xerial.snappy.Snappy;

/**
 * Remote write 1.0 requests: one sample each of many series with six labels, counters that grow a
 * little.
 */
public final class RemoteWritePayloads {

  private final Random random;
  private final long baseMs;
  private final long[] counters;

  public RemoteWritePayloads(long seed, long baseMs, int series) {
    this.random = new Random(seed);
    this.baseMs = baseMs;
    this.counters = new long[series];
  }

  /** The samples of {@code count} series from {@code firstSeries} on at one scrape. */
  public byte[] request(int firstSeries, int count, int scrape) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(count * 160);
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      for (int i = 0; i < count; i++) {
        out.writeByteArray(1, timeSeries(firstSeries + i, scrape));
      }
      out.flush();
      return Snappy.compress(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("a request cannot be written to memory", e);
    }
  }

  private byte[] timeSeries(int series, int scrape) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    label(out, "__name__", "bench_requests_total");
    label(out, "instance", "host-" + series % 100 + ":9100");
    label(out, "job", "bench");
    label(out, "method", series % 2 == 0 ? "GET" : "POST");
    label(out, "path", "/api/v1/resource/" + series / 100);
    label(out, "status", "200");
    counters[series] += random.nextInt(50);
    ByteArrayOutputStream sample = new ByteArrayOutputStream(24);
    CodedOutputStream sampleOut = CodedOutputStream.newInstance(sample);
    sampleOut.writeDouble(1, counters[series]);
    sampleOut.writeInt64(2, baseMs + scrape * 15_000L);
    sampleOut.flush();
    out.writeByteArray(2, sample.toByteArray());
    out.flush();
    return bytes.toByteArray();
  }

  private static void label(CodedOutputStream out, String name, String value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(48);
    CodedOutputStream label = CodedOutputStream.newInstance(bytes);
    label.writeString(1, name);
    label.writeString(2, value);
    label.flush();
    out.writeByteArray(1, bytes.toByteArray());
  }
}
