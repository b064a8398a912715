package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.ast.AggregateOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.text.FloatText;
import io.ghostworks.promql.text.HistogramText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Evaluates aggregations: finds the groups and hands each operator its work. */
final class Aggregations {
  private final Evaluator evaluator;
  private final Query query;
  private final Expr.Aggregation aggregation;

  Aggregations(Evaluator evaluator, Expr.Aggregation aggregation) {
    this.evaluator = evaluator;
    this.query = evaluator.query();
    this.aggregation = aggregation;
  }

  List<Series> evaluate() {
    if (aggregation.operator() == AggregateOperator.COUNT_VALUES) {
      return countValues();
    }
    double[] parameter =
        aggregation.parameter() == null ? new double[0] : evaluator.scalar(aggregation.parameter());
    if (isFold() && evaluator.isScan(aggregation.expr())) {
      return foldScan();
    }
    List<Series> block = evaluator.ordered(aggregation.expr());
    GroupTable table = new GroupTable(query, aggregation, false);
    int[] groups = new int[block.size()];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = table.groupOf(block.get(i).labels());
    }
    List<Series> result =
        aggregation.operator().selects()
            ? new SelectingAggregation(evaluator, aggregation)
                .evaluate(block, groups, table.size(), parameter)
            : isFold() ? fold(block, groups, table) : quantile(block, groups, table, parameter);
    Blocks.discard(query, block);
    return result;
  }

  private boolean isFold() {
    return !aggregation.operator().selects()
        && aggregation.operator() != AggregateOperator.QUANTILE;
  }

  /** Folds series as they come from a store; none is kept. */
  private List<Series> foldScan() {
    List<Fold> folds = new ArrayList<>();
    GroupTable table = new GroupTable(query, aggregation, evaluator.dropsNames(aggregation.expr()));
    long[] held = new long[1];
    evaluator.scan(
        aggregation.expr(),
        series -> {
          held[0] += series.size();
          int group = table.groupOf(series.labels());
          if (group == folds.size()) {
            folds.add(new Fold(query, aggregation, evaluator.grid()));
          }
          folds.get(group).add(series);
        });
    List<Series> result = finished(folds, table);
    query.drop(held[0]);
    return result;
  }

  private Labels groupOf(Labels labels, Collection<String> grouping) {
    query.work(grouping.size());
    if (aggregation.without()) {
      Labels.Builder builder = labels.toBuilder();
      for (String label : grouping) {
        builder.remove(label);
      }
      return builder.remove(Labels.METRIC_NAME).build();
    }
    Labels.Builder builder = Labels.builder();
    for (String label : grouping) {
      builder.set(label, labels.get(label));
    }
    return builder.build();
  }

  private List<Series> fold(List<Series> block, int[] groups, GroupTable table) {
    List<Fold> folds = new ArrayList<>(table.size());
    for (int i = 0; i < block.size(); i++) {
      query.context().check();
      if (groups[i] == folds.size()) {
        folds.add(new Fold(query, aggregation, evaluator.grid()));
      }
      folds.get(groups[i]).add(block.get(i));
    }
    return finished(folds, table);
  }

  private List<Series> finished(List<Fold> folds, GroupTable table) {
    List<Series> results = new ArrayList<>(folds.size());
    for (int group = 0; group < folds.size(); group++) {
      query.work(evaluator.grid().steps());
      results.add(folds.get(group).finish(table.labels(group)));
    }
    return held(results);
  }

  private List<Series> held(List<Series> results) {
    List<Series> kept = Blocks.withoutEmpty(query, results);
    for (Series series : kept) {
      query.hold(series.size());
    }
    return kept;
  }

  private List<Series> quantile(
      List<Series> block, int[] groups, GroupTable table, double[] parameter) {
    warnOfQuantile(parameter);
    List<Series> results = new ArrayList<>();
    for (int group = 0; group < table.size(); group++) {
      results.add(Blocks.newSeries(query, table.labels(group), false, evaluator.grid()));
    }
    double[][] values = new double[table.size()][];
    int[] sizes = new int[values.length];
    for (int group : groups) {
      sizes[group]++;
    }
    for (int group = 0; group < values.length; group++) {
      values[group] = new double[sizes[group]];
    }
    for (int step = 0; step < evaluator.grid().steps(); step++) {
      java.util.Arrays.fill(sizes, 0);
      query.work(groups.length + values.length);
      for (int i = 0; i < groups.length; i++) {
        Series series = block.get(i);
        if (series.hasFloat(step)) {
          values[groups[i]][sizes[groups[i]]++] = series.value(step);
          Series result = results.get(groups[i]);
          result.setDropName(result.dropName() || series.dropName());
        } else if (series.histogram(step) != null) {
          query.annotations().ignoredInAggregation("quantile", aggregation.expr().position());
        }
      }
      for (int group = 0; group < values.length; group++) {
        if (sizes[group] > 0) {
          query.work(sizes[group]);
          results.get(group).set(step, Quantiles.of(parameter[step], values[group], sizes[group]));
        }
      }
    }
    return held(results);
  }

  /** Once for NaN, the greatest and the least; where any is NaN, they are too. */
  private void warnOfQuantile(double[] parameter) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double q : parameter) {
      min = Math.min(min, q);
      max = Math.max(max, q);
    }
    if (Double.isNaN(max)) {
      query.annotations().invalidQuantile(Double.NaN, parameterPosition());
    }
    if (max > 1) {
      query.annotations().invalidQuantile(max, parameterPosition());
    }
    if (min < 0) {
      query.annotations().invalidQuantile(min, parameterPosition());
    }
  }

  private io.ghostworks.promql.ast.PositionRange parameterPosition() {
    Expr parameter = aggregation.parameter();
    return parameter == null ? aggregation.position() : parameter.position();
  }

  private List<Series> countValues() {
    if (!(aggregation.parameter() instanceof Expr.StringLiteral literal)
        || !LabelText.isName(literal.value())) {
      throw Query.failure("invalid label name " + aggregation.parameter());
    }
    String label = literal.value();
    TreeSet<String> grouping = new TreeSet<>(aggregation.grouping());
    if (!aggregation.without()) {
      grouping.add(label);
    }
    List<Series> block = evaluator.vector(aggregation.expr());
    OutputBlock output = new OutputBlock(query, evaluator.grid());
    for (int step = 0; step < evaluator.grid().steps(); step++) {
      query.context().check();
      Map<Labels, Integer> counts = new LinkedHashMap<>();
      for (Series series : block) {
        if (series.has(step)) {
          FloatHistogram histogram = series.histogram(step);
          String value =
              histogram == null
                  ? FloatText.format(series.value(step))
                  : HistogramText.format(histogram);
          Labels labels = series.labels().toBuilder().set(label, value).build();
          counts.merge(groupOf(labels, grouping), 1, Integer::sum);
        }
      }
      int at = step;
      counts.forEach((labels, count) -> output.at(labels, false, at).set(at, count));
    }
    Blocks.discard(query, block);
    return output.finish();
  }
}
