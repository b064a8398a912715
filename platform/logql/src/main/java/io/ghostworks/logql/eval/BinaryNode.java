package io.ghostworks.logql.eval;

import io.ghostworks.logql.syntax.BinaryOperator;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Arithmetic and comparisons between the series of two vectors that belong together. Source of
 * behaviour and words: Loki, {@code vectorBinop}.
 */
final class BinaryNode implements StepNode {
  private final BinaryOperator operator;
  private final Matching matching;
  private final boolean filters;
  private final StepNode left;
  private final StepNode right;
  private final LabelTable signatures;
  private final SeriesCache leftSignature;
  private final SeriesCache rightSignature;
  private final LabelTable results;
  private final Map<Long, Integer> pairs = new HashMap<>();
  private final List<Integer> resultOf = new ArrayList<>();
  private final StepVector leftVector = new StepVector();
  private final StepVector rightVector = new StepVector();
  private final LongSet inserted = new LongSet();
  private final LongConsumer memory;
  private int[] oneSeen = new int[16];
  private int[] oneAt = new int[16];
  private int[] matched = new int[16];
  private int step;
  private int[] lastOne = new int[16];
  private int[] lastPair = new int[16];

  BinaryNode(
      BinaryOperator operator,
      Matching matching,
      boolean returnsBool,
      StepNode left,
      StepNode right,
      LongConsumer memory) {
    this.operator = operator;
    this.matching = matching;
    this.filters = operator.isComparison() && !returnsBool;
    this.left = left;
    this.right = right;
    this.memory = memory;
    this.signatures = new LabelTable(memory);
    this.results = new LabelTable(memory);
    this.leftSignature =
        new SeriesCache(series -> signatures.number(matching.signature(left.labels(series))));
    this.rightSignature =
        new SeriesCache(series -> signatures.number(matching.signature(right.labels(series))));
    Arrays.fill(lastOne, -1);
  }

  @Override
  public boolean next(StepVector out) {
    if (!right.next(rightVector) || !left.next(leftVector)) {
      return false;
    }
    step++;
    inserted.clear();
    out.start(leftVector.timeMs());
    boolean swapped = matching.many() == Matching.Many.RIGHT;
    StepVector one = swapped ? leftVector : rightVector;
    SeriesCache oneSignature = swapped ? leftSignature : rightSignature;
    for (int i = 0; i < one.size(); i++) {
      setOne(oneSignature.get(one.series(i)), i, swapped);
    }
    StepVector many = swapped ? rightVector : leftVector;
    SeriesCache manySignature = swapped ? rightSignature : leftSignature;
    for (int i = 0; i < many.size(); i++) {
      int signature = manySignature.get(many.series(i));
      if (signature < oneSeen.length && oneSeen[signature] == step) {
        int at = oneAt[signature];
        int pair = pair(many.series(i), one.series(at), swapped);
        checkUnique(signature, pair);
        double manyValue = many.value(i);
        double oneValue = one.value(at);
        emit(pair, swapped ? oneValue : manyValue, swapped ? manyValue : oneValue, out);
      }
    }
    return true;
  }

  private void setOne(int signature, int at, boolean swapped) {
    if (signature >= oneSeen.length) {
      int length = Math.max(signature + 1, 2 * oneSeen.length);
      oneSeen = Arrays.copyOf(oneSeen, length);
      oneAt = Arrays.copyOf(oneAt, length);
      matched = Arrays.copyOf(matched, length);
    }
    if (oneSeen[signature] == step) {
      throw new QueryException(
          QueryException.Kind.EXECUTION,
          "found duplicate series on the %s hand-side;many-to-many matching not allowed: matching labels must be unique on one side"
              .formatted(swapped ? "left" : "right"));
    }
    oneSeen[signature] = step;
    oneAt[signature] = at;
  }

  private void checkUnique(int signature, int pair) {
    if (matching.many() == Matching.Many.NONE) {
      if (matched[signature] == step) {
        throw new QueryException(
            QueryException.Kind.EXECUTION,
            "multiple matches for labels: many-to-one matching must be explicit"
                + " (group_left/group_right)");
      }
      matched[signature] = step;
    } else if (!inserted.add(((long) signature << 32) | resultOf.get(pair))) {
      throw new QueryException(
          QueryException.Kind.EXECUTION,
          "multiple matches for labels: grouping labels must ensure unique matches");
    }
  }

  private void emit(int pair, double leftValue, double rightValue, StepVector out) {
    double result = operator.apply(leftValue, rightValue);
    if (!filters) {
      out.add(pair, result);
    } else if (result != 0) {
      out.add(pair, leftValue);
    }
  }

  /** The number of two series that met; mostly those that met in the step before. */
  private int pair(int many, int one, boolean swapped) {
    if (many >= lastOne.length) {
      int length = lastOne.length;
      lastOne = Arrays.copyOf(lastOne, Math.max(many + 1, 2 * length));
      Arrays.fill(lastOne, length, lastOne.length, -1);
      lastPair = Arrays.copyOf(lastPair, lastOne.length);
    }
    if (lastOne[many] != one) {
      lastOne[many] = one;
      lastPair[many] =
          pairs.computeIfAbsent(((long) many << 32) | one, key -> newPair(many, one, swapped));
    }
    return lastPair[many];
  }

  private int newPair(int many, int one, boolean swapped) {
    memory.accept(100);
    Labels manyLabels = swapped ? right.labels(many) : left.labels(many);
    Labels oneLabels = swapped ? left.labels(one) : right.labels(one);
    resultOf.add(results.number(matching.result(manyLabels, oneLabels)));
    return resultOf.size() - 1;
  }

  @Override
  public Labels labels(int series) {
    return results.labels(resultOf.get(series));
  }

  @Override
  public void close() {
    try (left) {
      right.close();
    }
  }
}
