package io.ghostworks.wire.exposition;

import io.ghostworks.model.label.LabelNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.wire.number.DecimalText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes an exposition. Families are begun with {@link #family} and followed by their samples.
 * Counters are named as in the text format, with {@code _total}; OpenMetrics puts the suffix on the
 * samples only. Not thread-safe.
 */
public final class ExpositionWriter {
  private static final String TOTAL = "_total";

  private final boolean openMetrics;
  private final StringBuilder out = new StringBuilder(16 << 10);
  private String family = "";
  private MetricType type = MetricType.UNKNOWN;

  public ExpositionWriter(ExpositionFormat format) {
    if (format == ExpositionFormat.PROTOBUF) {
      throw new IllegalArgumentException("expositions are written as text, not as protobuf");
    }
    openMetrics = format == ExpositionFormat.OPENMETRICS;
  }

  /**
   * Begins a family.
   *
   * @param unit "" for none; written only where the name ends with it, as OpenMetrics demands
   */
  public void family(String name, String help, MetricType familyType, String unit) {
    type = familyType;
    family = name;
    String shown =
        openMetrics && type == MetricType.COUNTER && name.endsWith(TOTAL)
            ? name.substring(0, name.length() - TOTAL.length())
            : name;
    if (!help.isEmpty()) {
      metadata("HELP", shown, escaped(help, openMetrics));
    }
    metadata("TYPE", shown, openMetrics ? openMetricsType() : textType());
    if (openMetrics && !unit.isEmpty() && shown.endsWith("_" + unit)) {
      metadata("UNIT", shown, unit);
    }
  }

  /** Adds a sample without a time. */
  public void sample(String name, Labels labels, double value) {
    sample(name, labels, value, null, null);
  }

  /**
   * Adds a sample of the current family.
   *
   * @param timestampMs since the epoch, or null
   * @param exemplar left out where the format or the kind of sample has none, or null
   */
  public void sample(
      String name,
      Labels labels,
      double value,
      @Nullable Long timestampMs,
      @Nullable Exemplar exemplar) {
    String shown =
        openMetrics && type == MetricType.COUNTER && name.equals(family) && !name.endsWith(TOTAL)
            ? name + TOTAL
            : name;
    boolean plain = LabelNames.isLegacyMetricName(shown);
    if (plain) {
      out.append(shown);
    }
    labels(plain ? "" : shown, labels);
    out.append(' ').append(DecimalText.general(value));
    if (timestampMs != null) {
      out.append(' ').append(openMetrics ? seconds(timestampMs) : Long.toString(timestampMs));
    }
    if (openMetrics && exemplar != null && (shown.endsWith(TOTAL) || shown.endsWith("_bucket"))) {
      out.append(" # ");
      labels("", exemplar.labels());
      if (exemplar.labels().isEmpty()) {
        out.append("{}");
      }
      out.append(' ').append(DecimalText.general(exemplar.value()));
      out.append(' ').append(seconds(exemplar.timestampMs()));
    }
    out.append('\n');
  }

  /** The whole text. */
  public byte[] finish() {
    if (openMetrics) {
      out.append("# EOF\n");
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void metadata(String word, String name, String text) {
    out.append("# ").append(word).append(' ');
    if (LabelNames.isLegacyMetricName(name)) {
      out.append(name);
    } else {
      out.append('"').append(escaped(name, true)).append('"');
    }
    out.append(' ').append(text).append('\n');
  }

  private void labels(String quotedName, Labels labels) {
    String separator = "{";
    if (!quotedName.isEmpty()) {
      out.append("{\"").append(escaped(quotedName, true)).append('"');
      separator = ",";
    }
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      if (name.equals(Labels.METRIC_NAME)) {
        continue;
      }
      out.append(separator);
      separator = ",";
      if (LabelNames.isLegacyLabelName(name)) {
        out.append(name);
      } else {
        out.append('"').append(escaped(name, true)).append('"');
      }
      out.append("=\"").append(escaped(labels.value(i), true)).append('"');
    }
    if (separator.equals(",")) {
      out.append('}');
    }
  }

  private String openMetricsType() {
    return type.word();
  }

  private String textType() {
    return switch (type) {
      case UNKNOWN -> "untyped";
      case GAUGEHISTOGRAM -> MetricType.HISTOGRAM.word();
      case INFO, STATESET -> MetricType.GAUGE.word();
      case COUNTER, GAUGE, HISTOGRAM, SUMMARY -> type.word();
    };
  }

  private static String seconds(long ms) {
    return java.math.BigDecimal.valueOf(ms, 3).toPlainString();
  }

  private static String escaped(String text, boolean quotes) {
    StringBuilder result = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> result.append("\\\\");
        case '\n' -> result.append("\\n");
        case '"' -> result.append(quotes ? "\\\"" : "\"");
        default -> result.append(c);
      }
    }
    return result.toString();
  }
}
