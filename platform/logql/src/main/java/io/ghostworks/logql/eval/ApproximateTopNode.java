package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The input of {@code approx_topk}: the series of an instant vector with values estimated by a
 * sketch. Of more than 10,000 series those with the largest estimates stay.
 */
final class ApproximateTopNode implements StepNode {
  private static final int SERIES_MAX = 10_000;

  private final StepNode input;
  private final LongConsumer memory;
  private final StepVector vector = new StepVector();

  ApproximateTopNode(StepNode input, LongConsumer memory) {
    this.input = input;
    this.memory = memory;
  }

  @Override
  public boolean next(StepVector out) {
    if (!input.next(vector)) {
      return false;
    }
    memory.accept(CountMinSketch.BYTES);
    CountMinSketch sketch = new CountMinSketch();
    byte[][] keys = new byte[vector.size()][];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = CountMinSketch.key(input.labels(vector.series(i)));
      memory.accept(16L + keys[i].length);
      sketch.add(keys[i], vector.value(i));
    }
    double[] estimates = Arrays.stream(keys).mapToDouble(sketch::count).toArray();
    out.start(vector.timeMs());
    for (int i : chosen(estimates)) {
      out.add(vector.series(i), estimates[i]);
    }
    return true;
  }

  private static int[] chosen(double[] estimates) {
    IntStream all = IntStream.range(0, estimates.length);
    if (estimates.length <= SERIES_MAX) {
      return all.toArray();
    }
    return all.boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -estimates[i]))
        .limit(SERIES_MAX)
        .mapToInt(i -> i)
        .toArray();
  }

  @Override
  public Labels labels(int series) {
    return input.labels(series);
  }

  @Override
  public void close() {
    input.close();
  }
}
