package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.BinaryOperator;
import io.ghostworks.promql.ast.VectorMatching;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The operators and, or, unless. */
final class SetOperation {
  private final Evaluator evaluator;
  private final Signatures signatures;

  SetOperation(Evaluator evaluator, VectorMatching matching) {
    this.evaluator = evaluator;
    this.signatures = new Signatures(evaluator.query(), matching);
  }

  List<Series> apply(BinaryOperator operator, List<Series> left, List<Series> right) {
    int[] leftSignatures = signatures.of(left);
    int[] rightSignatures = signatures.of(right);
    boolean[] present = new boolean[signatures.size()];
    boolean or = operator == BinaryOperator.OR;
    for (int step = 0; step < evaluator.grid().steps(); step++) {
      evaluator.query().work(left.size() + right.size());
      Arrays.fill(present, false);
      List<Series> deciding = or ? left : right;
      int[] decidingSignatures = or ? leftSignatures : rightSignatures;
      for (int i = 0; i < decidingSignatures.length; i++) {
        present[decidingSignatures[i]] |= deciding.get(i).has(step);
      }
      List<Series> decided = or ? right : left;
      int[] decidedSignatures = or ? rightSignatures : leftSignatures;
      boolean keepPresent = operator == BinaryOperator.AND;
      for (int i = 0; i < decidedSignatures.length; i++) {
        if (present[decidedSignatures[i]] != keepPresent) {
          decided.get(i).remove(step);
        }
      }
    }
    List<Series> result = new ArrayList<>(left);
    if (or) {
      result.addAll(right);
    } else {
      Blocks.discard(evaluator.query(), right);
    }
    return evaluator.merged(Blocks.withoutEmpty(evaluator.query(), result));
  }
}
