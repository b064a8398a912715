package io.ghostworks.server.tempo;

import io.ghostworks.traceql.metrics.LabelValue;
import io.ghostworks.traceql.metrics.MetricExemplar;
import io.ghostworks.traceql.metrics.MetricLabel;
import io.ghostworks.traceql.metrics.MetricSeries;
import io.ghostworks.traceql.metrics.MetricsAnswer;
import io.ghostworks.wire.proto.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes Tempo's {@code QueryRangeResponse} and {@code QueryInstantResponse}. */
final class MetricsMessage {

  private final ProtoWriter out = new ProtoWriter(4096);

  private MetricsMessage() {}

  static ProtoWriter range(MetricsAnswer answer) {
    MetricsMessage message = new MetricsMessage();
    answer.series().forEach(message::series);
    return message.end(answer);
  }

  /** The one value of each series. */
  static ProtoWriter instant(MetricsAnswer answer) {
    MetricsMessage message = new MetricsMessage();
    for (MetricSeries series : answer.series()) {
      int start = message.out.begin(1);
      message.labels(1, series.labels());
      message.number(2, series.values()[0]);
      message.out.end(start);
    }
    return message.end(answer);
  }

  private ProtoWriter end(MetricsAnswer answer) {
    SearchMessage.metrics(
        out, new SearchMessage.Inspected(0, answer.inspectedSpans(), answer.inspectedBytes()));
    out.uint(3, answer.partial() ? 1 : 0);
    out.text(4, answer.message());
    return out;
  }

  private void series(MetricSeries series) {
    int start = out.begin(1);
    labels(1, series.labels());
    for (int i = 0; i < series.values().length; i++) {
      int sample = out.begin(2);
      number(1, series.values()[i]);
      out.uint(2, series.timestampsMs()[i]);
      out.end(sample);
    }
    series.exemplars().forEach(this::exemplar);
    out.end(start);
  }

  private void exemplar(MetricExemplar exemplar) {
    int start = out.begin(4);
    labels(1, exemplar.labels());
    number(2, exemplar.value());
    out.uint(3, exemplar.timestampMs());
    out.end(start);
  }

  /** Zero is left out. */
  private void number(int field, double value) {
    out.fixed64(field, Double.doubleToLongBits(value == 0 ? 0.0 : value));
  }

  private void labels(int field, List<MetricLabel> labels) {
    for (MetricLabel label : labels) {
      int start = out.begin(field);
      out.text(1, label.name());
      int value = out.begin(2);
      switch (label.value()) {
        case LabelValue.Text text -> {
          byte[] utf8 = text.value().getBytes(StandardCharsets.UTF_8);
          out.bytesAlways(1, utf8, 0, utf8.length);
        }
        case LabelValue.Whole whole -> out.uintAlways(3, whole.value());
        case LabelValue.Real real -> out.float64Always(4, real.value());
        case LabelValue.Bool bool -> out.uintAlways(2, bool.value() ? 1 : 0);
      }
      out.end(value);
      out.end(start);
    }
  }
}
