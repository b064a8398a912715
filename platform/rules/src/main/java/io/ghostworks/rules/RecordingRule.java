package io.ghostworks.rules;

import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Stores the result of an expression under a name of its own. */
final class RecordingRule implements Rule {
  private final RuleFile.Recording written;
  private final String query;
  private final RuleHealth health = new RuleHealth();

  RecordingRule(RuleFile.Recording written) {
    this.written = written;
    this.query = written.expression().text();
  }

  @Override
  public String name() {
    return written.name();
  }

  @Override
  public Labels labels() {
    return written.labels();
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public RuleHealth health() {
    return health;
  }

  @Override
  public Result evaluate(Evaluation evaluation, long slotNanos) {
    List<InstantQuery.Element> result =
        evaluation
            .query()
            .evaluate(
                evaluation.settings().tenant(), written.expression(), evaluation.atMs(slotNanos));
    List<InstantQuery.Element> named = new ArrayList<>(result.size());
    Set<Labels> seen = HashSet.newHashSet(result.size());
    for (InstantQuery.Element element : result) {
      Labels.Builder labels = element.labels().toBuilder().set(Labels.METRIC_NAME, name());
      written.labels().forEach(labels::set);
      Labels set = labels.build();
      if (!seen.add(set)) {
        throw new RuleException(
            "vector contains metrics with the same labelset after applying rule labels");
      }
      named.add(new InstantQuery.Element(set, element.value(), element.histogram()));
    }
    if (evaluation.limit() > 0 && named.size() > evaluation.limit()) {
      throw new RuleException(
          "exceeded limit of %d with %d series".formatted(evaluation.limit(), named.size()));
    }
    return new Result(named);
  }
}
