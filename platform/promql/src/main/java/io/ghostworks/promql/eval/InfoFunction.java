package io.ghostworks.promql.eval;

import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.TimeShift;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The function info: adds the labels of info series, by default of {@code target_info}, to series
 * with the same {@code instance} and {@code job}.
 */
final class InfoFunction {
  private static final List<String> IDENTIFYING = List.of("instance", "job");
  private static final LabelMatcher TARGET_INFO =
      new LabelMatcher.Equal(Labels.METRIC_NAME, "target_info");

  private final Evaluator evaluator;
  private final Query query;
  private final Expr.Call call;
  private final List<LabelMatcher> nameMatchers = new ArrayList<>();
  private final Map<String, List<LabelMatcher>> dataMatchers = new LinkedHashMap<>();
  private final Set<Labels> ignored = new HashSet<>();

  InfoFunction(Evaluator evaluator, Expr.Call call) {
    this.evaluator = evaluator;
    this.query = evaluator.query();
    this.call = call;
  }

  List<Series> evaluate() {
    List<Series> base = evaluator.vector(call.arguments().getFirst());
    readMatchers();
    for (Series series : base) {
      String name = series.metricName();
      if (nameMatchers.stream().allMatch(matcher -> matcher.matches(name))) {
        ignored.add(series.labels());
      }
    }
    List<Series> infos = readInfos(base);
    List<Series> result = combine(base, infos);
    Blocks.discard(query, base);
    Blocks.discard(query, infos);
    return result;
  }

  /** Which info metrics and which of their labels are meant. */
  private void readMatchers() {
    boolean positive = false;
    if (call.arguments().size() > 1) {
      for (LabelMatcher matcher : Evaluator.matchersOf(call.arguments().get(1))) {
        if (matcher.label().equals(Labels.METRIC_NAME)) {
          nameMatchers.add(matcher);
          positive |=
              matcher instanceof LabelMatcher.Equal || matcher instanceof LabelMatcher.Matches;
        } else {
          dataMatchers.computeIfAbsent(matcher.label(), l -> new ArrayList<>()).add(matcher);
        }
      }
    }
    if (nameMatchers.isEmpty()) {
      nameMatchers.add(TARGET_INFO);
    } else if (!positive) {
      nameMatchers.addFirst(
          new LabelMatcher.Matches(Labels.METRIC_NAME, AnchoredRegex.compile(".+_info")));
    }
  }

  private List<Series> readInfos(List<Series> base) {
    List<LabelMatcher> matchers = new ArrayList<>();
    for (String label : IDENTIFYING) {
      Set<String> values = new TreeSet<>();
      for (Series series : base) {
        String value = series.labels().get(label);
        if (!value.isEmpty() && !ignored.contains(series.labels())) {
          values.add(value);
        }
      }
      if (!values.isEmpty()) {
        matchers.add(new LabelMatcher.Matches(label, AnchoredRegex.ofLiterals(values)));
      }
    }
    if (matchers.isEmpty()) {
      return List.of();
    }
    dataMatchers.values().forEach(matchers::addAll);
    matchers.addAll(nameMatchers);
    Expr argument = call.arguments().getFirst();
    TimeShift shift = shiftOf(argument, List.of());
    Expr.VectorSelector selector =
        new Expr.VectorSelector(
            "",
            matchers,
            shift == null ? TimeShift.NONE : shift,
            Expr.Extension.NONE,
            false,
            argument.position());
    return new InstantSelector(query, evaluator.grid())
        .read(selector, InstantSelector.Take.TIME_MS, "info");
  }

  /**
   * The times of the first selector in an expression: its offset and those of the subqueries around
   * it, up to the first with a fixed time.
   */
  private static @org.jspecify.annotations.Nullable TimeShift shiftOf(
      Expr expr, List<TimeShift> around) {
    return switch (expr) {
      case Expr.VectorSelector selector -> joined(selector.shift(), around);
      case Expr.MatrixSelector matrix -> joined(matrix.selector().shift(), around);
      case Expr.Subquery subquery -> {
        List<TimeShift> inner = new ArrayList<>(around);
        inner.addFirst(subquery.shift());
        yield shiftOf(subquery.expr(), inner);
      }
      case Expr.Aggregation aggregation -> {
        TimeShift found = shiftOf(aggregation.expr(), around);
        yield found != null || aggregation.parameter() == null
            ? found
            : shiftOf(aggregation.parameter(), around);
      }
      case Expr.Binary binary -> {
        TimeShift found = shiftOf(binary.left(), around);
        yield found != null ? found : shiftOf(binary.right(), around);
      }
      case Expr.Call inner -> {
        TimeShift found = null;
        for (int i = 0; found == null && i < inner.arguments().size(); i++) {
          found = shiftOf(inner.arguments().get(i), around);
        }
        yield found;
      }
      case Expr.Parenthesized parenthesized -> shiftOf(parenthesized.expr(), around);
      case Expr.Unary unary -> shiftOf(unary.expr(), around);
      case Expr.NumberLiteral number -> null;
      case Expr.StringLiteral string -> null;
    };
  }

  private static TimeShift joined(TimeShift own, List<TimeShift> around) {
    TimeShift joined = own;
    for (TimeShift outer : around) {
      if (joined.at() != null) {
        break;
      }
      joined = new TimeShift(joined.offsetMs() + outer.offsetMs(), null, outer.at());
    }
    return joined;
  }

  /** What must be equal of a series and an info series of that name. */
  private static Labels signature(String infoName, Labels labels) {
    Labels.Builder builder = Labels.builder().set(Labels.METRIC_NAME, infoName);
    for (String label : IDENTIFYING) {
      builder.set(label, labels.get(label));
    }
    return builder.build();
  }

  private List<Series> combine(List<Series> base, List<Series> infos) {
    Set<String> names = new TreeSet<>();
    List<Labels> infoSignatures = new ArrayList<>();
    for (Series info : infos) {
      names.add(info.metricName());
      infoSignatures.add(signature(info.metricName(), info.labels()));
    }
    OutputBlock output = new OutputBlock(query, evaluator.grid());
    for (int step = 0; step < evaluator.grid().steps(); step++) {
      query.context().check();
      Map<Labels, Series> newest = newest(infos, infoSignatures, step);
      for (Series series : base) {
        if (!series.has(step)) {
          continue;
        }
        Labels labels =
            ignored.contains(series.labels())
                ? series.labels()
                : enriched(series.labels(), names, newest);
        if (labels != null) {
          output.at(labels, series.dropName(), step).copy(step, series, step);
        }
      }
    }
    return output.finish();
  }

  /** The info series of each signature with the newest sample. */
  private static Map<Labels, Series> newest(List<Series> infos, List<Labels> signatures, int step) {
    Map<Labels, Series> newest = new HashMap<>();
    for (int i = 0; i < infos.size(); i++) {
      Series info = infos.get(i);
      if (!info.has(step)) {
        continue;
      }
      Series other = newest.get(signatures.get(i));
      if (other != null && other.value(step) == info.value(step)) {
        throw Query.failure(
            "found duplicate series for info metric: existing %s @ %d, new %s @ %d"
                .formatted(
                    other.labels(),
                    (long) other.value(step),
                    info.labels(),
                    (long) info.value(step)));
      }
      if (other == null || other.value(step) < info.value(step)) {
        newest.put(signatures.get(i), info);
      }
    }
    return newest;
  }

  /** The labels with those of the info series, or null where a needed info series is missing. */
  private @org.jspecify.annotations.Nullable Labels enriched(
      Labels base, Set<String> names, Map<Labels, Series> newest) {
    Labels.Builder added = Labels.builder();
    boolean any = false;
    for (String name : names) {
      Series info = newest.get(signature(name, base));
      if (info != null) {
        any = true;
        add(info.labels(), base, added);
      }
    }
    boolean allMayBeMissing =
        dataMatchers.values().stream()
            .allMatch(matchers -> matchers.stream().allMatch(matcher -> matcher.matches("")));
    if (!any && !allMayBeMissing) {
      return null;
    }
    Labels.Builder result = base.toBuilder();
    added.build().forEach(result::set);
    return result.build();
  }

  private void add(Labels info, Labels base, Labels.Builder added) {
    for (int i = 0; i < info.size(); i++) {
      String label = info.name(i);
      boolean wanted = dataMatchers.isEmpty() || dataMatchers.containsKey(label);
      if (label.equals(Labels.METRIC_NAME) || !wanted) {
        continue;
      }
      String before = added.get(label);
      if (before != null && !before.equals(info.value(i))) {
        throw Query.failure("conflicting label: " + label);
      }
      if (!base.has(label)) {
        added.set(label, info.value(i));
      }
    }
  }
}
