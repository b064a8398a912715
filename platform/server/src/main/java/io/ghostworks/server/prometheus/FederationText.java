package io.ghostworks.server.prometheus;

import io.ghostworks.model.label.LabelNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.number.DecimalText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes federated samples in the text format; labels of the sample first, then those of the whole
 * server that it does not have.
 */
final class FederationText {

  private final NameEscaping names;
  private final SortedMap<String, String> external;
  private final StringBuilder out = new StringBuilder();

  FederationText(NameEscaping names, SortedMap<String, String> external) {
    this.names = names;
    this.external = external;
  }

  void family(FederatedSample first) {
    out.append("# TYPE ");
    String name = names.escape(first.metric());
    if (LabelNames.isLegacyMetricName(name)) {
      out.append(name);
    } else {
      quoted(name);
    }
    out.append(first.histogram() == null ? " untyped\n" : " histogram\n");
  }

  void sample(FederatedSample sample) {
    FloatHistogram histogram = sample.histogram();
    if (histogram == null) {
      line(sample, "", "", sample.value());
    } else {
      histogram(sample, histogram);
    }
  }

  /** A histogram with bounds of its own as a classic one. */
  private void histogram(FederatedSample sample, FloatHistogram histogram) {
    double[] counts = ClassicBuckets.cumulative(histogram);
    for (int i = 0; i < counts.length; i++) {
      line(sample, "_bucket", DecimalText.general(histogram.customBounds()[i]), counts[i]);
    }
    line(sample, "_bucket", "+Inf", histogram.count());
    line(sample, "_sum", "", histogram.sum());
    line(sample, "_count", "", histogram.count());
  }

  /**
   * @param upperBound the label {@code le}; "" for none
   */
  private void line(FederatedSample sample, String suffix, String upperBound, double value) {
    String name = names.escape(sample.metric()) + suffix;
    char separator = '{';
    if (LabelNames.isLegacyMetricName(name)) {
      out.append(name);
    } else {
      out.append('{');
      quoted(name);
      separator = ',';
    }
    Labels labels = sample.labels();
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.name(i).equals(Labels.METRIC_NAME)) {
        separator = label(separator, labels.name(i), labels.value(i));
      }
    }
    for (Map.Entry<String, String> label : external.entrySet()) {
      if (labels.get(label.getKey()).isEmpty()) {
        separator = label(separator, label.getKey(), label.getValue());
      }
    }
    if (!upperBound.isEmpty()) {
      separator = label(separator, "le", upperBound);
    }
    out.append("} ").append(DecimalText.general(value)).append(' ').append(sample.timestampMs());
    out.append('\n');
  }

  private char label(char separator, String name, String value) {
    String escaped = names.escape(name);
    out.append(separator);
    if (LabelNames.isLegacyLabelName(escaped)) {
      out.append(escaped);
    } else {
      quoted(escaped);
    }
    out.append('=');
    quoted(value);
    return ',';
  }

  private void quoted(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '"' -> out.append("\\\"");
        default -> out.append(c);
      }
    }
    out.append('"');
  }

  void drainTo(OutputStream to) throws IOException {
    to.write(out.toString().getBytes(StandardCharsets.UTF_8));
    out.setLength(0);
  }
}
