package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import java.util.function.LongConsumer;

/**
 * {@code and}, {@code or}, {@code unless}. Series of the left have even numbers, those of the right
 * odd ones.
 */
final class SetNode implements StepNode {
  private final Operation operation;
  private final StepNode left;
  private final StepNode right;
  private final SeriesCache leftSignature;
  private final SeriesCache rightSignature;
  private final StepVector leftVector = new StepVector();
  private final StepVector rightVector = new StepVector();
  private final LongSet signatures = new LongSet();

  /** Which series are kept. */
  enum Operation {
    AND,
    OR,
    UNLESS
  }

  SetNode(
      Operation operation, Matching matching, StepNode left, StepNode right, LongConsumer memory) {
    this.operation = operation;
    this.left = left;
    this.right = right;
    LabelTable table = new LabelTable(memory);
    this.leftSignature =
        new SeriesCache(series -> table.number(matching.signature(left.labels(series))));
    this.rightSignature =
        new SeriesCache(series -> table.number(matching.signature(right.labels(series))));
  }

  @Override
  public boolean next(StepVector out) {
    if (!right.next(rightVector) || !left.next(leftVector)) {
      return false;
    }
    out.start(leftVector.timeMs());
    signatures.clear();
    if (operation == Operation.OR) {
      union(out);
      return true;
    }
    for (int i = 0; i < rightVector.size(); i++) {
      signatures.add(rightSignature.get(rightVector.series(i)));
    }
    for (int i = 0; i < leftVector.size(); i++) {
      boolean isOther = signatures.has(leftSignature.get(leftVector.series(i)));
      if (isOther == (operation == Operation.AND)) {
        out.add(2 * leftVector.series(i), leftVector.value(i));
      }
    }
    return true;
  }

  private void union(StepVector out) {
    for (int i = 0; i < leftVector.size(); i++) {
      signatures.add(leftSignature.get(leftVector.series(i)));
      out.add(2 * leftVector.series(i), leftVector.value(i));
    }
    for (int i = 0; i < rightVector.size(); i++) {
      if (!signatures.has(rightSignature.get(rightVector.series(i)))) {
        out.add(2 * rightVector.series(i) + 1, rightVector.value(i));
      }
    }
  }

  @Override
  public Labels labels(int series) {
    return series % 2 == 0 ? left.labels(series / 2) : right.labels(series / 2);
  }

  @Override
  public void close() {
    try (left) {
      right.close();
    }
  }
}
