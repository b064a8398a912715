package io.ghostworks.wire.remotewrite;

import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.wire.proto.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Collects the metadata of a request's families within bounds: texts that are too long and families
 * beyond the bound are left out, as metadata are repeated and never a reason to refuse samples.
 */
final class FamilyMetadata {
  private static final int TEXT_BYTES_MAX = 4_096;
  private static final int ALL_BYTES_MAX = 4 << 20;
  private static final MetricType[] TYPES = {
    MetricType.UNKNOWN,
    MetricType.COUNTER,
    MetricType.GAUGE,
    MetricType.HISTOGRAM,
    MetricType.GAUGEHISTOGRAM,
    MetricType.SUMMARY,
    MetricType.INFO,
    MetricType.STATESET
  };

  private final SeriesBatch batch;
  private int bytes;

  FamilyMetadata(SeriesBatch batch) {
    this.batch = batch;
  }

  /** The type of a number as both versions number them. */
  static MetricType type(int number) {
    return number < 0 || number >= TYPES.length ? MetricType.UNKNOWN : TYPES[number];
  }

  /** A text of the request; "" if it is too long or no UTF-8. */
  String text(byte[] array, int start, int length) {
    return length > TEXT_BYTES_MAX || !Utf8.isValid(array, start, length)
        ? ""
        : new String(array, start, length, StandardCharsets.UTF_8);
  }

  /**
   * @param type as both versions number the types
   */
  void add(String family, int type, String help, String unit) {
    int size = 64 + family.length() + help.length() + unit.length();
    if (family.isEmpty() || bytes > ALL_BYTES_MAX - size) {
      return;
    }
    bytes += size;
    batch.addMetadata(family, new MetricMetadata(type(type), help, unit));
  }

  /**
   * The family of a series, which version 2.0 does not name: the series' name without the suffix
   * that its type gives it.
   */
  static String familyOf(String metricName, int type) {
    List<String> suffixes =
        switch (type(type)) {
          case HISTOGRAM -> List.of("_bucket", "_count", "_sum");
          case GAUGEHISTOGRAM -> List.of("_bucket", "_gcount", "_gsum");
          case SUMMARY -> List.of("_count", "_sum");
          case UNKNOWN, COUNTER, GAUGE, INFO, STATESET -> List.of();
        };
    for (String suffix : suffixes) {
      if (metricName.endsWith(suffix) && metricName.length() > suffix.length()) {
        return metricName.substring(0, metricName.length() - suffix.length());
      }
    }
    return metricName;
  }
}
