package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.VectorMatching;
import io.ghostworks.promql.ast.VectorMatching.Cardinality;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An arithmetic operator or comparison between two vectors. The "many" side is walked through and
 * the "one" side looked up by signature; of one-to-many the sides are swapped for that.
 */
final class VectorMatch {
  private static final int NONE = -1;

  private final Evaluator evaluator;
  private final Expr.Binary binary;
  private final VectorMatching matching;
  private final boolean swapped;
  private final boolean oneToOne;
  private final Signatures signatures;
  private final ElementOperation element;
  private final OutputBlock output;
  private final Map<Labels, Map<Labels, Labels>> resultLabels = new HashMap<>();
  private boolean[] matched = new boolean[0];
  private final Map<Integer, Set<Labels>> inserted = new HashMap<>();

  VectorMatch(Evaluator evaluator, Expr.Binary binary, VectorMatching matching) {
    this.evaluator = evaluator;
    this.binary = binary;
    this.matching = matching;
    this.swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
    this.oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
    this.signatures = new Signatures(evaluator.query(), matching);
    this.element = new ElementOperation(evaluator.query(), binary, evaluator.grid().steps());
    this.output = new OutputBlock(evaluator.query(), evaluator.grid());
  }

  List<Series> apply(List<Series> left, List<Series> right) {
    List<Series> many = swapped ? right : left;
    List<Series> one = swapped ? left : right;
    int[] manySignatures = signatures.of(many);
    int[] oneSignatures = signatures.of(one);
    SeriesPairs pairs = fills() ? null : pairs(many, manySignatures, one, oneSignatures);
    if (pairs != null) {
      element.finish();
      Blocks.discard(evaluator.query(), left);
      Blocks.discard(evaluator.query(), right);
      return pairs.finish();
    }
    int[] oneBySignature = new int[signatures.size()];
    matched = new boolean[signatures.size()];
    for (int step = 0; step < evaluator.grid().steps(); step++) {
      evaluator.query().context().check();
      Arrays.fill(oneBySignature, NONE);
      Arrays.fill(matched, false);
      inserted.clear();
      if (!fills() && (isEmpty(many, step) || isEmpty(one, step))) {
        continue; // before duplicates are looked for: there is nothing to be ambiguous about
      }
      index(one, oneSignatures, oneBySignature, step);
      matchMany(many, manySignatures, one, oneBySignature, step);
      fillMissingMany(one, oneSignatures, step);
    }
    element.finish();
    Blocks.discard(evaluator.query(), left);
    Blocks.discard(evaluator.query(), right);
    return output.finish();
  }

  /**
   * The result where no step can be ambiguous, as each signature has one series on the "one" side
   * and each result one series on the other: pair after pair, all steps at once. Otherwise null.
   */
  private @Nullable SeriesPairs pairs(
      List<Series> many, int[] manySignatures, List<Series> one, int[] oneSignatures) {
    int[] oneBySignature = new int[signatures.size()];
    Arrays.fill(oneBySignature, NONE);
    for (int i = 0; i < oneSignatures.length; i++) {
      if (oneBySignature[oneSignatures[i]] != NONE) {
        return null;
      }
      oneBySignature[oneSignatures[i]] = i;
    }
    if (oneToOne && Arrays.stream(manySignatures).distinct().count() < manySignatures.length) {
      return null;
    }
    Labels[] labels = new Labels[manySignatures.length];
    Set<Labels> unique = HashSet.newHashSet(labels.length);
    for (int i = 0; i < labels.length; i++) {
      int found = oneBySignature[manySignatures[i]];
      if (found != NONE) {
        labels[i] = resultLabels(many.get(i).labels(), one.get(found).labels());
        if (!unique.add(labels[i])) {
          return null;
        }
      }
    }
    SeriesPairs pairs = new SeriesPairs(evaluator, binary, element, swapped);
    for (int i = 0; i < labels.length; i++) {
      int found = oneBySignature[manySignatures[i]];
      if (found != NONE) {
        pairs.compute(many.get(i), one.get(found), labels[i]);
      }
    }
    return pairs;
  }

  private boolean fills() {
    return matching.fillLeft() != null || matching.fillRight() != null;
  }

  private static boolean isEmpty(List<Series> side, int step) {
    for (Series series : side) {
      if (series.has(step)) {
        return false;
      }
    }
    return true;
  }

  /** Finds the series of the "one" side by signature. */
  private void index(List<Series> one, int[] oneSignatures, int[] bySignature, int step) {
    for (int i = 0; i < oneSignatures.length; i++) {
      if (!one.get(i).has(step)) {
        continue;
      }
      int before = bySignature[oneSignatures[i]];
      if (before != NONE) {
        throw duplicate(one.get(i).labels(), one.get(before).labels());
      }
      bySignature[oneSignatures[i]] = i;
    }
  }

  private RuntimeException duplicate(Labels series, Labels other) {
    String first = LabelText.format(series);
    String second = LabelText.format(other);
    boolean ordered = Labels.compareUtf8(first, second) <= 0;
    return Query.failure(
        "found duplicate series for the match group %s on the %s hand-side of the operation: [%s, %s];many-to-many matching not allowed: matching labels must be unique on one side"
            .formatted(
                LabelText.format(signatures.matchLabels(series)),
                swapped ? "left" : "right",
                ordered ? first : second,
                ordered ? second : first));
  }

  private void matchMany(
      List<Series> many, int[] manySignatures, List<Series> one, int[] oneBySignature, int step) {
    Double fillOne = matching.fillRight();
    for (int i = 0; i < manySignatures.length; i++) {
      evaluator.query().work(0);
      Series series = many.get(i);
      if (!series.has(step)) {
        continue;
      }
      int found = oneBySignature[manySignatures[i]];
      if (found != NONE) {
        Series other = one.get(found);
        operate(
            manySignatures[i],
            step,
            series.labels(),
            series.value(step),
            series.histogram(step),
            other.labels(),
            other.value(step),
            other.histogram(step));
      } else if (fillOne != null) {
        Labels filled = signatures.matchLabels(series.labels());
        operate(
            manySignatures[i],
            step,
            series.labels(),
            series.value(step),
            series.histogram(step),
            filled,
            fillOne,
            null);
      }
    }
  }

  private void fillMissingMany(List<Series> one, int[] oneSignatures, int step) {
    Double fillMany = matching.fillLeft();
    if (fillMany == null) {
      return;
    }
    for (int i = 0; i < oneSignatures.length; i++) {
      Series series = one.get(i);
      boolean done = oneToOne ? matched[oneSignatures[i]] : inserted.containsKey(oneSignatures[i]);
      if (series.has(step) && !done) {
        operate(
            oneSignatures[i],
            step,
            signatures.matchLabels(series.labels()),
            fillMany,
            null,
            series.labels(),
            series.value(step),
            series.histogram(step));
      }
    }
  }

  private void operate(
      int signature,
      int step,
      Labels manyLabels,
      double many,
      @Nullable FloatHistogram manyHistogram,
      Labels oneLabels,
      double one,
      @Nullable FloatHistogram oneHistogram) {
    if (swapped) {
      element.apply(step, one, oneHistogram, many, manyHistogram);
    } else {
      element.apply(step, many, manyHistogram, one, oneHistogram);
    }
    if (element.failed()) {
      return;
    }
    Labels labels =
        resultLabels
            .computeIfAbsent(manyLabels, l -> new HashMap<>(2))
            .computeIfAbsent(oneLabels, l -> resultLabels(manyLabels, oneLabels));
    checkUnique(signature, labels);
    if (binary.returnBool()) {
      output.at(labels, true, step).set(step, element.keep() ? 1 : 0);
    } else if (element.keep()) {
      Series target = output.at(labels, false, step);
      FloatHistogram histogram = element.histogram();
      if (histogram != null) {
        target.set(step, histogram);
      } else {
        target.set(step, element.value());
      }
    }
  }

  private void checkUnique(int signature, Labels labels) {
    if (oneToOne) {
      if (matched[signature]) {
        throw Query.failure(
            "multiple matches for labels: many-to-one matching must be explicit"
                + " (group_left/group_right)");
      }
      matched[signature] = true;
    } else if (!inserted.computeIfAbsent(signature, s -> new HashSet<>()).add(labels)) {
      throw Query.failure(
          "multiple matches for labels: grouping labels must ensure unique matches");
    }
  }

  private Labels resultLabels(Labels many, Labels one) {
    evaluator.query().work(matching.labels().size() + matching.include().size());
    boolean dropsName =
        ElementOperation.changesMeaning(binary.operator())
            || (binary.returnBool() && !evaluator.query().options().delayedNameRemoval());
    Labels start = dropsName ? Series.withoutMetadata(many) : many;
    Labels.Builder builder = start.toBuilder();
    if (oneToOne && matching.on()) {
      builder = Labels.builder();
      for (String label : matching.labels()) {
        builder.set(label, start.get(label));
      }
    } else if (oneToOne) {
      for (String label : matching.labels()) {
        builder.remove(label);
      }
    }
    for (String label : matching.include()) {
      builder.set(label, one.get(label));
    }
    return builder.build();
  }
}
