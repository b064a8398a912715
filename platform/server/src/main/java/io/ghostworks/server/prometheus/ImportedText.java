package io.ghostworks.server.prometheus;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.wire.exposition.ExpositionParser;
import java.util.Arrays;

/** Makes batches of an exposition that holds history. */
final class ImportedText {

  private static final String SENDER = "import";

  private final ExpositionParser parser;
  private final long timestampMs;
  private byte[] lastSeries = {};
  private int lastSet;
  private boolean ended;
  private String family = "";
  private MetricMetadata about = new MetricMetadata(MetricType.UNKNOWN, "", "");

  /**
   * @param timestampMs of samples without one
   */
  ImportedText(ExpositionParser parser, long timestampMs) {
    this.parser = parser;
    this.timestampMs = timestampMs;
  }

  /** The next rows, about so many at most; none and no metadata at the end. */
  SeriesBatch next(int rowsMax) {
    SeriesBatch batch = new SeriesBatch(SENDER);
    lastSeries = new byte[0];
    while (!ended && batch.rows() < rowsMax) {
      switch (parser.next()) {
        case SERIES -> sample(batch);
        case TYPE -> {
          begin(parser.family(), batch);
          about = new MetricMetadata(parser.type(), about.help(), about.unit());
        }
        case HELP -> {
          begin(parser.family(), batch);
          about = new MetricMetadata(about.type(), parser.help(), about.unit());
        }
        case UNIT -> {
          begin(parser.family(), batch);
          about = new MetricMetadata(about.type(), about.help(), parser.unit());
        }
        case END -> ended = true;
      }
    }
    endFamily(batch);
    return batch;
  }

  private void begin(String name, SeriesBatch batch) {
    if (!name.equals(family)) {
      endFamily(batch);
      family = name;
    }
  }

  private void endFamily(SeriesBatch batch) {
    if (!family.isEmpty()) {
      batch.addMetadata(family, about);
      family = "";
      about = new MetricMetadata(MetricType.UNKNOWN, "", "");
    }
  }

  private void sample(SeriesBatch batch) {
    int set = set(batch);
    long time = parser.hasTimestamp() ? parser.timestampMs() : timestampMs;
    FloatHistogram histogram = parser.histogram();
    if (histogram == null) {
      batch.addBits(set, time, Double.doubleToRawLongBits(parser.value()));
    } else {
      batch.add(set, time, histogram);
    }
    if (parser.startTimestampMs() != 0) {
      batch.startTimestampOfLast(parser.startTimestampMs());
    }
    if (parser.hasExemplar()) {
      batch.addExemplar(set, parser.exemplar(time));
    }
  }

  /** The samples of a series mostly stand together: its labels are read for the first of them. */
  private int set(SeriesBatch batch) {
    int length = parser.seriesEnd() - parser.seriesStart();
    if (lastSeries.length == length
        && Arrays.equals(
            lastSeries, 0, length, parser.bytes(), parser.seriesStart(), parser.seriesEnd())) {
      return lastSet;
    }
    lastSeries = Arrays.copyOfRange(parser.bytes(), parser.seriesStart(), parser.seriesEnd());
    byte[] packed = parser.packedLabels();
    lastSet = batch.sets().addPacked(packed, 0, packed.length);
    return lastSet;
  }
}
