package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.VectorMatching;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for what must be equal of two series so that they match. */
final class Signatures {
  private final Query query;
  private final VectorMatching matching;
  private final Map<Labels, Integer> numbers = new HashMap<>();

  Signatures(Query query, VectorMatching matching) {
    this.query = query;
    this.matching = matching;
  }

  int[] of(List<Series> block) {
    int[] signatures = new int[block.size()];
    for (int i = 0; i < signatures.length; i++) {
      Labels labels = matchLabels(block.get(i).labels());
      signatures[i] = numbers.computeIfAbsent(labels, l -> numbers.size());
    }
    return signatures;
  }

  int size() {
    return numbers.size();
  }

  /** The labels that count for matching. */
  Labels matchLabels(Labels labels) {
    query.work(matching.labels().size() + labels.size());
    if (matching.on()) {
      Labels.Builder kept = Labels.builder();
      for (String label : matching.labels()) {
        kept.set(label, labels.get(label));
      }
      return kept.build();
    }
    Labels.Builder rest = labels.toBuilder().remove(Labels.METRIC_NAME);
    for (String label : matching.labels()) {
      rest.remove(label);
    }
    return rest.build();
  }
}
