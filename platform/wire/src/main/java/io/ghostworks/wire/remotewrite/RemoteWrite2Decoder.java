package io.ghostworks.wire.remotewrite;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.RejectionTally;
import io.ghostworks.wire.label.LabelPacker;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.proto.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * Reads {@code io.prometheus.write.v2.Request}. What is wrong with one series refuses that series
 * and no other, with the cases of Prometheus's receiver; a series with exemplars alone is taken,
 * since Prometheus's sender sends them so. Immutable and thread-safe.
 *
 * <p>A reference of two bytes can name a symbol of any length: the memory of the labels that come
 * of it is asked for as they grow, and bounded.
 *
 * <p>Source: Prometheus Remote-Write 2.0 specification; prometheus storage/remote/write_handler.go.
 */
public final class RemoteWrite2Decoder {
  private static final int TIME_SERIES = 5 << 3 | ProtoReader.BYTES;
  private static final int LABEL_REFS = 1 << 3 | ProtoReader.BYTES;
  private static final int LABEL_REF = 1 << 3 | ProtoReader.VARINT;
  private static final int SAMPLE = 2 << 3 | ProtoReader.BYTES;
  private static final int HISTOGRAM = 3 << 3 | ProtoReader.BYTES;
  private static final int EXEMPLAR = 4 << 3 | ProtoReader.BYTES;
  private static final int METADATA = 5 << 3 | ProtoReader.BYTES;
  private static final int SAMPLE_VALUE = 1 << 3 | ProtoReader.FIXED64;
  private static final int SAMPLE_TIMESTAMP = 2 << 3 | ProtoReader.VARINT;
  private static final int SAMPLE_START = 3 << 3 | ProtoReader.VARINT;
  private static final int EXEMPLAR_VALUE = 2 << 3 | ProtoReader.FIXED64;
  private static final int EXEMPLAR_TIMESTAMP = 3 << 3 | ProtoReader.VARINT;
  private static final int REFS_MAX = 2 * SeriesLabels.LABELS_MAX;

  /** Longer labels of one exemplar are never kept. */
  private static final int EXEMPLAR_BYTES_MAX = 4_096;

  private static final int MEMORY_STEP_BYTES = 1 << 20;

  private final int rowsMax;
  private final int labelBytesMax;

  /**
   * @param rowsMax samples and histograms of one request; those beyond are refused one by one
   * @param labelBytesMax of the labels of all series of one request; series beyond are refused
   */
  public RemoteWrite2Decoder(int rowsMax, int labelBytesMax) {
    this.rowsMax = rowsMax;
    this.labelBytesMax = labelBytesMax;
  }

  /**
   * Reads a request that is already decompressed.
   *
   * @param sender as in {@link SeriesBatch#SeriesBatch(String)}
   * @param memory is asked for bytes before labels take them; it may refuse by throwing
   */
  public Decoded<SeriesBatch> decode(
      String sender, byte[] body, int offset, int length, LongConsumer memory) {
    Reading reading = new Reading(sender, new ProtoReader(body, offset, length), memory);
    reading.request();
    return new Decoded<>(reading.batch, reading.rejections.toList());
  }

  /** The state of reading one request. */
  private final class Reading {
    private final SeriesBatch batch;
    private final RejectionTally rejections = new RejectionTally();
    private final LabelPacker labels = new LabelPacker();
    private final SeriesLabels set = new SeriesLabels(labels);
    private final IntColumn refs = new IntColumn();
    private final ProtoReader reader;
    private final HistogramReader histograms;
    private final SymbolTable symbols;
    private final PlainRefs plainRefs;
    private final SymbolMetadata metadata;
    private final LongConsumer memory;
    private long memoryBytes;

    Reading(String sender, ProtoReader reader, LongConsumer memory) {
      this.batch = new SeriesBatch(sender);
      this.reader = reader;
      this.histograms = new HistogramReader(reader);
      this.symbols = SymbolTable.of(reader);
      this.plainRefs = new PlainRefs(reader, symbols);
      this.metadata = new SymbolMetadata(reader, symbols, new FamilyMetadata(batch));
      this.memory = memory;
    }

    void request() {
      while (reader.next()) {
        if (reader.tag() == TIME_SERIES) {
          timeSeries();
        } else {
          reader.skip();
        }
      }
    }

    private void timeSeries() {
      int outer = reader.enter();
      int start = reader.position();
      if (!plainTimeSeries()) {
        reader.rewind(start);
        anyTimeSeries();
      }
      reader.leave(outer);
    }

    /** Reads a series that begins with plain labels and is taken; false if it is another. */
    private boolean plainTimeSeries() {
      if (!reader.next() || reader.tag() != LABEL_REFS || !plainRefs.pack()) {
        return false;
      }
      int items = reader.position();
      int rows = 0;
      boolean exemplars = false;
      metadata.clear();
      while (reader.next()) {
        switch (reader.tag()) {
          case LABEL_REFS, LABEL_REF -> {
            return false;
          }
          case METADATA -> metadata.read();
          default -> {
            rows += reader.tag() == SAMPLE || reader.tag() == HISTOGRAM ? 1 : 0;
            exemplars |= reader.tag() == EXEMPLAR;
            reader.skip();
          }
        }
      }
      if ((rows == 0 && !exemplars)
          || batch.rows() + (long) rows > rowsMax
          || batch.sets().arena().size() + plainRefs.bytes() > labelBytesMax
          || !metadata.violation().isEmpty()) {
        return false;
      }
      reserve(plainRefs.bytes());
      int number = plainRefs.addTo(batch.sets());
      metadata.keep(plainRefs.metricNameRef());
      reader.rewind(items);
      items(number);
      return true;
    }

    private void anyTimeSeries() {
      int start = reader.position();
      refs.truncate(0);
      metadata.clear();
      int rows = 0;
      boolean exemplars = false;
      while (reader.next()) {
        switch (reader.tag()) {
          case LABEL_REFS -> packedRefs();
          case LABEL_REF -> ref(reader.varint());
          case METADATA -> metadata.read();
          default -> {
            rows += reader.tag() == SAMPLE || reader.tag() == HISTOGRAM ? 1 : 0;
            exemplars |= reader.tag() == EXEMPLAR;
            reader.skip();
          }
        }
      }
      if (isTaken(rows, exemplars)) {
        int number = labels.addTo(batch.sets());
        if (!metadata.isEmpty()) {
          metadata.keep(metricNameRef());
        }
        reader.rewind(start);
        items(number);
      }
    }

    /** Resolves the labels; counts what is refused otherwise. */
    private boolean isTaken(int rows, boolean exemplars) {
      long bytes = resolve();
      String why = bytes < 0 ? labelsOutside() : metadata.violation();
      if (why.isEmpty()) {
        why = set.violation();
      }
      if (!why.isEmpty()) {
        String violation = why;
        rejections.add(Reason.INVALID_LABELS, Math.max(1, rows), () -> violation);
        return false;
      }
      if (rows == 0 && !exemplars) {
        rejections.add(
            Reason.INVALID_ROW,
            () -> "TimeSeries must contain at least one sample or histogram for series " + shown());
        return false;
      }
      if (batch.rows() + (long) rows > rowsMax) {
        rejections.add(
            Reason.LIMIT_EXCEEDED,
            Math.max(1, rows),
            () -> "a request may have at most %d samples".formatted(rowsMax));
        return false;
      }
      if (batch.sets().arena().size() + bytes > labelBytesMax) {
        rejections.add(
            Reason.LIMIT_EXCEEDED,
            Math.max(1, rows),
            () -> "the labels of a request may have at most %d bytes".formatted(labelBytesMax));
        return false;
      }
      reserve(bytes);
      return true;
    }

    /** The bytes of the series' labels, or −1 where a reference names no symbol. */
    private long resolve() {
      labels.clear();
      if (refs.size() % 2 != 0) {
        return -1;
      }
      long bytes = 0;
      for (int i = 0; i < refs.size(); i += 2) {
        if (!symbols.find(Integer.toUnsignedLong(refs.get(i)))) {
          return -1;
        }
        int nameStart = symbols.start();
        int nameLength = symbols.length();
        if (!symbols.find(Integer.toUnsignedLong(refs.get(i + 1)))) {
          return -1;
        }
        labels.add(
            reader.bytes(),
            nameStart,
            nameLength,
            reader.bytes(),
            symbols.start(),
            symbols.length());
        bytes += nameLength + symbols.length() + 4L;
      }
      return bytes;
    }

    private String labelsOutside() {
      return refs.size() % 2 != 0
          ? "invalid labelRefs length %d".formatted(refs.size())
          : "labelRefs outside of symbols table (size %d)".formatted(symbols.size());
    }

    private String shown() {
      String name = set.metricName();
      return name.length() > 200 ? name.substring(0, 200) : name;
    }

    /** The arena doubles as it grows, and the series engine keeps a copy while it admits. */
    private void reserve(long bytes) {
      long needed = 2 * (batch.sets().arena().size() + bytes);
      while (memoryBytes < needed) {
        memory.accept(MEMORY_STEP_BYTES);
        memoryBytes += MEMORY_STEP_BYTES;
      }
    }

    private void packedRefs() {
      int outer = reader.enter();
      while (reader.position() < reader.limit()) {
        ref(reader.varint());
      }
      reader.leave(outer);
    }

    private void ref(long ref) {
      if (refs.size() == REFS_MAX) {
        throw reader.malformed(
            "a series may have at most %d labels".formatted(SeriesLabels.LABELS_MAX));
      }
      refs.add((int) ref);
    }

    private int metricNameRef() {
      for (int i = 0; i < refs.size(); i += 2) {
        int ref = refs.get(i);
        symbols.find(ref);
        if (symbols.length() == Labels.METRIC_NAME.length()
            && symbols.text(ref).equals(Labels.METRIC_NAME)) {
          return refs.get(i + 1);
        }
      }
      throw new IllegalStateException("a series without a name was taken");
    }

    private void items(int number) {
      while (reader.next()) {
        switch (reader.tag()) {
          case SAMPLE -> sample(number);
          case HISTOGRAM -> histogram(number);
          case EXEMPLAR -> exemplar(number);
          default -> reader.skip();
        }
      }
    }

    private void sample(int number) {
      int outer = reader.enter();
      long bits = 0;
      long timestampMs = 0;
      long startMs = 0;
      while (reader.next()) {
        switch (reader.tag()) {
          case SAMPLE_VALUE -> bits = reader.fixed64();
          case SAMPLE_TIMESTAMP -> timestampMs = reader.varint();
          case SAMPLE_START -> startMs = reader.varint();
          default -> reader.skip();
        }
      }
      reader.leave(outer);
      batch.addBits(number, timestampMs, bits);
      if (startMs != 0) {
        batch.startTimestampOfLast(startMs);
      }
    }

    private void histogram(int number) {
      int outer = reader.enter();
      FloatHistogram histogram = histograms.read();
      reader.leave(outer);
      if (histogram == null) {
        String why = histograms.problem();
        rejections.add(Reason.INVALID_ROW, () -> why);
        return;
      }
      batch.add(number, histograms.timestampMs(), histogram);
      if (histograms.startTimestampMs() != 0) {
        batch.startTimestampOfLast(histograms.startTimestampMs());
      }
    }

    private void exemplar(int number) {
      int outer = reader.enter();
      if (batch.exemplars() == rowsMax) {
        throw reader.malformed("a request may have at most %d exemplars".formatted(rowsMax));
      }
      refs.truncate(0);
      double value = 0;
      long timestampMs = 0;
      while (reader.next()) {
        switch (reader.tag()) {
          case LABEL_REFS -> packedRefs();
          case LABEL_REF -> ref(reader.varint());
          case EXEMPLAR_VALUE -> value = reader.float64();
          case EXEMPLAR_TIMESTAMP -> timestampMs = reader.varint();
          default -> reader.skip();
        }
      }
      reader.leave(outer);
      long bytes = resolve();
      if (bytes < 0 || !areExemplarLabels()) {
        String why = bytes < 0 ? labelsOutside() : "its labels are not valid UTF-8";
        rejections.add(Reason.INVALID_ROW, () -> "parsing exemplar for series: %s".formatted(why));
      } else if (bytes <= EXEMPLAR_BYTES_MAX) {
        batch.addExemplar(number, new Exemplar(exemplarLabels(), value, timestampMs));
      }
    }

    private boolean areExemplarLabels() {
      for (int i = 0; i < refs.size(); i++) {
        symbols.find(Integer.toUnsignedLong(refs.get(i)));
        if (!Utf8.isValid(reader.bytes(), symbols.start(), symbols.length())) {
          return false;
        }
      }
      return true;
    }

    private Labels exemplarLabels() {
      Labels.Builder builder = Labels.builder();
      for (int i = 0; i < labels.size(); i++) {
        builder.set(labels.name(i), new String(labels.value(i), StandardCharsets.UTF_8));
      }
      return builder.build();
    }
  }
}
