package io.ghostworks.wire.remotewrite;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.wire.proto.ProtoReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the exemplars of a request, which differ between the versions only in how they give labels.
 */
final class ExemplarReader {
  private static final int VALUE = 2 << 3 | ProtoReader.FIXED64;
  private static final int TIMESTAMP = 3 << 3 | ProtoReader.VARINT;

  private final ProtoReader reader;
  private final SeriesBatch batch;
  private final int exemplarsMax;
  private final LabelsField labels;

  /**
   * @param exemplarsMax exemplars of one request; more make it malformed
   */
  ExemplarReader(ProtoReader reader, SeriesBatch batch, int exemplarsMax, LabelsField labels) {
    this.reader = reader;
    this.batch = batch;
    this.exemplarsMax = exemplarsMax;
    this.labels = labels;
  }

  /** Reads the exemplar that the reader is at, of a series of the batch. */
  void read(int set) {
    int outer = reader.enter();
    if (batch.exemplars() == exemplarsMax) {
      throw reader.malformed("a request may have at most %d exemplars".formatted(exemplarsMax));
    }
    labels.clear();
    double value = 0;
    long timestampMs = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case VALUE -> value = reader.float64();
        case TIMESTAMP -> timestampMs = reader.varint();
        default -> {
          if (!labels.read()) {
            reader.skip();
          }
        }
      }
    }
    reader.leave(outer);
    Labels taken = labels.labels();
    if (taken != null) {
      batch.addExemplar(set, new Exemplar(taken, value, timestampMs));
    }
  }

  /** How a version gives the labels of an exemplar. */
  interface LabelsField {
    /** Forgets those of the exemplar before. */
    void clear();

    /** Reads the current field if it has labels; false if it is another. */
    boolean read();

    /** What was read; null where the exemplar is not to be kept. */
    @Nullable Labels labels();
  }
}
