package io.ghostworks.server.prometheus;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.promql.text.FloatText;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code result} of a query, entry by entry. */
final class QueryResultJson {

  private QueryResultJson() {}

  /** How many entries a result has; those of a scalar and a text cannot be limited. */
  static int size(QueryResult result) {
    return switch (result) {
      case QueryResult.Vector vector -> vector.samples().size();
      case QueryResult.Matrix matrix -> matrix.series().size();
      case QueryResult.Scalar scalar -> 0;
      case QueryResult.StringResult text -> 0;
    };
  }

  /**
   * The parts of a result, each to be written by {@link #write}.
   *
   * @param limit of entries, 0 for all
   */
  static Iterator<?> entries(QueryResult result, int limit) {
    return switch (result) {
      case QueryResult.Vector vector -> Limits.limited(vector.samples(), limit).iterator();
      case QueryResult.Matrix matrix -> Limits.limited(matrix.series(), limit).iterator();
      case QueryResult.Scalar scalar ->
          List.of(scalar.timestampMs() / 1000.0, FloatText.format(scalar.value())).iterator();
      case QueryResult.StringResult text ->
          List.of(text.timestampMs() / 1000.0, text.value()).iterator();
    };
  }

  /** Writes one entry of a result. */
  static void write(GoJson json, QueryResult result, Object entry) {
    switch (entry) {
      case QueryResult.Sample sample -> sample(json, timestampMs(result), sample);
      case SeriesPoints series -> series(json, series);
      case Double seconds -> json.number(seconds);
      default -> json.text(entry.toString());
    }
  }

  private static long timestampMs(QueryResult result) {
    return result instanceof QueryResult.Vector vector ? vector.timestampMs() : 0;
  }

  private static void sample(GoJson json, long timestampMs, QueryResult.Sample sample) {
    json.object().name("metric").labels(sample.labels());
    FloatHistogram histogram = sample.histogram();
    if (histogram == null) {
      json.name("value");
      point(json, timestampMs, sample.value());
    } else {
      json.name("histogram");
      HistogramJson.point(json, timestampMs, histogram);
    }
    json.endObject();
  }

  private static void series(GoJson json, SeriesPoints series) {
    json.object().name("metric").labels(series.labels());
    boolean floats = false;
    boolean histograms = false;
    for (int i = 0; i < series.size(); i++) {
      if (series.histogram(i) != null) {
        histograms = true;
        continue;
      }
      if (!floats) {
        json.name("values").array();
        floats = true;
      }
      point(json, series.timestampMs(i), series.value(i));
    }
    if (floats) {
      json.endArray();
    }
    if (histograms) {
      histograms(json, series);
    }
    json.endObject();
  }

  private static void histograms(GoJson json, SeriesPoints series) {
    json.name("histograms").array();
    for (int i = 0; i < series.size(); i++) {
      @Nullable FloatHistogram histogram = series.histogram(i);
      if (histogram != null) {
        HistogramJson.point(json, series.timestampMs(i), histogram);
      }
    }
    json.endArray();
  }

  private static void point(GoJson json, long timestampMs, double value) {
    json.array().time(timestampMs).sample(value).endArray();
  }
}
