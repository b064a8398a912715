package io.ghostworks.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.logql.syntax.BinaryOperator;
import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepNodesTest {
  private static final double NAN = Double.NaN;
  private static final double GONE = -12345;
  private static final Matching ALL = new Matching(false, Set.of(), Matching.Many.NONE, List.of());

  @Test
  void aggregationsSkipWhatIsNoNumberOnlyWhereTheyMust() {
    StepNode input = fixed(List.of(a("1"), a("2"), a("3")), row(NAN, 2, 1), row(1, NAN, GONE));
    assertThat(run(new AggregateNode(AggregateNode.Operation.MAX, none(), input, n -> {})))
        .containsExactly("{} 2.0", "{} 1.0");
    input = fixed(List.of(a("1"), a("2"), a("3")), row(NAN, 2, 1), row(1, 3, GONE));
    assertThat(run(new AggregateNode(AggregateNode.Operation.SUM, none(), input, n -> {})))
        .containsExactly("{} NaN", "{} 4.0");
  }

  @Test
  void anInfiniteAverageStays() {
    StepNode input =
        fixed(
            List.of(a("1"), a("2"), a("3")),
            row(Double.POSITIVE_INFINITY, 2, Double.POSITIVE_INFINITY),
            row(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1));
    assertThat(run(new AggregateNode(AggregateNode.Operation.AVERAGE, none(), input, n -> {})))
        .containsExactly("{} Infinity", "{} NaN");
  }

  @Test
  void withoutDropsEmptyLabelsButTellsGroupsApartByThem() {
    Labels empty = Labels.ofSorted(new String[] {"a", "1", "b", ""});
    StepNode input = fixed(List.of(a("1"), empty), row(1, 2));
    Grouping grouping = new Grouping(true, List.of("x"));
    assertThat(run(new AggregateNode(AggregateNode.Operation.SUM, grouping, input, n -> {})))
        .containsExactly("{a=\"1\"} 1.0, {a=\"1\"} 2.0");
    input = fixed(List.of(a("1"), empty), row(1, 2));
    grouping = new Grouping(false, List.of("b"));
    assertThat(run(new AggregateNode(AggregateNode.Operation.SUM, grouping, input, n -> {})))
        .containsExactly("{} 1.0, {b=\"\"} 2.0");
  }

  @Test
  void theLargestComeFirstAndOfEqualOnesTheEarlier() {
    List<Labels> labels = List.of(a("1"), a("2"), a("3"), a("4"));
    StepNode input = fixed(labels, row(1, NAN, 1, 3), row(2, 2, 2, 1));
    assertThat(run(new SelectNode(true, 2, none(), input, n -> {})))
        .containsExactly("{a=\"4\"} 3.0, {a=\"1\"} 1.0", "{a=\"1\"} 2.0, {a=\"2\"} 2.0");
    input = fixed(labels, row(1, NAN, 1, 3), row(2, 2, 2, 1));
    assertThat(run(new SelectNode(false, Integer.MAX_VALUE, none(), input, n -> {})))
        .containsExactly(
            "{a=\"1\"} 1.0, {a=\"3\"} 1.0, {a=\"4\"} 3.0, {a=\"2\"} NaN",
            "{a=\"4\"} 1.0, {a=\"1\"} 2.0, {a=\"2\"} 2.0, {a=\"3\"} 2.0");
  }

  @Test
  void comparisonsWithANumberKeepTheValueOfTheVector() {
    assertThat(
            run(
                new ScalarNode(
                    BinaryOperator.GREATER, 2, true, false, fixed(List.of(a("1")), row(1)))))
        .containsExactly("{a=\"1\"} 1.0");
    assertThat(
            run(
                new ScalarNode(
                    BinaryOperator.POWER, 2, true, false, fixed(List.of(a("1")), row(3)))))
        .containsExactly("{a=\"1\"} 8.0");
  }

  @Test
  void pairsAreMatchedAnewWhereSeriesChange() {
    Matching onA = new Matching(true, Set.of("a"), Matching.Many.LEFT, List.of("b"));
    List<Labels> many = List.of(Labels.of("a", "1", "c", "x"), Labels.of("a", "1", "c", "y"));
    List<Labels> one = List.of(Labels.of("a", "1", "b", "p"), Labels.of("a", "1", "b", "q"));
    StepNode left = fixed(many, row(1, 2), row(3, 4));
    StepNode right = fixed(one, row(10, GONE), row(GONE, 20));
    assertThat(run(new BinaryNode(BinaryOperator.ADD, onA, false, left, right, n -> {})))
        .containsExactly(
            "{a=\"1\", b=\"p\", c=\"x\"} 11.0, {a=\"1\", b=\"p\", c=\"y\"} 12.0",
            "{a=\"1\", b=\"q\", c=\"x\"} 23.0, {a=\"1\", b=\"q\", c=\"y\"} 24.0");
  }

  @Test
  void severalMatchesMustBeAskedFor() {
    Matching onNothing = new Matching(true, Set.of(), Matching.Many.NONE, List.of());
    StepNode left = fixed(List.of(a("1"), a("2")), row(1, 2));
    StepNode right = fixed(List.of(a("3")), row(1));
    StepNode node = new BinaryNode(BinaryOperator.ADD, onNothing, false, left, right, n -> {});
    assertThatThrownBy(() -> run(node)).hasMessageContaining("must be explicit");
  }

  @Test
  void theShorterSideEndsAnOperation() {
    StepNode left = fixed(List.of(a("1")), row(1), row(2));
    StepNode right = fixed(List.of(a("1")), row(1));
    assertThat(run(new SetNode(SetNode.Operation.AND, ALL, left, right, n -> {})))
        .containsExactly("{a=\"1\"} 1.0");
  }

  @Test
  void sketchesGiveExactSumsOfFewSeries() {
    StepNode input = fixed(List.of(a("1"), Labels.EMPTY, a("3")), row(5, 7.5, 0));
    assertThat(run(new ApproximateTopNode(input, n -> {})))
        .containsExactly("{a=\"1\"} 5.0, {} 7.5, {a=\"3\"} 0.0");
  }

  private static Labels a(String value) {
    return Labels.of("a", value);
  }

  private static Grouping none() {
    return new Grouping(false, List.of());
  }

  private static double[] row(double... values) {
    return values;
  }

  private static List<String> run(StepNode node) {
    List<String> steps = new ArrayList<>();
    StepVector vector = new StepVector();
    while (node.next(vector)) {
      List<String> samples = new ArrayList<>();
      for (int i = 0; i < vector.size(); i++) {
        samples.add(node.labels(vector.series(i)) + " " + vector.value(i));
      }
      steps.add(String.join(", ", samples));
    }
    node.close();
    return steps;
  }

  private static StepNode fixed(List<Labels> labels, double[]... rows) {
    var rest = new ArrayList<>(Arrays.asList(rows));
    return new StepNode() {
      @Override
      public boolean next(StepVector out) {
        if (rest.isEmpty()) {
          return false;
        }
        double[] row = rest.removeFirst();
        out.start(0);
        for (int i = 0; i < row.length; i++) {
          if (row[i] != GONE) {
            out.add(i, row[i]);
          }
        }
        return true;
      }

      @Override
      public Labels labels(int series) {
        return labels.get(series);
      }

      @Override
      public void close() {}
    };
  }
}
