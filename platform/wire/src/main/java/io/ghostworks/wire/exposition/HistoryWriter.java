package io.ghostworks.wire.exposition;

import io.ghostworks.model.label.LabelNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes stored samples in the Prometheus text format with timestamps, a line a sample. What that
 * format cannot say is written so that {@link PrometheusTextParser#ofHistory} reads it back bit for
 * bit, and other readers refuse it:
 *
 * <pre>
 * line  := name{labels} value timestampMs [st@startMs]
 * value := number | 0x<16 hexadecimal digits of a NaN's bits> | native histogram in braces
 * </pre>
 */
public final class HistoryWriter {
  private final OutputStream out;
  private final StringBuilder line = new StringBuilder();
  private int seriesLength;
  private boolean bare;

  public HistoryWriter(OutputStream out) {
    this.out = out;
  }

  /** Begins a series: the samples that follow are its own. */
  public void beginSeries(Labels labels) {
    line.setLength(0);
    String name = labels.metricName();
    boolean plain = LabelNames.isLegacyMetricName(name);
    line.append(plain ? name : "");
    char separator = '{';
    if (!plain) {
      line.append('{');
      quoted(name);
      separator = ',';
    }
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.name(i).equals(Labels.METRIC_NAME)) {
        line.append(separator);
        if (LabelNames.isLegacyLabelName(labels.name(i))) {
          line.append(labels.name(i));
        } else {
          quoted(labels.name(i));
        }
        line.append('=');
        quoted(labels.value(i));
        separator = ',';
      }
    }
    bare = separator == '{';
    line.append(bare ? "" : "}");
    seriesLength = line.length();
  }

  private void quoted(String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> line.append("\\\\");
        case '"' -> line.append("\\\"");
        case '\n' -> line.append("\\n");
        default -> line.append(text.charAt(i));
      }
    }
    line.append('"');
  }

  public void sample(long timestampMs, double value, long startMs) throws IOException {
    line.setLength(seriesLength);
    line.append(' ').append(HistogramText.number(value));
    end(timestampMs, startMs);
  }

  public void histogram(long timestampMs, FloatHistogram histogram, long startMs)
      throws IOException {
    line.setLength(seriesLength);
    line.append(bare ? "{} " : " "); // Without labels, braces would be taken for some.
    HistogramText.write(line, histogram);
    end(timestampMs, startMs);
  }

  private void end(long timestampMs, long startMs) throws IOException {
    line.append(' ').append(timestampMs);
    if (startMs != 0) {
      line.append(" st@").append(startMs);
    }
    out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
  }
}
