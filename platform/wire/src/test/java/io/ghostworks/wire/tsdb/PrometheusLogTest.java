package io.ghostworks.wire.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.compress.ContentCoding;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusLogTest {
  private static final int PAGE = 32 << 10;

  @TempDir private Path folder;

  /** Writes one record. */
  private interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  /** A segment as Prometheus writes it. */
  private static final class Segment {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void record(int type, int compression, Content content) throws IOException {
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(plain);
      out.writeByte(type);
      content.write(out);
      byte[] record = plain.toByteArray();
      if (compression != 0) {
        record = (compression == 8 ? ContentCoding.SNAPPY : ContentCoding.ZSTD).encode(record);
      }
      int from = 0;
      do {
        int room = PAGE - bytes.size() % PAGE;
        if (room <= 7) {
          bytes.write(new byte[room]);
          room = PAGE;
        }
        int length = Math.min(room - 7, record.length - from);
        boolean last = from + length == record.length;
        int fragment = from == 0 ? (last ? 1 : 2) : last ? 4 : 3;
        CRC32C checksum = new CRC32C();
        checksum.update(record, from, length);
        DataOutputStream segment = new DataOutputStream(bytes);
        segment.writeByte(fragment | compression);
        segment.writeShort(length);
        segment.writeInt((int) checksum.getValue());
        segment.write(record, from, length);
        from += length;
      } while (from < record.length);
    }

    void series(long reference, String... labels) throws IOException {
      record(
          1,
          8,
          out -> {
            out.writeLong(reference);
            uvarint(out, labels.length / 2);
            for (String text : labels) {
              uvarint(out, text.length());
              out.write(text.getBytes(StandardCharsets.UTF_8));
            }
          });
    }

    /** Samples of one time, of series one after the other. */
    void samples(int compression, long reference, long timeMs, double... values)
        throws IOException {
      record(
          2,
          compression,
          out -> {
            out.writeLong(reference);
            out.writeLong(timeMs);
            for (int i = 0; i < values.length; i++) {
              varint(out, i);
              varint(out, 0);
              out.writeDouble(values[i]);
            }
          });
    }

    void write(Path directory, String name) throws IOException {
      Files.createDirectories(directory);
      Files.write(directory.resolve(name), bytes.toByteArray());
    }
  }

  private static void uvarint(DataOutputStream out, long value) throws IOException {
    long rest = value;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
    }
    out.writeByte((int) rest);
  }

  private static void varint(DataOutputStream out, long value) throws IOException {
    uvarint(out, (value << 1) ^ (value >> 63));
  }

  private Path wal() {
    return folder.resolve("wal");
  }

  private final List<String> read = new ArrayList<>();

  private List<String> read() throws IOException {
    read.clear();
    PrometheusLog.of(folder)
        .read(
            new PrometheusBlock.Sink() {
              private String name = "";

              @Override
              public void series(Labels labels) {
                name = labels.toString();
              }

              @Override
              public void sample(long timestampMs, long valueBits, long startMs) {
                read.add(
                    "%s %s @%d st@%d"
                        .formatted(name, Double.longBitsToDouble(valueBits), timestampMs, startMs));
              }

              @Override
              public void sample(long timestampMs, FloatHistogram histogram, long startMs) {
                read.add(
                    "%s %s %s %s @%d st@%d"
                        .formatted(
                            name,
                            histogram.schema(),
                            histogram.count(),
                            Arrays.toString(histogram.positiveCounts())
                                + Arrays.toString(histogram.customBounds()),
                            timestampMs,
                            startMs));
              }
            });
    return read;
  }

  @Test
  void readsTheNewestCheckpointWhatFollowsItAndLateSamples() throws IOException {
    Segment old = new Segment();
    old.series(1, "__name__", "old");
    old.samples(0, 1, 1, 1);
    old.write(wal().resolve("checkpoint.00000001"), "00000000");
    old.write(wal(), "00000003");
    Segment checkpoint = new Segment();
    checkpoint.series(7, "__name__", "a", "job", "x");
    checkpoint.samples(8, 7, 1000, 1.5);
    checkpoint.write(wal().resolve("checkpoint.00000003"), "00000000");
    Segment next = new Segment();
    next.series(8, "__name__", "b");
    next.samples(16, 7, 2000, 2.5, -0.0);
    next.samples(0, 9, 2000, 3); // of a series that is not there
    next.write(wal(), "00000004");
    Segment late = new Segment();
    late.samples(0, 8, 500, 9);
    late.write(folder.resolve("wbl"), "00000000");
    assertThat(read())
        .containsExactly(
            "a{job=\"x\"} 1.5 @1000 st@0",
            "a{job=\"x\"} 2.5 @2000 st@0",
            "b -0.0 @2000 st@0",
            "b 9.0 @500 st@0");
  }

  @Test
  void readsRecordsThatGoOverPages() throws IOException {
    Segment segment = new Segment();
    for (int i = 1; i <= 9000; i++) {
      segment.series(i, "__name__", "m" + i);
    }
    segment.samples(0, 1, 1000, new double[9000]);
    segment.write(wal(), "00000000");
    assertThat(read()).hasSize(9000);
    assertThat(read.getLast()).startsWith("m9000 0.0");
  }

  @Test
  void leavesOutWhatWasDeletedAfterwards() throws IOException {
    Segment segment = new Segment();
    segment.series(1, "__name__", "a");
    segment.samples(0, 1, 1000, 1);
    segment.samples(0, 1, 2000, 2);
    segment.record(
        3,
        0,
        out -> {
          out.writeLong(1);
          varint(out, 1500);
          varint(out, 9000);
        });
    segment.samples(0, 1, 3000, 3);
    segment.write(wal(), "00000000");
    assertThat(read()).containsExactly("a 1.0 @1000 st@0", "a 3.0 @3000 st@0");
  }

  @Test
  void leavesOutAllLateSamplesOfADeletedRange() throws IOException {
    Segment segment = new Segment();
    segment.series(1, "__name__", "a");
    segment.record(
        3,
        0,
        out -> {
          out.writeLong(1);
          varint(out, 1500);
          varint(out, 9000);
        });
    segment.write(wal(), "00000000");
    Segment late = new Segment();
    for (int ms = 1000; ms <= 5000; ms += 1000) {
      late.samples(0, 1, ms, ms);
    }
    late.write(folder.resolve("wbl"), "00000000");
    assertThat(read()).containsExactly("a 1000.0 @1000 st@0");
  }

  @Test
  void readsStartsAndHistogramsAndPassesOverTheRest() throws IOException {
    Segment segment = new Segment();
    segment.series(1, "__name__", "a");
    segment.series(2, "__name__", "b");
    segment.record(
        11,
        0,
        out -> {
          for (long value : new long[] {1, 5000, 4000}) {
            varint(out, value);
          }
          out.writeDouble(1);
          varint(out, 1);
          varint(out, 10);
          out.writeByte(1);
          out.writeDouble(2);
          varint(out, -1);
          varint(out, 20);
          out.writeByte(2);
          varint(out, 7);
          out.writeDouble(3);
          varint(out, 0);
          varint(out, 30);
          out.writeByte(0);
          out.writeDouble(4);
        });
    segment.record(6, 0, out -> out.writeInt(4711));
    segment.record(
        9,
        16,
        out -> {
          out.writeLong(1);
          out.writeLong(6000);
          varint(out, 0);
          varint(out, 0);
          out.writeByte(0);
          varint(out, -53);
          out.writeDouble(0);
          uvarint(out, 0);
          uvarint(out, 5);
          out.writeDouble(2.5);
          uvarint(out, 1);
          varint(out, 0);
          uvarint(out, 2);
          uvarint(out, 0);
          uvarint(out, 2);
          varint(out, 2);
          varint(out, 1);
          uvarint(out, 0);
          uvarint(out, 1);
          out.writeDouble(0.5);
        });
    segment.write(wal(), "00000000");
    assertThat(read())
        .containsExactly(
            "a 1.0 @5000 st@4000",
            "b 2.0 @5010 st@4000",
            "a 3.0 @5020 st@4007",
            "a 4.0 @5030 st@0",
            "a -53 5.0 [2.0, 3.0][0.5] @6000 st@0");
  }

  @Test
  void takesATornEndAndNamesDamage() throws IOException {
    Segment segment = new Segment();
    segment.series(1, "__name__", "a");
    segment.samples(0, 1, 1000, 1);
    int whole = segment.bytes.size();
    segment.samples(0, 1, 2000, 2);
    byte[] bytes = segment.bytes.toByteArray();
    Files.createDirectories(wal());
    for (int size = whole; size < bytes.length; size++) {
      Files.write(wal().resolve("00000000"), Arrays.copyOf(bytes, size));
      assertThat(read()).hasSize(1);
    }
    bytes[whole - 1] ^= 1;
    Files.write(wal().resolve("00000000"), bytes);
    assertThatThrownBy(this::read)
        .isInstanceOf(DamagedBlockException.class)
        .hasMessageContaining("00000000")
        .hasMessageContaining("checksum");
    assertThat(read).isEmpty();
    segment.write(wal(), "00000000");
    Files.write(wal().resolve("00000000"), Arrays.copyOf(segment.bytes.toByteArray(), whole + 3));
    new Segment().write(wal(), "00000001");
    assertThatThrownBy(this::read).hasMessageContaining("torn");
  }
}
