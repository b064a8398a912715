package io.ghostworks.wire.tsdb;

import io.ghostworks.model.label.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a Prometheus data directory holds that is in no block yet: its newest checkpoint, the
 * write-ahead log after it, and the log of late samples. Every sample of the head stands there, so
 * that the chunks of the head need not be read; some samples may be in the newest block, too.
 * Exemplars and metadata are passed over.
 *
 * <p>Source: prometheus tsdb/docs/format/wal.md and tsdb/record.
 */
public final class PrometheusLog {
  private static final String CHECKPOINT = "checkpoint.";
  private static final int LABELS_MAX = 10_000;

  private static final int SERIES = 1;
  private static final int SAMPLES = 2;
  private static final int TOMBSTONES = 3;
  private static final int HISTOGRAMS = 7;
  private static final int FLOAT_HISTOGRAMS = 8;
  private static final int CUSTOM_HISTOGRAMS = 9;
  private static final int CUSTOM_FLOAT_HISTOGRAMS = 10;
  private static final int SAMPLES_2 = 11;
  private static final int HISTOGRAMS_2 = 12;
  private static final int FLOAT_HISTOGRAMS_2 = 13;

  private final List<Path> log;
  private final List<Path> late;

  private PrometheusLog(List<Path> log, List<Path> late) {
    this.log = log;
    this.late = late;
  }

  /** The log of a data directory; empty where it has none. */
  public static PrometheusLog of(Path dataDirectory) throws IOException {
    Path wal = dataDirectory.resolve("wal");
    List<Path> segments = new ArrayList<>();
    long checkpointed = -1;
    for (Path entry : entries(wal)) {
      String name = String.valueOf(entry.getFileName());
      if (name.startsWith(CHECKPOINT)
          && isNumber(name.substring(CHECKPOINT.length()))
          && Long.parseLong(name.substring(CHECKPOINT.length())) > checkpointed) {
        checkpointed = Long.parseLong(name.substring(CHECKPOINT.length()));
        segments = segments(entry, -1);
      }
    }
    segments.addAll(segments(wal, checkpointed));
    return new PrometheusLog(segments, segments(dataDirectory.resolve("wbl"), -1));
  }

  private static List<Path> segments(Path directory, long after) throws IOException {
    List<Path> segments = new ArrayList<>();
    for (Path entry : entries(directory)) {
      String name = String.valueOf(entry.getFileName());
      if (isNumber(name) && Long.parseLong(name) > after) {
        segments.add(entry);
      }
    }
    segments.sort(Comparator.comparingLong(path -> Long.parseLong(path.getFileName().toString())));
    return segments;
  }

  private static List<Path> entries(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static boolean isNumber(String name) {
    return name.matches("[0-9]{1,18}");
  }

  public boolean isEmpty() {
    return log.isEmpty() && late.isEmpty();
  }

  /**
   * Gives all samples in the order in which they were written, without those that were deleted
   * afterwards; samples of one series come in many pieces.
   *
   * @throws DamagedBlockException at the first record that is damaged; what came before was given
   */
  public void read(PrometheusBlock.Sink into) throws IOException {
    Deleted deleted = new Deleted();
    try {
      LogRecords.forEach(log, deleted::note);
    } catch (DamagedBlockException e) {
      // Told again by the reading of the samples, which ends at the same record.
    }
    Reading reading = new Reading(into, deleted);
    LogRecords.forEach(log, reading::record);
    reading.beginLate();
    LogRecords.forEach(late, reading::record);
  }

  /** The deletions, each of what was written before it. */
  private static final class Deleted {
    private record Range(long startMs, long endMs, int record) {}

    private final Map<Long, List<Range>> ranges = new HashMap<>();
    private int records;

    void note(BlockBytes record) throws IOException {
      records++;
      if (record.remaining() == 0 || record.octet() != TOMBSTONES) {
        return;
      }
      while (record.remaining() > 0) {
        long series = record.int64();
        ranges
            .computeIfAbsent(series, s -> new ArrayList<>())
            .add(new Range(record.varint(), record.varint(), records));
      }
    }

    boolean contains(long series, long timestampMs, int record) {
      for (Range range : ranges.getOrDefault(series, List.of())) {
        if (record < range.record && timestampMs >= range.startMs && timestampMs <= range.endMs) {
          return true;
        }
      }
      return false;
    }
  }

  /** The state of reading the samples. */
  private static final class Reading {
    private final PrometheusBlock.Sink into;
    private final Deleted deleted;
    private final Map<Long, Labels> series = new HashMap<>();
    private long current = -1;
    private int records;
    private boolean late;

    Reading(PrometheusBlock.Sink into, Deleted deleted) {
      this.into = into;
      this.deleted = deleted;
    }

    /** Deletions of late samples are not told apart by their place: all of them count. */
    void beginLate() {
      late = true;
      records = 0;
    }

    void record(BlockBytes in) throws IOException {
      records += late ? 0 : 1;
      if (in.remaining() == 0) {
        return;
      }
      int type = in.octet();
      switch (type) {
        case SERIES -> series(in);
        case SAMPLES, HISTOGRAMS, FLOAT_HISTOGRAMS, CUSTOM_HISTOGRAMS, CUSTOM_FLOAT_HISTOGRAMS ->
            samples(in, type);
        case SAMPLES_2, HISTOGRAMS_2, FLOAT_HISTOGRAMS_2 -> samplesWithStarts(in, type);
        default -> {} // Prometheus, too, passes over what it does not know.
      }
    }

    private void series(BlockBytes in) throws IOException {
      while (in.remaining() > 0) {
        long reference = in.int64();
        long count = in.uvarint();
        if (count < 0 || count > LABELS_MAX) {
          throw in.damaged("a series has %d labels".formatted(count));
        }
        Labels.Builder labels = Labels.builder();
        for (int i = 0; i < count; i++) {
          labels.set(text(in), text(in));
        }
        series.put(reference, labels.build());
      }
    }

    private static String text(BlockBytes in) throws IOException {
      return new String(in.bytes(in.uvarint()), StandardCharsets.UTF_8);
    }

    private void samples(BlockBytes in, int type) throws IOException {
      if (in.remaining() == 0) {
        return;
      }
      long firstReference = in.int64();
      long firstMs = in.int64();
      while (in.remaining() > 0) {
        long reference = firstReference + in.varint();
        long timestampMs = firstMs + in.varint();
        sample(in, type, reference, timestampMs, 0);
      }
    }

    private void samplesWithStarts(BlockBytes in, int type) throws IOException {
      if (in.remaining() == 0) {
        return;
      }
      long reference = in.varint();
      long firstMs = in.varint();
      long firstStartMs = in.varint();
      long startMs = firstStartMs;
      sample(in, type, reference, firstMs, startMs);
      while (in.remaining() > 0) {
        reference += in.varint();
        long timestampMs = firstMs + in.varint();
        startMs =
            switch (in.octet()) {
              case 0 -> 0;
              case 1 -> startMs;
              default -> firstStartMs + in.varint();
            };
        sample(in, type, reference, timestampMs, startMs);
      }
    }

    private void sample(BlockBytes in, int type, long reference, long timestampMs, long startMs)
        throws IOException {
      boolean taken =
          series.containsKey(reference) && !deleted.contains(reference, timestampMs, records);
      if (taken && reference != current) {
        current = reference;
        into.series(series.getOrDefault(reference, Labels.EMPTY));
      }
      switch (type) {
        case SAMPLES, SAMPLES_2 -> {
          long bits = in.int64();
          if (taken) {
            into.sample(timestampMs, bits, startMs);
          }
        }
        default -> {
          boolean floats =
              type == FLOAT_HISTOGRAMS
                  || type == CUSTOM_FLOAT_HISTOGRAMS
                  || type == FLOAT_HISTOGRAMS_2;
          var histogram = LogHistogram.read(in, floats);
          if (taken) {
            into.sample(timestampMs, histogram, startMs);
          }
        }
      }
    }
  }
}
