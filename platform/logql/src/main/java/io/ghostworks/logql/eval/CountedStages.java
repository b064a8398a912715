package io.ghostworks.logql.eval;

import io.ghostworks.logql.syntax.LabelFilter;
import io.ghostworks.logql.syntax.Stage;
import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The stages of a pipeline as far as they can be answered from the labels of a stream and the level
 * of its records alone: filters of text on those, labels dropped that nothing asks for, and parsers
 * whose labels nothing asks for, which Loki then does not run.
 *
 * @param names the labels that filters and grouping look at
 */
record CountedStages(List<LabelFilter> filters, Set<String> names) {

  /** Empty where a stage needs more. */
  static Optional<CountedStages> of(Extraction extraction) {
    boolean grouped =
        extraction.noLabels() || (!extraction.without() && !extraction.groups().isEmpty());
    if (!grouped || extraction.unwrap() != null) {
      return Optional.empty();
    }
    List<LabelFilter> filters = new ArrayList<>();
    Set<String> names = new TreeSet<>(extraction.noLabels() ? List.of() : extraction.groups());
    Set<String> dropped = new TreeSet<>();
    boolean parses = false;
    for (Stage stage : extraction.stages()) {
      switch (stage) {
        case Stage.LabelStage label -> {
          if (!addNames(label.filter(), names)) {
            return Optional.empty();
          }
          filters.add(label.filter());
        }
        case Stage.Drop drop -> drop.labels().forEach(label -> dropped.add(label.label()));
        case Stage.Json json -> parses = true;
        case Stage.JsonExpressions json -> parses = true;
        case Stage.Logfmt logfmt -> parses = true;
        case Stage.LogfmtExpressions logfmt -> parses = true;
        case Stage.Regexp regexp -> parses = true;
        case Stage.PatternParser pattern -> parses = true;
        default -> {
          return Optional.empty();
        }
      }
    }
    boolean idle = !parses || (extraction.noLabels() && filters.isEmpty());
    dropped.retainAll(names);
    return idle && dropped.isEmpty()
        ? Optional.of(new CountedStages(List.copyOf(filters), Set.copyOf(names)))
        : Optional.empty();
  }

  private static boolean addNames(LabelFilter filter, Set<String> names) {
    return switch (filter) {
      case LabelFilter.Text text -> {
        names.add(text.matcher().label());
        yield true;
      }
      case LabelFilter.And and -> addNames(and.left(), names) && addNames(and.right(), names);
      case LabelFilter.Or or -> addNames(or.left(), names) && addNames(or.right(), names);
      case LabelFilter.Numeric number -> false;
      case LabelFilter.Duration duration -> false;
      case LabelFilter.Bytes bytes -> false;
      case LabelFilter.Ip ip -> false;
    };
  }

  /** Whether records with these labels stay. */
  boolean keeps(Labels labels) {
    return filters.stream().allMatch(filter -> holds(filter, labels));
  }

  private static boolean holds(LabelFilter filter, Labels labels) {
    return switch (filter) {
      case LabelFilter.Text text -> text.matcher().matches(labels.get(text.matcher().label()));
      case LabelFilter.And and -> holds(and.left(), labels) && holds(and.right(), labels);
      case LabelFilter.Or or -> holds(or.left(), labels) || holds(or.right(), labels);
      default -> throw new IllegalStateException("a filter that was refused: " + filter);
    };
  }
}
