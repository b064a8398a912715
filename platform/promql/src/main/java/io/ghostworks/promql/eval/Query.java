package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.series.SeriesSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all parts of one running query share: its source, limits and annotations. */
final class Query {
  private final SeriesSource source;
  private final QueryContext context;
  private final EngineOptions options;
  private final Set<Expr.VectorSelector> statisticsOnly;
  private final Annotations annotations = new Annotations();
  private final WorkMeter meter;
  private @Nullable SharedExpressions shared;
  private final @Nullable QueryProfile profile;
  private long heldSamples;
  private long peakSamples;
  private long loadedSamples;
  private boolean dependsOnRange;

  Query(
      SeriesSource source,
      QueryContext context,
      EngineOptions options,
      Set<Expr.VectorSelector> statisticsOnly,
      @Nullable QueryProfile profile) {
    this.source = source;
    this.context = context;
    this.options = options;
    this.statisticsOnly = statisticsOnly;
    this.meter = new WorkMeter(context);
    this.profile = profile;
  }

  /** Computes from now on what a prepared expression asks for more than once only once. */
  void share(Expr prepared) {
    shared = new SharedExpressions(this, prepared);
  }

  /** What is computed once, or null where nothing is. */
  @Nullable SharedExpressions shared() {
    return shared;
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

  /** What measures the evaluation; null if nobody does. */
  @Nullable QueryProfile profile() {
    return profile;
  }

  /** The counts of what is evaluated now; null if nobody counts. */
  @Nullable SampleStatistics counts() {
    return profile == null ? null : profile.samples();
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

  /**
   * Where the counts stood before something was computed.
   *
   * @param peak of all before it
   */
  record Mark(long held, long loaded, long peak) {}

  /** Begins to look for the most samples that are held from now on. */
  Mark mark() {
    Mark mark = new Mark(heldSamples, loadedSamples, peakSamples);
    peakSamples = heldSamples;
    return mark;
  }

  /** The most samples that were held since a mark beside those held before it. */
  long peakSince(Mark mark) {
    long peak = peakSamples - mark.held;
    peakSamples = Math.max(peakSamples, mark.peak);
    return peak;
  }

  /** Counts the samples of something that was computed before as if it were computed again. */
  void repeat(long loaded, long peak) {
    load(loaded);
    hold(peak);
    drop(peak);
  }

  void drop(long samples) {
    heldSamples -= samples;
  }

  /** Notes that whether the query fails depends on all of its steps together. */
  void dependOnRange() {
    dependsOnRange = true;
  }

  boolean dependsOnRange() {
    return dependsOnRange;
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
