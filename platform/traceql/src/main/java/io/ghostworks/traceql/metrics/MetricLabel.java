package io.ghostworks.traceql.metrics;

/**
 * A label of a series or an exemplar.
 *
 * @param name the attribute as TraceQL writes it, such as {@code resource.service.name}, or {@code
 *     __name__}, {@code __bucket}, {@code __meta_type}, {@code p}
 */
public record MetricLabel(String name, LabelValue value) {

  static final String NAME = "__name__";
  static final String BUCKET = "__bucket";
  static final String META_TYPE = "__meta_type";
  static final String QUANTILE = "p";

  static MetricLabel text(String name, String value) {
    return new MetricLabel(name, new LabelValue.Text(value));
  }
}
