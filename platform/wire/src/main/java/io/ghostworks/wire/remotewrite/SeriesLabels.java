package io.ghostworks.wire.remotewrite;

import io.ghostworks.model.label.Labels;
import io.ghostworks.wire.label.LabelPacker;
import java.nio.charset.StandardCharsets;

/** Checks the labels of one series as Prometheus's receiver does before it appends its samples. */
final class SeriesLabels {
  /** The most labels of one series that are looked at. */
  static final int LABELS_MAX = 10_000;

  private static final byte[] METRIC_NAME = Labels.METRIC_NAME.getBytes(StandardCharsets.UTF_8);

  private final LabelPacker labels;

  SeriesLabels(LabelPacker labels) {
    this.labels = labels;
  }

  /** Sorts the labels and tells what is wrong with them; "" if nothing is. */
  String violation() {
    labels.sort();
    int duplicate = labels.findDuplicate();
    if (duplicate >= 0) {
      return "label name \"%s\" is not unique".formatted(labels.name(duplicate));
    }
    int name = labels.find(METRIC_NAME);
    if (name < 0 || labels.valueLength(name) == 0) {
      return "a series needs a metric name in the label __name__";
    }
    if (!labels.areUtf8()) {
      return "label names must not be empty, and names and values must be valid UTF-8";
    }
    return "";
  }

  /** The metric's name, after {@link #violation} found nothing. */
  String metricName() {
    return new String(labels.value(labels.find(METRIC_NAME)), StandardCharsets.UTF_8);
  }
}
