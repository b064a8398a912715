package io.ghostworks.wire.remotewrite;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.RejectionTally;
import io.ghostworks.wire.label.LabelPacker;
import io.ghostworks.wire.proto.ProtoReader;
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
  private static final int SAMPLE = 2 << 3 | ProtoReader.BYTES;
  private static final int HISTOGRAM = 3 << 3 | ProtoReader.BYTES;
  private static final int EXEMPLAR = 4 << 3 | ProtoReader.BYTES;
  private static final int METADATA = 5 << 3 | ProtoReader.BYTES;
  private static final int SAMPLE_VALUE = 1 << 3 | ProtoReader.FIXED64;
  private static final int SAMPLE_TIMESTAMP = 2 << 3 | ProtoReader.VARINT;
  private static final int SAMPLE_START = 3 << 3 | ProtoReader.VARINT;

  private static final int MEMORY_STEP_BYTES = 1 << 20;

  private final boolean typeAndUnitLabels;
  private final int rowsMax;
  private final int labelBytesMax;

  /**
   * @param rowsMax samples and histograms of one request; those beyond are refused one by one
   * @param labelBytesMax of the labels of all series of one request; series beyond are refused
   */
  public RemoteWrite2Decoder(int rowsMax, int labelBytesMax) {
    this(rowsMax, labelBytesMax, false);
  }

  /**
   * @param typeAndUnitLabels whether each series gets its type and unit as labels
   */
  public RemoteWrite2Decoder(int rowsMax, int labelBytesMax, boolean typeAndUnitLabels) {
    this.typeAndUnitLabels = typeAndUnitLabels;
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
    private final ProtoReader reader;
    private final HistogramReader histograms;
    private final SymbolTable symbols;
    private final PlainRefs plainRefs;
    private final LabelRefs refs;
    private final ExemplarReader exemplars;
    private final SymbolMetadata metadata;
    private final LongConsumer memory;
    private long memoryBytes;

    Reading(String sender, ProtoReader reader, LongConsumer memory) {
      this.batch = new SeriesBatch(sender);
      this.reader = reader;
      this.histograms = new HistogramReader(reader);
      this.symbols = SymbolTable.of(reader);
      this.plainRefs = new PlainRefs(reader, symbols);
      this.refs = new LabelRefs(reader, symbols, labels, rejections);
      this.exemplars = new ExemplarReader(reader, batch, rowsMax, refs);
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
      if (typeAndUnitLabels || !plainTimeSeries()) {
        reader.rewind(start);
        anyTimeSeries();
      }
      reader.leave(outer);
    }

    /** Reads a series that begins with plain labels and is taken; false if it is another. */
    private boolean plainTimeSeries() {
      if (!reader.next() || reader.tag() != LabelRefs.PACKED || !plainRefs.pack()) {
        return false;
      }
      int items = reader.position();
      int rows = 0;
      boolean hasExemplars = false;
      metadata.clear();
      while (reader.next()) {
        switch (reader.tag()) {
          case LabelRefs.PACKED, LabelRefs.SINGLE -> {
            return false;
          }
          case METADATA -> metadata.read();
          default -> {
            rows += reader.tag() == SAMPLE || reader.tag() == HISTOGRAM ? 1 : 0;
            hasExemplars |= reader.tag() == EXEMPLAR;
            reader.skip();
          }
        }
      }
      if ((rows == 0 && !hasExemplars)
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
      refs.clear();
      metadata.clear();
      int rows = 0;
      boolean hasExemplars = false;
      while (reader.next()) {
        switch (reader.tag()) {
          case LabelRefs.PACKED, LabelRefs.SINGLE -> refs.read();
          case METADATA -> metadata.read();
          default -> {
            rows += reader.tag() == SAMPLE || reader.tag() == HISTOGRAM ? 1 : 0;
            hasExemplars |= reader.tag() == EXEMPLAR;
            reader.skip();
          }
        }
      }
      if (isTaken(rows, hasExemplars)) {
        int number = labels.addTo(batch.sets());
        if (!metadata.isEmpty()) {
          metadata.keep(refs.metricNameRef());
        }
        reader.rewind(start);
        items(number);
      }
    }

    /** Resolves the labels; counts what is refused otherwise. */
    private boolean isTaken(int rows, boolean hasExemplars) {
      long bytes = refs.resolve();
      String why = bytes < 0 ? refs.violation() : metadata.violation();
      if (why.isEmpty()) {
        bytes += typeAndUnitLabels ? metadata.addTo(labels) : 0;
        why = set.violation();
      }
      if (!why.isEmpty()) {
        String violation = why;
        rejections.add(Reason.INVALID_LABELS, Math.max(1, rows), () -> violation);
        return false;
      }
      if (rows == 0 && !hasExemplars) {
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

    private void items(int number) {
      while (reader.next()) {
        switch (reader.tag()) {
          case SAMPLE -> sample(number);
          case HISTOGRAM -> histogram(number);
          case EXEMPLAR -> exemplars.read(number);
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
  }
}
