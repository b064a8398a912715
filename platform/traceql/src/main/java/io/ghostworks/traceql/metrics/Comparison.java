package io.ghostworks.traceql.metrics;

import io.ghostworks.query.QueryContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts of the values of all attributes, of spans that are selected and of the others. Source:
 * Tempo's {@code compare()}. What it holds is reserved in the query until that ends.
 */
final class Comparison {

  private static final int ENTRY_BYTES = 120;

  private final QueryContext context;
  private final Steps steps;
  private final int top;
  private final Side baseline = new Side("baseline");
  private final Side selection = new Side("selection");
  private long spans;

  /** One set of spans. */
  private final class Side {
    private final String type;
    private final Map<String, Map<LabelValue, double[]>> values = new LinkedHashMap<>();
    private final Map<String, double[]> totals = new LinkedHashMap<>();

    Side(String type) {
      this.type = type;
    }

    void add(String attribute, LabelValue value, int step, double weight) {
      Map<LabelValue, double[]> ofAttribute =
          values.computeIfAbsent(attribute, name -> new LinkedHashMap<>());
      double[] counts = ofAttribute.get(value);
      if (counts == null) {
        context.reserve(ENTRY_BYTES + (long) steps.count() * Double.BYTES);
        counts = new double[steps.count()];
        ofAttribute.put(value, counts);
      }
      counts[step] += weight;
      totals.computeIfAbsent(attribute, name -> new double[steps.count()])[step] += weight;
    }

    void addTo(SeriesSet target, List<ExemplarReservoir.Candidate> exemplars) {
      values.forEach((attribute, ofAttribute) ->
          chosen(ofAttribute)
              .forEach(value ->
                  target.add(
                      series(type, attribute, value.getKey(), value.getValue(), List.of()))));
      List<MetricExemplar> own = new ArrayList<>();
      exemplars.forEach(
          each -> own.add(new MetricExemplar(each.labels(), each.value(), each.timeMs())));
      String shownAt =
          totals.containsKey("resource.service.name") || totals.isEmpty()
              ? "resource.service.name"
              : totals.keySet().iterator().next();
      totals.forEach((attribute, counts) ->
          target.add(
              series(
                  type + "_total",
                  attribute,
                  LabelValue.NIL,
                  counts,
                  attribute.equals(shownAt) ? own : List.of())));
    }

    /** The values with the most spans, among equal ones the first by their text. */
    private List<Map.Entry<LabelValue, double[]>> chosen(Map<LabelValue, double[]> all) {
      List<Map.Entry<LabelValue, double[]>> entries = new ArrayList<>(all.entrySet());
      if (entries.size() <= top) {
        return entries;
      }
      entries.sort(
          Comparator.<Map.Entry<LabelValue, double[]>>comparingDouble(
                  entry -> -Arrays.stream(entry.getValue()).sum())
              .thenComparing(entry -> entry.getKey().toString()));
      return entries.subList(0, top);
    }
  }

  /**
   * @param top so many values of each attribute are shown
   */
  Comparison(QueryContext context, Steps steps, int top) {
    this.context = context;
    this.steps = steps;
    this.top = top;
  }

  /** Begins another span. */
  void countSpan() {
    spans++;
  }

  long spans() {
    return spans;
  }

  /** Counts an attribute of a span. */
  void add(boolean selected, String attribute, LabelValue value, int step, double weight) {
    (selected ? selection : baseline).add(attribute, value, step, weight);
  }

  /** All series; exemplars stand at one of the totals. */
  SeriesSet series(
      List<ExemplarReservoir.Candidate> ofBaseline, List<ExemplarReservoir.Candidate> ofSelection) {
    SeriesSet set = new SeriesSet();
    baseline.addTo(set, ofBaseline);
    selection.addTo(set, ofSelection);
    return set;
  }

  private static StepSeries series(
      String type,
      String attribute,
      LabelValue value,
      double[] counts,
      List<MetricExemplar> exemplars) {
    return new StepSeries(
        List.of(MetricLabel.text(MetricLabel.META_TYPE, type), new MetricLabel(attribute, value)),
        counts,
        exemplars);
  }
}
