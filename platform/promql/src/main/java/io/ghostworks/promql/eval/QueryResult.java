package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.ast.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value of a query. Times are milliseconds since the epoch. */
public sealed interface QueryResult {

  /** Its type, whose word is the API's {@code resultType}. */
  ValueType type();

  /** Series with one sample each at the same time, in the order that the query gives them. */
  record Vector(long timestampMs, List<Sample> samples) implements QueryResult {
    public Vector {
      samples = List.copyOf(samples);
    }

    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }
  }

  /** Series with their samples, sorted by labels. */
  record Matrix(List<SeriesPoints> series) implements QueryResult {
    public Matrix {
      series = List.copyOf(series);
    }

    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }
  }

  /** One number. */
  record Scalar(long timestampMs, double value) implements QueryResult {
    @Override
    public ValueType type() {
      return ValueType.SCALAR;
    }
  }

  /** One text. */
  record StringResult(long timestampMs, String value) implements QueryResult {
    @Override
    public ValueType type() {
      return ValueType.STRING;
    }
  }

  /**
   * One series' sample.
   *
   * @param histogram null for a float
   */
  record Sample(Labels labels, double value, @Nullable FloatHistogram histogram) {}
}
