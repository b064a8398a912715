package io.ghostworks.logql.eval;

import io.ghostworks.logql.syntax.LabelFilter;
import io.ghostworks.logql.syntax.Stage;
import io.ghostworks.logql.syntax.Unwrap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The labels on which the samples of a range aggregation depend, where that is known: then parsers
 * set no others, and what else a record has changes nothing.
 */
final class NeededLabels {
  private final Set<String> names = new TreeSet<>();

  private NeededLabels() {}

  /** Empty where the series keep labels that are not named, or templates may look at any label. */
  static Optional<Set<String>> of(Extraction extraction) {
    boolean grouped =
        extraction.noLabels() || (!extraction.without() && !extraction.groups().isEmpty());
    if (!grouped) {
      return Optional.empty();
    }
    NeededLabels needed = new NeededLabels();
    needed.names.addAll(extraction.groups());
    for (Stage stage : extraction.stages()) {
      if (!needed.add(stage)) {
        return Optional.empty();
      }
    }
    Unwrap unwrap = extraction.unwrap();
    if (unwrap != null) {
      needed.names.add(unwrap.label());
      unwrap.postFilters().forEach(needed::add);
    }
    return Optional.of(Set.copyOf(needed.names));
  }

  private boolean add(Stage stage) {
    return switch (stage) {
      case Stage.LabelStage label -> {
        add(label.filter());
        yield true;
      }
      case Stage.LabelFormats formats -> {
        for (Stage.LabelFormat format : formats.formats()) {
          names.add(format.label());
          names.add(format.value());
        }
        yield formats.formats().stream().allMatch(Stage.LabelFormat::rename);
      }
      case Stage.LineFormat format -> false;
      case Stage.Drop drop -> true;
      case Stage.Keep keep -> true;
      case Stage.Decolorize decolorize -> true;
      case Stage.LineFilters filters -> true;
      case Stage.Json json -> true;
      case Stage.JsonExpressions json -> {
        json.extractions().forEach(extraction -> names.add(extraction.label()));
        yield true;
      }
      case Stage.Logfmt logfmt -> true;
      case Stage.LogfmtExpressions logfmt -> {
        logfmt.extractions().forEach(extraction -> names.add(extraction.label()));
        yield true;
      }
      case Stage.Regexp regexp -> true;
      case Stage.PatternParser pattern -> true;
      case Stage.Unpack unpack -> true;
    };
  }

  private void add(LabelFilter filter) {
    switch (filter) {
      case LabelFilter.Text text -> names.add(text.matcher().label());
      case LabelFilter.Numeric number -> names.add(number.label());
      case LabelFilter.Duration duration -> names.add(duration.label());
      case LabelFilter.Bytes bytes -> names.add(bytes.label());
      case LabelFilter.Ip ip -> names.add(ip.label());
      case LabelFilter.And and -> {
        add(and.left());
        add(and.right());
      }
      case LabelFilter.Or or -> {
        add(or.left());
        add(or.right());
      }
    }
  }
}
