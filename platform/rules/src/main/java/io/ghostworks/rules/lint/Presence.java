package io.ghostworks.rules.lint;

import io.ghostworks.config.Spelling;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether selectors find anything, and why not. Remembers what it was asked; not thread-safe. */
final class Presence {
  private static final int NAMES_MAX = 20_000;
  private static final int SERIES_MAX = 200;
  private static final int SHOWN_MAX = 5;
  private static final Set<String> ALWAYS = Set.of("ALERTS", "ALERTS_FOR_STATE");

  private final LintData data;
  private final Set<String> recorded;
  private final Map<String, Optional<Absence>> known = new HashMap<>();

  /**
   * @param recorded names that rules of the same files write
   */
  Presence(LintData data, Set<String> recorded) {
    this.data = data;
    this.recorded = recorded;
  }

  /**
   * Why a selector finds nothing.
   *
   * @param certain whether it cannot find anything as long as applications go on as they do; else
   *     it only has not yet
   * @param replaced the condition that is at fault; null where it is not one alone
   * @param instead what was probably meant, or ""
   */
  record Absence(String reason, boolean certain, @Nullable LabelMatcher replaced, String instead) {}

  /** Empty if the selector finds series. */
  Optional<Absence> absence(Expr.VectorSelector selector) {
    return known.computeIfAbsent(
        String.valueOf(selector.matchers()), text -> find(selector.matchers()));
  }

  private Optional<Absence> find(List<LabelMatcher> matchers) {
    Optional<LabelMatcher> name =
        matchers.stream()
            .filter(matcher -> matcher.label().equals(Labels.METRIC_NAME))
            .filter(LabelMatcher.Equal.class::isInstance)
            .findFirst();
    String metric = name.map(matcher -> ((LabelMatcher.Equal) matcher).value()).orElse("");
    if (recorded.contains(metric)
        || ALWAYS.contains(metric)
        || !data.series(matchers, 1).isEmpty()) {
      return Optional.empty();
    }
    if (name.isPresent() && data.series(List.of(name.get()), 1).isEmpty()) {
      return Optional.of(noMetric(name.get(), metric));
    }
    List<LabelMatcher> base = name.map(List::of).orElse(List.of());
    for (LabelMatcher matcher : matchers) {
      if (!matcher.label().equals(Labels.METRIC_NAME)) {
        List<LabelMatcher> one = new ArrayList<>(base);
        one.add(matcher);
        if (data.series(one, 1).isEmpty()) {
          return Optional.of(noValue(base, matcher, metric));
        }
      }
    }
    return Optional.of(
        new Absence(
            "no series of the last %s fulfils all of %s at once"
                .formatted(window(), text(matchers)),
            false,
            null,
            ""));
  }

  private Absence noMetric(LabelMatcher name, String metric) {
    List<String> names = data.values(Labels.METRIC_NAME, List.of(), NAMES_MAX);
    Optional<String> near = near(metric, names);
    return new Absence(
        "there is no metric %s in the last %s%s"
            .formatted(
                metric, window(), near.map(n -> "; did you mean %s?".formatted(n)).orElse("")),
        true,
        name,
        near.orElse(""));
  }

  /** The nearest by spelling, else one with the usual ending more or less. */
  private static Optional<String> near(String metric, List<String> names) {
    for (String ending : List.of("_total", "_seconds", "_seconds_total", "_bytes")) {
      if (names.contains(metric + ending)) {
        return Optional.of(metric + ending);
      }
      if (metric.endsWith(ending)
          && names.contains(metric.substring(0, metric.length() - ending.length()))) {
        return Optional.of(metric.substring(0, metric.length() - ending.length()));
      }
    }
    return Spelling.nearest(metric, names);
  }

  private Absence noValue(List<LabelMatcher> base, LabelMatcher matcher, String metric) {
    List<Labels> some = data.series(base, SERIES_MAX);
    Set<String> labels = new TreeSet<>();
    some.forEach(each -> labels.addAll(each.toMap().keySet()));
    labels.remove(Labels.METRIC_NAME);
    List<String> values = data.values(matcher.label(), base, NAMES_MAX);
    if (values.isEmpty()) {
      Optional<String> near = nearLabel(matcher, labels, base);
      return new Absence(
          "no series of %s has a label %s; %s"
              .formatted(
                  metric.isEmpty() ? "any metric" : metric,
                  matcher.label(),
                  near.map(n -> "did you mean %s?".formatted(n))
                      .orElse("its labels are " + String.join(", ", labels))),
          true,
          matcher,
          near.map(label -> withLabel(matcher, label)).orElse(""));
    }
    Optional<String> near =
        matcher instanceof LabelMatcher.Equal equal
            ? nearValue(equal.value(), values)
            : Optional.empty();
    String shown =
        String.join(", ", values.subList(0, Math.min(SHOWN_MAX, values.size())))
            + (values.size() > SHOWN_MAX ? ", …" : "");
    return new Absence(
        "no series of %s in the last %s fulfils %s; values of %s: %s%s"
            .formatted(
                metric.isEmpty() ? "any metric" : metric,
                window(),
                matcher,
                matcher.label(),
                shown,
                near.map(n -> "; did you mean %s?".formatted(n)).orElse("")),
        near.isPresent(),
        matcher,
        near.map(value -> new LabelMatcher.Equal(matcher.label(), value).toString()).orElse(""));
  }

  /** A label that is spelled alike, or else the only one whose values fulfil the condition. */
  private Optional<String> nearLabel(
      LabelMatcher matcher, Set<String> labels, List<LabelMatcher> base) {
    List<String> fitting =
        labels.stream()
            .filter(
                label -> data.values(label, base, SERIES_MAX).stream().anyMatch(matcher::matches))
            .toList();
    Optional<String> alike = Spelling.nearest(matcher.label(), labels);
    if (alike.isPresent() && (fitting.isEmpty() || fitting.contains(alike.get()))) {
      return alike;
    }
    for (String label : labels) {
      if (matcher.label().startsWith(label) || label.startsWith(matcher.label())) {
        return Optional.of(label);
      }
    }
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }

  /** The same letters in another case, or one that is spelled almost alike. */
  private static Optional<String> nearValue(String value, List<String> values) {
    Optional<String> sameLetters = values.stream().filter(value::equalsIgnoreCase).findFirst();
    boolean isNumber = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    return sameLetters.or(
        () -> isNumber || value.length() < 4 ? Optional.empty() : Spelling.nearest(value, values));
  }

  private static String withLabel(LabelMatcher matcher, String label) {
    return switch (matcher) {
      case LabelMatcher.Equal equal -> new LabelMatcher.Equal(label, equal.value()).toString();
      case LabelMatcher.NotEqual not -> new LabelMatcher.NotEqual(label, not.value()).toString();
      case LabelMatcher.Matches matches ->
          new LabelMatcher.Matches(label, matches.regex()).toString();
      case LabelMatcher.NotMatches not ->
          new LabelMatcher.NotMatches(label, not.regex()).toString();
    };
  }

  private static String text(List<LabelMatcher> matchers) {
    List<String> texts = new ArrayList<>();
    matchers.forEach(matcher -> texts.add(matcher.toString()));
    return "{" + String.join(",", texts) + "}";
  }

  private String window() {
    return io.ghostworks.config.DurationForm.PROMETHEUS.format(data.window());
  }
}
