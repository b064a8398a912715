package io.ghostworks.wire.remotewrite;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelSetNumbers;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.RejectionTally;
import io.ghostworks.wire.label.LabelPacker;
import io.ghostworks.wire.proto.ProtoReader;
import java.security.SecureRandom;

/**
 * Reads {@code prometheus.WriteRequest}. Labels need no order, as Prometheus's receiver sorts them;
 * series without a metric's name, with invalid labels or a label twice are refused row by row.
 * Metadata of families are kept. Sets that the store knows by their bytes are neither checked nor
 * packed again. Immutable and thread-safe.
 *
 * <p>Source: Prometheus Remote-Write 1.0 specification; prometheus prompb/types.proto.
 */
public final class RemoteWriteDecoder {
  private static final int TIME_SERIES = 1 << 3 | ProtoReader.BYTES;
  private static final int SAMPLE = 2 << 3 | ProtoReader.BYTES;
  private static final int EXEMPLAR = 3 << 3 | ProtoReader.BYTES;
  private static final int HISTOGRAM = 4 << 3 | ProtoReader.BYTES;
  private static final int SAMPLE_VALUE = 1 << 3 | ProtoReader.FIXED64;
  private static final int SAMPLE_TIMESTAMP = 2 << 3 | ProtoReader.VARINT;
  private static final int METADATA = 3 << 3 | ProtoReader.BYTES;
  private static final int METADATA_TYPE = 1 << 3 | ProtoReader.VARINT;
  private static final int METADATA_FAMILY = 2 << 3 | ProtoReader.BYTES;
  private static final int METADATA_HELP = 4 << 3 | ProtoReader.BYTES;
  private static final int METADATA_UNIT = 5 << 3 | ProtoReader.BYTES;

  private final int rowsMax;
  private final LabelSetNumbers numbers;

  /** Tells label sets apart by their bytes; senders do not know its seed. */
  private final Hasher128 fingerprint;

  /**
   * @param rowsMax samples and histograms of one request; those beyond are refused one by one
   * @param numbers of the store that gets the batches: sets that it knows are not read
   */
  public RemoteWriteDecoder(int rowsMax, LabelSetNumbers numbers) {
    this.rowsMax = rowsMax;
    this.numbers = numbers;
    this.fingerprint = Hashing.xxh3_128(new SecureRandom().nextLong());
  }

  /**
   * Reads a request that is already decompressed.
   *
   * @param sender as in {@link SeriesBatch#SeriesBatch(String)}
   * @param body which the batch refers to afterwards
   */
  public Decoded<SeriesBatch> decode(
      TenantId tenant, String sender, byte[] body, int offset, int length) {
    try (LabelSetNumbers.Lookup known = numbers.lookup(tenant)) {
      Reading reading =
          new Reading(sender, new ProtoReader(body, offset, length), rowsMax, known, fingerprint);
      reading.request();
      return new Decoded<>(reading.batch, reading.rejections.toList());
    }
  }

  /** The state of reading one request. */
  private static final class Reading {
    private final SeriesBatch batch;
    private final RejectionTally rejections = new RejectionTally();
    private final PlainLabels plainLabels = new PlainLabels();
    private final LabelPacker labels = new LabelPacker();
    private final ProtoReader reader;
    private final HistogramReader histograms;
    private final LabelPairs pairs;
    private final ExemplarReader exemplars;
    private final SeriesLabels set;
    private final FamilyMetadata metadata;
    private final int rowsMax;
    private final LabelSetNumbers.Lookup known;
    private final Hasher128 fingerprint;

    Reading(
        String sender,
        ProtoReader reader,
        int rowsMax,
        LabelSetNumbers.Lookup known,
        Hasher128 fingerprint) {
      this.batch = new SeriesBatch(sender);
      this.reader = reader;
      this.histograms = new HistogramReader(reader);
      this.pairs = new LabelPairs(reader);
      this.exemplars = new ExemplarReader(reader, batch, rowsMax, pairs);
      this.set = new SeriesLabels(labels);
      this.metadata = new FamilyMetadata(batch);
      this.rowsMax = rowsMax;
      this.known = known;
      this.fingerprint = fingerprint;
    }

    void request() {
      while (reader.next()) {
        switch (reader.tag()) {
          case TIME_SERIES -> timeSeries();
          case METADATA -> metadata();
          default -> reader.skip();
        }
      }
    }

    private void timeSeries() {
      int outer = reader.enter();
      if (!plainTimeSeries()) {
        anyTimeSeries();
      }
      reader.leave(outer);
    }

    /** Reads a series whose labels are plain and followed by nothing but floats. */
    private boolean plainTimeSeries() {
      int start = reader.position();
      int items = PlainLabels.end(reader.bytes(), start, reader.limit());
      int set = items > start && hasFloatsOnly(items) ? plainSet(start, items) : -1;
      if (set < 0) {
        reader.rewind(start);
        return false;
      }
      reader.rewind(items);
      while (reader.next()) {
        sample(set);
      }
      return true;
    }

    /** Whether floats, which the request has room for, are all that follows the labels. */
    private boolean hasFloatsOnly(int items) {
      int rows = 0;
      reader.rewind(items);
      while (reader.next()) {
        if (reader.tag() != SAMPLE) {
          return false;
        }
        reader.skip();
        rows++;
      }
      return rows > 0 && batch.rows() + (long) rows <= rowsMax;
    }

    /** The set of the labels, which are not read if they came before; -1 if they are not plain. */
    private int plainSet(int start, int end) {
      HashValue128 print = fingerprint.hashBytesTo128Bits(reader.bytes(), start, end - start);
      long high = print.getMostSignificantBits();
      long low = print.getLeastSignificantBits();
      long number = known.find(high, low);
      if (number >= 0) {
        return batch
            .sets()
            .addNumbered(
                number, high, low, reader.bytes(), start, end - start, PlainLabels::packed);
      }
      if (plainLabels.pack(reader.bytes(), start, end) != end) {
        return -1;
      }
      int set = plainLabels.addTo(batch.sets());
      batch.sets().fingerprint(set, high, low);
      return set;
    }

    private void anyTimeSeries() {
      int start = reader.position();
      labels.clear();
      int rows = 0;
      boolean hasExemplars = false;
      while (reader.next()) {
        if (reader.tag() == LabelPairs.LABEL) {
          pairs.addTo(labels);
        } else {
          rows += reader.tag() == SAMPLE || reader.tag() == HISTOGRAM ? 1 : 0;
          hasExemplars |= reader.tag() == EXEMPLAR;
          reader.skip();
        }
      }
      String why = set.violation();
      if (!why.isEmpty()) {
        rejections.add(Reason.INVALID_LABELS, rows, () -> why);
      } else if (batch.rows() + (long) rows > rowsMax) {
        rejections.add(
            Reason.LIMIT_EXCEEDED,
            rows,
            () -> "a request may have at most %d samples".formatted(rowsMax));
      } else if (rows > 0 || hasExemplars) {
        int number = labels.addTo(batch.sets());
        reader.rewind(start);
        items(number);
      }
    }

    private void items(int set) {
      while (reader.next()) {
        switch (reader.tag()) {
          case SAMPLE -> sample(set);
          case EXEMPLAR -> exemplars.read(set);
          case HISTOGRAM -> histogram(set);
          default -> reader.skip();
        }
      }
    }

    private void sample(int set) {
      int outer = reader.enter();
      long bits = 0;
      long timestampMs = 0;
      while (reader.next()) {
        switch (reader.tag()) {
          case SAMPLE_VALUE -> bits = reader.fixed64();
          case SAMPLE_TIMESTAMP -> timestampMs = reader.varint();
          default -> reader.skip();
        }
      }
      reader.leave(outer);
      batch.addBits(set, timestampMs, bits);
    }

    private void histogram(int set) {
      int outer = reader.enter();
      FloatHistogram histogram = histograms.read();
      reader.leave(outer);
      if (histogram == null) {
        String why = histograms.problem();
        rejections.add(Reason.INVALID_ROW, () -> why);
      } else {
        batch.add(set, histograms.timestampMs(), histogram);
      }
    }

    private void metadata() {
      int outer = reader.enter();
      int type = 0;
      String family = "";
      String help = "";
      String unit = "";
      while (reader.next()) {
        switch (reader.tag()) {
          case METADATA_TYPE -> type = (int) reader.varint();
          case METADATA_FAMILY -> family = metadataText();
          case METADATA_HELP -> help = metadataText();
          case METADATA_UNIT -> unit = metadataText();
          default -> reader.skip();
        }
      }
      reader.leave(outer);
      metadata.add(family, type, help, unit);
    }

    private String metadataText() {
      int length = reader.length();
      int start = reader.position();
      reader.skipBytes(length);
      return metadata.text(reader.bytes(), start, length);
    }
  }
}
