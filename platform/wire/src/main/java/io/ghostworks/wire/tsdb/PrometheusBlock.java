package io.ghostworks.wire.tsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.chunk.ChunkEncoding;
import io.ghostworks.wire.chunk.ChunkReader;
import io.ghostworks.wire.chunk.SampleSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One block of a Prometheus data directory. Checksums are compared as it is read.
 *
 * <p>Source: prometheus tsdb/docs/format.
 */
public final class PrometheusBlock {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int CHUNKS_MAGIC = 0x85BD40DD;

  private final Path directory;
  private final long startMs;
  private final long endMs;
  private final long samples;

  private PrometheusBlock(Path directory, long startMs, long endMs, long samples) {
    this.directory = directory;
    this.startMs = startMs;
    this.endMs = endMs;
    this.samples = samples;
  }

  /** Takes what a block has, series by series. */
  public interface Sink extends SampleSink {
    /** The samples that follow are those of a series. */
    void series(Labels labels);
  }

  /** The folders of a data directory that are blocks: those with a {@code meta.json}, by name. */
  public static List<Path> find(Path dataDirectory) throws IOException {
    try (Stream<Path> entries = Files.list(dataDirectory)) {
      return entries
          .filter(entry -> Files.isRegularFile(entry.resolve("meta.json")))
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }

  /**
   * Reads the description of a block.
   *
   * @throws DamagedBlockException if it is none of a version that is known
   */
  public static PrometheusBlock open(Path directory) throws IOException {
    Path file = directory.resolve("meta.json");
    JsonNode meta;
    try {
      meta = MAPPER.readTree(file.toFile());
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new DamagedBlockException("%s is damaged: %s".formatted(file, e.getMessage()), e);
    }
    if (meta.path("version").asInt() != 1
        || !meta.path("minTime").isIntegralNumber()
        || !meta.path("maxTime").isIntegralNumber()) {
      throw new DamagedBlockException(
          "%s describes no block of version 1 with minTime and maxTime".formatted(file));
    }
    return new PrometheusBlock(
        directory,
        meta.path("minTime").asLong(),
        meta.path("maxTime").asLong(),
        meta.path("stats").path("numSamples").asLong());
  }

  public Path directory() {
    return directory;
  }

  /** The first time that belongs to the block. */
  public long startMs() {
    return startMs;
  }

  /** The end of the block's times, exclusive. */
  public long endMs() {
    return endMs;
  }

  /** How many samples it says that it has. */
  public long samples() {
    return samples;
  }

  /**
   * Gives all samples, series in the order of the index, without those that were deleted.
   *
   * @throws DamagedBlockException if anything of it is damaged; what came before was given
   */
  public void read(Sink into) throws IOException {
    BlockIndex index = BlockIndex.open(directory.resolve("index"));
    BlockTombstones tombstones = BlockTombstones.read(directory.resolve("tombstones"));
    List<BlockBytes> segments = segments();
    while (index.next()) {
      into.series(index.labels());
      SampleSink kept = new Kept(into, tombstones.of(index.reference()));
      for (int chunk = 0; chunk < index.chunks(); chunk++) {
        if (index.chunkEndMs(chunk) >= startMs && index.chunkStartMs(chunk) < endMs) {
          chunk(segments, index.chunkPlace(chunk), kept);
        }
      }
    }
  }

  private List<BlockBytes> segments() throws IOException {
    List<BlockBytes> segments = new ArrayList<>();
    Path folder = directory.resolve("chunks");
    if (!Files.isDirectory(folder)) {
      return segments;
    }
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.sorted(Comparator.naturalOrder()).toList();
    }
    for (Path file : files) {
      BlockBytes segment = BlockBytes.map(file);
      if (segment.int32() != CHUNKS_MAGIC || segment.octet() != 1) {
        throw segment.damaged("it has no chunks of version 1");
      }
      segments.add(segment);
    }
    return segments;
  }

  private void chunk(List<BlockBytes> segments, long place, SampleSink into) throws IOException {
    long segmentNumber = place >>> 32;
    if (segmentNumber >= segments.size()) {
      throw new DamagedBlockException(
          "%s has no chunk file %d, of %d"
              .formatted(directory, segmentNumber + 1, segments.size()));
    }
    BlockBytes segment = segments.get((int) segmentNumber).at(place & 0xffffffffL);
    long length = segment.uvarint();
    int start = segment.position();
    if (length < 0 || length > Integer.MAX_VALUE - 5L) {
      throw segment.damaged("a chunk has %d bytes".formatted(length));
    }
    segment.check(start, length + 1);
    int number = segment.octet();
    ChunkEncoding encoding = ChunkEncoding.find(number).orElse(null);
    if (encoding == null) {
      throw segment.damaged("the encoding %d of chunks is not known".formatted(number));
    }
    byte[] data = segment.bytes(length);
    try {
      ChunkReader.read(encoding, data, 0, data.length, into);
    } catch (WireFormatException e) {
      DamagedBlockException damaged = segment.at(start).damaged(String.valueOf(e.getMessage()));
      damaged.initCause(e);
      throw damaged;
    }
  }

  /** Passes on what lies in the block and was not deleted. */
  private final class Kept implements SampleSink {
    private final Sink into;
    private final List<long[]> deleted;

    Kept(Sink into, List<long[]> deleted) {
      this.into = into;
      this.deleted = deleted;
    }

    private boolean isKept(long timestampMs) {
      if (timestampMs < startMs || timestampMs >= endMs) {
        return false;
      }
      for (long[] range : deleted) {
        if (timestampMs >= range[0] && timestampMs <= range[1]) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void sample(long timestampMs, long valueBits, long start) {
      if (isKept(timestampMs)) {
        into.sample(timestampMs, valueBits, start);
      }
    }

    @Override
    public void sample(long timestampMs, FloatHistogram histogram, long start) {
      if (isKept(timestampMs)) {
        into.sample(timestampMs, histogram, start);
      }
    }
  }
}
