package io.ghostworks.model.metric;

import java.util.Locale;

/** The types of metric families that OpenMetrics and Prometheus know. */
public enum MetricType {
  UNKNOWN,
  COUNTER,
  GAUGE,
  HISTOGRAM,
  GAUGEHISTOGRAM,
  SUMMARY,
  INFO,
  STATESET;

  /** The word in the exposition formats and in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
