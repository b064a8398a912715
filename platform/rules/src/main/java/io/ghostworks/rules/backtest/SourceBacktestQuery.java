package io.ghostworks.rules.backtest;

import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.template.PrometheusTemplate;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a store within one query of the caller's, whose time and cancellation count for the whole
 * backtest; the memory of each piece is given back before the next one.
 */
public final class SourceBacktestQuery implements BacktestQuery {
  private final SeriesSource source;
  private final QueryContext whole;
  private final Supplier<QueryContext> pieces;
  private final EngineOptions options;
  private volatile @Nullable QueryContext current;

  /**
   * @param whole ends the backtest when it ends
   * @param pieces opens the context of one piece, which is closed here
   */
  public SourceBacktestQuery(
      SeriesSource source,
      QueryContext whole,
      Supplier<QueryContext> pieces,
      EngineOptions options) {
    this.source = source;
    this.whole = whole;
    this.pieces = pieces;
    this.options = options;
  }

  /** Lets the end of the whole end the piece that runs. */
  public SourceBacktestQuery started() {
    whole.onCancel(() -> {
      QueryContext piece = current;
      if (piece != null) {
        piece.cancel();
      }
    });
    return this;
  }

  private QueryContext open() {
    QueryContext piece = pieces.get();
    current = piece;
    if (whole.isCanceled()) {
      piece.cancel();
    }
    return piece;
  }

  @Override
  public List<SeriesPoints> range(String expression, long startMs, long endMs, long stepMs) {
    try (QueryContext piece = open()) {
      QueryResult result =
          PromqlEngine.range(expression, startMs, endMs, stepMs, piece, source, options).result();
      return switch (result) {
        case QueryResult.Matrix matrix -> matrix.series();
        case QueryResult.Vector ignored -> throw unusable();
        case QueryResult.Scalar ignored -> throw unusable();
        case QueryResult.StringResult ignored -> throw unusable();
      };
    }
  }

  private static QueryException unusable() {
    return new QueryException(
        QueryException.Kind.EXECUTION, "rule result is not a vector or scalar");
  }

  @Override
  public List<PrometheusTemplate.Sample> instant(String expression, long timestampMs) {
    try (QueryContext piece = open()) {
      QueryResult result =
          PromqlEngine.instant(expression, timestampMs, piece, source, options).result();
      return switch (result) {
        case QueryResult.Vector vector ->
            vector.samples().stream()
                .map(sample -> new PrometheusTemplate.Sample(sample.labels(), sample.value()))
                .toList();
        case QueryResult.Scalar scalar ->
            List.of(new PrometheusTemplate.Sample(Labels.EMPTY, scalar.value()));
        case QueryResult.Matrix ignored -> throw unusable();
        case QueryResult.StringResult ignored -> throw unusable();
      };
    }
  }

  @Override
  public void check() {
    whole.check();
  }
}
