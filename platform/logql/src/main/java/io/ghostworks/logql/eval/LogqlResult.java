package io.ghostworks.logql.eval;

import io.ghostworks.logql.LogAnswer;
import io.ghostworks.model.label.Labels;
import java.util.List;

/** What a query gave: log queries give streams, metric queries one of the others. */
public sealed interface LogqlResult {

  /** Log lines by stream. */
  record Streams(LogAnswer answer) implements LogqlResult {}

  /** One value a series at one time, by labels unless the query sorts by value. */
  record Vector(List<Sample> samples) implements LogqlResult {
    public Vector {
      samples = List.copyOf(samples);
    }
  }

  /**
   * A value of a series. The labels may hold empty values, which an extracted label can have.
   *
   * @param timestampMs since the epoch
   */
  record Sample(Labels labels, long timestampMs, double value) {}

  /** Values of series over the steps of a range, by labels. */
  record Matrix(List<Series> series) implements LogqlResult {
    public Matrix {
      series = List.copyOf(series);
    }
  }

  /**
   * The values of a series by ascending time. Arrays of one length, not to be changed. The labels
   * may hold empty values, which an extracted label can have.
   *
   * @param timestampsMs since the epoch
   */
  @SuppressWarnings("ArrayRecordComponent") // an answer, looked at and never compared
  record Series(Labels labels, long[] timestampsMs, double[] values) {
    public int size() {
      return values.length;
    }
  }

  /** A number, of an instant query. */
  record Scalar(long timestampMs, double value) implements LogqlResult {}
}
