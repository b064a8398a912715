package io.ghostworks.logql.pipeline;

import io.ghostworks.logql.syntax.Stage;
import io.ghostworks.model.label.LabelMatcher;
import java.util.List;
import java.util.Set;

/** {@code | drop} and {@code | keep}. */
final class LabelSelectionStage implements PipelineStage {
  private static final Set<String> SPECIAL =
      Set.of(LineLabels.ERROR, LineLabels.ERROR_DETAILS, LineLabels.PRESERVE_ERROR);

  private final List<Stage.NamedMatcher> matchers;
  private final boolean drop;

  LabelSelectionStage(List<Stage.NamedMatcher> matchers, boolean drop) {
    this.matchers = List.copyOf(matchers);
    this.drop = drop;
  }

  @Override
  public boolean process(Line line, LineLabels labels) {
    if (drop) {
      for (Stage.NamedMatcher matcher : matchers) {
        drop(matcher, labels);
      }
    } else {
      for (String name : labels.names()) {
        if (!SPECIAL.contains(name) && !isKept(name, labels)) {
          labels.delete(name);
        }
      }
    }
    return true;
  }

  private static void drop(Stage.NamedMatcher named, LineLabels labels) {
    LabelMatcher matcher = named.matcher();
    switch (named.label()) {
      case LineLabels.ERROR -> {
        if (matcher == null || matcher.matches(labels.error())) {
          labels.clearError();
        }
      }
      case LineLabels.ERROR_DETAILS -> {
        if (matcher == null || matcher.matches(labels.errorDetails())) {
          labels.clearErrorDetails();
        }
      }
      default -> {
        String value = labels.find(named.label());
        boolean fits =
            matcher == null ? value != null : matcher.matches(value == null ? "" : value);
        if (fits) {
          labels.delete(named.label());
        }
      }
    }
  }

  private boolean isKept(String name, LineLabels labels) {
    for (Stage.NamedMatcher named : matchers) {
      LabelMatcher matcher = named.matcher();
      if (named.label().equals(name) && (matcher == null || matcher.matches(labels.text(name)))) {
        return true;
      }
    }
    return false;
  }
}
