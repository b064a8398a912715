package io.ghostworks.promql.cache;

import io.ghostworks.model.TenantId;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryAnswer;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.series.SeriesSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates one range query, as a whole or in parts. Used by one thread. */
final class RangeEvaluation {
  private final RangeQuery query;
  private final QueryContext context;
  private final SeriesSource source;
  private final EngineOptions options;
  private long samplesLoaded;

  RangeEvaluation(
      RangeQuery query, QueryContext context, SeriesSource source, EngineOptions options) {
    this.query = query;
    this.context = context;
    this.source = source;
    this.options = options;
  }

  TenantId tenant() {
    return context.tenant();
  }

  /** The answer of all steps. */
  QueryAnswer whole() {
    return evaluated(query.startMs(), query.endMs());
  }

  private QueryAnswer evaluated(long startMs, long endMs) {
    return PromqlEngine.range(
        query.text(), startMs, endMs, query.stepMs(), context, source, options);
  }

  /** The whole answer as an extent, or null where it is more than floats. */
  @Nullable Extent extentOf(QueryAnswer whole) {
    return isPlain(whole)
        ? Extent.of(whole, query.startMs(), query.stepMs(), (int) query.steps())
        : null;
  }

  /** Whether an answer is nothing but floats that come from samples as they were. */
  private boolean isPlain(QueryAnswer answer) {
    return answer.warnings().isEmpty()
        && answer.infos().isEmpty()
        && List.of(0L).containsAll(context.resolutionsMs())
        && ((QueryResult.Matrix) answer.result())
            .series().stream().allMatch(SeriesPoints::hasFloatsOnly);
  }

  /**
   * Evaluates the steps before and after an extent that it lacks.
   *
   * @param known has a step of the query at least
   * @return null where the query has to be evaluated as a whole
   */
  @Nullable Extent complete(Extent known) {
    boolean whole = known.firstMs() <= query.startMs() && known.lastMs() >= query.lastMs();
    if (isAboveLimit(known.cost()) || (!whole && known.cost().dependsOnRange())) {
      return null;
    }
    long heldBytes = context.reservedBytes();
    Extent complete = known;
    if (known.firstMs() > query.startMs()) {
      Extent head = part(query.startMs(), known.firstMs());
      complete =
          head == null
              ? null
              : head.between(query.startMs(), known.firstMs() - query.stepMs()).then(known);
    }
    if (complete != null && known.lastMs() < query.lastMs()) {
      Extent tail = part(known.lastMs(), query.lastMs());
      complete =
          tail == null
              ? null
              : complete.then(tail.between(known.lastMs() + query.stepMs(), query.lastMs()));
    }
    if (complete == null
        || isAboveLimit(complete.cost())
        || (!whole && complete.cost().dependsOnRange())) {
      // No evaluation runs any more that could hold what is given back here.
      context.release(context.reservedBytes() - heldBytes);
      return null;
    }
    return complete;
  }

  /** Whether the whole query might hold more samples than it may. */
  private boolean isAboveLimit(Extent.Cost cost) {
    return cost.peakSamples() > options.samplesMax();
  }

  /**
   * The steps from one to another, of which one is known already: no sample between two steps is
   * left out then when held samples are counted, and there is more than one step, which by itself
   * would be evaluated as a query at one time. Null where they fail or are more than floats.
   */
  private @Nullable Extent part(long firstMs, long lastMs) {
    QueryAnswer answer;
    try {
      answer = evaluated(firstMs, lastMs);
    } catch (QueryException e) {
      if (e.kind() == QueryException.Kind.CANCELED || e.kind() == QueryException.Kind.TIMEOUT) {
        throw e;
      }
      return null; // the whole query fails in its own words
    }
    samplesLoaded += answer.samplesLoaded();
    int steps = (int) ((lastMs - firstMs) / query.stepMs()) + 1;
    return isPlain(answer) ? Extent.of(answer, firstMs, query.stepMs(), steps) : null;
  }

  /** The answer that consists of an extent. */
  QueryAnswer answer(Extent extent) {
    context.reserve(extent.matrixBytes());
    return new QueryAnswer(
        extent.matrix(),
        List.of(),
        List.of(),
        samplesLoaded,
        extent.cost().peakSamples(),
        extent.cost().dependsOnRange(),
        null);
  }
}
