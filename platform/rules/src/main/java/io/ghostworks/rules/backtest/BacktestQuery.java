package io.ghostworks.rules.backtest;

import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.template.PrometheusTemplate;
import java.util.List;

/** What a backtest asks; all of one tenant. */
public interface BacktestQuery {

  /**
   * The series of an expression at the steps of a range.
   *
   * @throws io.ghostworks.query.QueryException if it cannot be evaluated
   */
  List<SeriesPoints> range(String expression, long startMs, long endMs, long stepMs);

  /** What templates ask: the vector of an expression at one time. */
  List<PrometheusTemplate.Sample> instant(String expression, long timestampMs);

  /**
   * @throws io.ghostworks.query.QueryException if the backtest was cancelled or its time is up
   */
  void check();
}
