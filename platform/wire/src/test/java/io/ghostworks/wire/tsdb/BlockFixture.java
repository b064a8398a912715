package io.ghostworks.wire.tsdb;

import io.ghostworks.model.label.Labels;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Writes small blocks as Prometheus's formats describe them. */
final class BlockFixture {

  /** One chunk of a series. */
  record Chunk(long minMs, long maxMs, int encoding, byte[] data) {}

  /** One series with its chunks in order. */
  record Series(Labels labels, List<Chunk> chunks) {}

  private final int version;
  private final List<Long> references = new ArrayList<>();

  BlockFixture(int version) {
    this.version = version;
  }

  /** By which tombstones name a series. */
  long reference(int series) {
    return references.get(series);
  }

  void write(Path directory, long minMs, long maxMs, List<Series> series) throws IOException {
    Files.createDirectories(directory.resolve("chunks"));
    Files.writeString(
        directory.resolve("meta.json"),
        "{\"version\":1,\"ulid\":\"x\",\"minTime\":%d,\"maxTime\":%d,\"stats\":{\"numSamples\":7}}"
            .formatted(minMs, maxMs));
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(chunks);
    out.writeInt(0x85BD40DD);
    out.writeInt(1 << 24);
    List<List<Long>> places = new ArrayList<>();
    for (Series one : series) {
      List<Long> own = new ArrayList<>();
      for (Chunk chunk : one.chunks()) {
        own.add((long) chunks.size());
        uvarint(out, chunk.data().length);
        ByteArrayOutputStream checked = new ByteArrayOutputStream();
        checked.write(chunk.encoding());
        checked.writeBytes(chunk.data());
        checked(out, checked.toByteArray());
      }
      places.add(own);
    }
    Files.write(directory.resolve("chunks").resolve("000001"), chunks.toByteArray());
    Files.write(directory.resolve("index"), index(series, places));
  }

  private byte[] index(List<Series> series, List<List<Long>> places) throws IOException {
    TreeMap<String, Integer> symbols = new TreeMap<>();
    series.forEach(one ->
        one.labels()
            .forEach((name, value) -> {
              symbols.put(name, 0);
              symbols.put(value, 0);
            }));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0xBAAAD700);
    out.write(version);
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    DataOutputStream tableOut = new DataOutputStream(table);
    tableOut.writeInt(symbols.size());
    int number = 0;
    for (String symbol : List.copyOf(symbols.keySet())) {
      symbols.put(symbol, version == 2 ? number++ : 5 + 4 + table.size());
      byte[] text = symbol.getBytes(StandardCharsets.UTF_8);
      uvarint(tableOut, text.length);
      tableOut.write(text);
    }
    out.writeInt(table.size());
    checked(out, table.toByteArray());
    while (bytes.size() % 16 != 0) {
      out.write(0);
    }
    long seriesStart = bytes.size();
    for (int i = 0; i < series.size(); i++) {
      while (bytes.size() % 16 != 0) {
        out.write(0);
      }
      references.add(version == 2 ? bytes.size() / 16L : bytes.size());
      byte[] entry = entry(series.get(i), places.get(i), symbols);
      uvarint(out, entry.length);
      checked(out, entry);
    }
    long end = bytes.size();
    out.writeInt(0); // An empty section after the series.
    ByteArrayOutputStream toc = new ByteArrayOutputStream();
    DataOutputStream tocOut = new DataOutputStream(toc);
    for (long section : new long[] {5, seriesStart, 0, end, end, end}) {
      tocOut.writeLong(section);
    }
    checked(out, toc.toByteArray());
    return bytes.toByteArray();
  }

  private static byte[] entry(Series series, List<Long> places, Map<String, Integer> symbols)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    uvarint(out, series.labels().size());
    for (int i = 0; i < series.labels().size(); i++) {
      uvarint(out, symbols.get(series.labels().name(i)));
      uvarint(out, symbols.get(series.labels().value(i)));
    }
    uvarint(out, series.chunks().size());
    long time = 0;
    for (int i = 0; i < series.chunks().size(); i++) {
      Chunk chunk = series.chunks().get(i);
      long min = chunk.minMs() - time;
      uvarint(out, i == 0 ? (min << 1) ^ (min >> 63) : min);
      uvarint(out, chunk.maxMs() - chunk.minMs());
      long place = places.get(i) - (i == 0 ? 0 : places.get(i - 1));
      uvarint(out, i == 0 ? place : place << 1);
      time = chunk.maxMs();
    }
    return bytes.toByteArray();
  }

  static void tombstone(Path directory, long series, long minMs, long maxMs) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x0130BA30);
    out.write(1);
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    DataOutputStream entriesOut = new DataOutputStream(entries);
    uvarint(entriesOut, series);
    uvarint(entriesOut, minMs << 1);
    uvarint(entriesOut, maxMs << 1);
    checked(out, entries.toByteArray());
    Files.write(directory.resolve("tombstones"), bytes.toByteArray());
  }

  private static void uvarint(DataOutputStream out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static void checked(DataOutputStream out, byte[] bytes) throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    out.write(bytes);
    out.writeInt((int) checksum.getValue());
  }
}
