package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.series.SeriesSource;
import java.util.Set;

/** What all parts of one running query share: its source, limits and annotations. */
final class Query {
  private final SeriesSource source;
  private final QueryContext context;
  private final EngineOptions options;
  private final Set<Expr.VectorSelector> statisticsOnly;
  private final Annotations annotations = new Annotations();
  private final WorkMeter meter;
  private long heldSamples;
  private long peakSamples;
  private long loadedSamples;

  Query(
      SeriesSource source,
      QueryContext context,
      EngineOptions options,
      Set<Expr.VectorSelector> statisticsOnly) {
    this.source = source;
    this.context = context;
    this.options = options;
    this.statisticsOnly = statisticsOnly;
    this.meter = new WorkMeter(context);
  }

  SeriesSource source() {
    return source;
  }

  QueryContext context() {
    return context;
  }

  EngineOptions options() {
    return options;
  }

  Annotations annotations() {
    return annotations;
  }

  /** Whether histograms that a selector reads are needed without their buckets. */
  boolean needsStatisticsOnly(Expr.VectorSelector selector) {
    return statisticsOnly.contains(selector);
  }

  /** Counts work of the query's own thread. */
  void work(long units) {
    meter.count(units);
  }

  /** Counts samples that were read. */
  void load(long samples) {
    loadedSamples += samples;
  }

  /** Counts samples that are kept from now on. */
  void hold(long samples) {
    heldSamples += samples;
    peakSamples = Math.max(peakSamples, heldSamples);
    if (heldSamples > options.samplesMax()) {
      throw new QueryException(
          QueryException.Kind.LIMIT,
          "query processing would load too many samples into memory in query execution");
    }
  }

  void drop(long samples) {
    heldSamples -= samples;
  }

  long loadedSamples() {
    return loadedSamples;
  }

  long peakSamples() {
    return peakSamples;
  }

  static QueryException failure(String message) {
    return new QueryException(QueryException.Kind.EXECUTION, message);
  }

  static QueryException sameLabelset() {
    return failure("vector cannot contain metrics with the same labelset");
  }
}
