package io.ghostworks.rules.test;

import io.ghostworks.model.label.LabelNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.text.HistogramText;
import io.ghostworks.template.GoNumbers;
import io.ghostworks.template.GoStrings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How promtool prints what a test expects and what it got. */
final class TestTexts {

  private TestTexts() {}

  /** Go's {@code labels.Labels.String}: also the name stands in the braces. */
  static String of(Labels labels) {
    StringBuilder out = new StringBuilder("{");
    labels.forEach((name, value) -> {
      out.append(out.length() == 1 ? "" : ", ");
      out.append(LabelNames.isLegacyLabelName(name) ? name : GoStrings.quote(name));
      out.append('=').append(GoStrings.quote(value));
    });
    return out.append('}').toString();
  }

  static String ofAlerts(List<ComparedAlert> alerts) {
    if (alerts.isEmpty()) {
      return "[]";
    }
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < alerts.size(); i++) {
      ComparedAlert alert = alerts.get(i);
      out.append(i == 0 ? "\n" : ",\n").append(i).append(':');
      out.append(
          indented(
              "\nLabels:%s\nAnnotations:%s".formatted(of(alert.labels()), of(alert.annotations())),
              "  "));
    }
    return out.append("\n]").toString();
  }

  static String ofSamples(List<ComparedSample> samples) {
    return samples.isEmpty()
        ? "nil"
        : samples.stream().map(TestTexts::of).collect(Collectors.joining(", "));
  }

  private static String of(ComparedSample sample) {
    return of(sample.labels())
        + " "
        + (sample.histogram().isEmpty()
            ? GoNumbers.format(sample.value(), 'e', -1).toUpperCase(Locale.ROOT)
            : sample.histogram());
  }

  /** Each line but the first behind an indent. */
  static String indented(String lines, String indent) {
    return lines.replace("\n", "\n" + indent);
  }

  /** How the scripts of promqltest write a histogram; "" for none. */
  static String of(io.ghostworks.model.metric.@org.jspecify.annotations.Nullable FloatHistogram h) {
    return h == null ? "" : HistogramText.testExpression(h);
  }
}
