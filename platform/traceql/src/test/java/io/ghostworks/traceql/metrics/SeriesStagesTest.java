package io.ghostworks.traceql.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.traceql.ast.Operator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesStagesTest {

  private static final double NONE = Double.NaN;

  private static SeriesSet set(StepSeries... series) {
    SeriesSet set = new SeriesSet();
    for (StepSeries each : series) {
      set.add(each);
    }
    return set;
  }

  private static StepSeries service(String name, double... values) {
    return new StepSeries(
        List.of(MetricLabel.text("resource.service.name", name)), values, List.of());
  }

  private static StepSeries named(String name, double... values) {
    return new StepSeries(List.of(MetricLabel.text(MetricLabel.NAME, name)), values, List.of());
  }

  private static double[] values(SeriesSet set, String service) {
    StepSeries series = set.get(SeriesKey.of(service(service).labels()));
    assertThat(series).isNotNull();
    return series == null ? new double[0] : series.values();
  }

  @Test
  void topKeepsTheGreatestOfEachStepAndAmongEqualOnesTheFirstByName() {
    SeriesSet top =
        SeriesStages.top(set(service("a", 1, 5), service("b", 1, 4), service("c", 0, 9)), 2, 1);
    assertThat(top.size()).isEqualTo(2);
    assertThat(values(top, "a")).containsExactly(1, NONE);
    assertThat(values(top, "c")).containsExactly(NONE, 9);
  }

  @Test
  void bottomKeepsTheLeastOfEachStepAndAmongEqualOnesTheLastByName() {
    SeriesSet bottom =
        SeriesStages.bottom(set(service("a", 1, 5), service("b", 1, 4), service("c", 3, 9)), 2, 1);
    assertThat(values(bottom, "b")).containsExactly(1, 4);
    assertThat(bottom.size()).isEqualTo(1);
  }

  @Test
  void aFilterLeavesOutValuesAndSeriesWithoutAny() {
    SeriesSet left =
        SeriesStages.filtered(set(service("a", 1, 5), service("b", 1, NONE)), value -> value > 2);
    assertThat(left.size()).isEqualTo(1);
    assertThat(values(left, "a")).containsExactly(NONE, 5);
  }

  @Test
  void seriesWithTheSameLabelsArePaired() {
    SeriesSet ratio =
        SeriesMath.apply(
            Operator.DIV,
            set(service("a", 1, 6), service("x", 7, 7)),
            set(service("a", 0, 3), service("y", 7, 7)));
    assertThat(ratio.size()).isEqualTo(1);
    assertThat(values(ratio, "a")).containsExactly(NONE, 2);
  }

  @Test
  void aSeriesWithoutLabelsIsPairedWithAll() {
    SeriesSet share =
        SeriesMath.apply(
            Operator.MULT,
            set(service("a", 1, 6), service("b", 2, 3)),
            set(named("rate", 10, 100)));
    assertThat(values(share, "a")).containsExactly(10, 600);
    assertThat(values(share, "b")).containsExactly(20, 300);
  }

  @Test
  void namesAreJoinedWhereBothSidesHaveOne() {
    SeriesSet sum = SeriesMath.apply(Operator.ADD, set(named("rate", 1)), set(named("rate", 2)));
    assertThat(sum.all())
        .singleElement()
        .satisfies(series ->
            assertThat(series.labels())
                .containsExactly(MetricLabel.text(MetricLabel.NAME, "(rate + rate)")));
  }

  @Test
  void answersAreOrderedByCountOfLabelsThenByTheirPrintedText() {
    AnswerOrder order = new AnswerOrder();
    List<MetricLabel> nine = List.of(new MetricLabel("a", new LabelValue.Whole(9)));
    List<MetricLabel> ten = List.of(new MetricLabel("a", new LabelValue.Whole(10)));
    List<MetricLabel> text = List.of(MetricLabel.text("a", "9"));
    assertThat(order.compare(ten, nine)).isNegative();
    assertThat(order.compare(nine, text)).isNegative();
    assertThat(order.compare(text, List.of())).isPositive();
  }
}
