package io.ghostworks.bench.fleet;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.xerial.snappy.Snappy;

/**
 * A remote write 1.0 request of one sample each of certain series, in which values and times are
 * exchanged, so that the sender's own work stays small. Not thread-safe.
 */
public final class RequestTemplate {
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  /** Times in milliseconds of the years 1971 to 2109 take as many bytes. */
  private static final int TIME_BYTES = 6;

  private static final int SAMPLE_BYTES = 1 + Double.BYTES + 1 + TIME_BYTES;

  private final byte[] body;
  private final int[] valueOffsets;

  private RequestTemplate(byte[] body, int[] valueOffsets) {
    this.body = body;
    this.valueOffsets = valueOffsets;
  }

  /**
   * @param series the labels of each, sorted by name
   */
  public static RequestTemplate of(List<? extends SortedMap<String, String>> series) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(series.size() * 200);
      int[] offsets = new int[series.size()];
      for (int i = 0; i < offsets.length; i++) {
        byte[] labels = labels(series.get(i));
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeTag(1, 2);
        out.writeUInt32NoTag(labels.length + 2 + SAMPLE_BYTES);
        out.writeRawBytes(labels);
        out.writeTag(2, 2);
        out.writeUInt32NoTag(SAMPLE_BYTES);
        out.writeTag(1, 1);
        out.flush();
        offsets[i] = bytes.size();
        bytes.write(new byte[SAMPLE_BYTES - 1]);
      }
      return new RequestTemplate(bytes.toByteArray(), offsets);
    } catch (IOException e) {
      throw new UncheckedIOException("a request cannot be written to memory", e);
    }
  }

  /** How many series it has. */
  public int size() {
    return valueOffsets.length;
  }

  /** The compressed request with values from {@code from} on. */
  public byte[] fill(double[] values, int from, long timestampMs) {
    for (int i = 0; i < valueOffsets.length; i++) {
      int at = valueOffsets[i];
      DOUBLE.set(body, at, values[from + i]);
      body[at + 8] = 2 << 3;
      long left = timestampMs;
      for (int k = 0; k < TIME_BYTES - 1; k++) {
        body[at + 9 + k] = (byte) (left | 0x80);
        left >>>= 7;
      }
      body[at + 9 + TIME_BYTES - 1] = (byte) left;
    }
    try {
      byte[] compressed = new byte[Snappy.maxCompressedLength(body.length)];
      int size = Snappy.compress(body, 0, body.length, compressed, 0);
      return Arrays.copyOf(compressed, size);
    } catch (IOException e) {
      throw new UncheckedIOException("a request cannot be compressed in memory", e);
    }
  }

  private static byte[] labels(SortedMap<String, String> set) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (Map.Entry<String, String> label : set.entrySet()) {
      ByteArrayOutputStream pair = new ByteArrayOutputStream(48);
      CodedOutputStream pairOut = CodedOutputStream.newInstance(pair);
      pairOut.writeString(1, label.getKey());
      pairOut.writeString(2, label.getValue());
      pairOut.flush();
      out.writeByteArray(1, pair.toByteArray());
    }
    out.flush();
    return bytes.toByteArray();
  }
}
