package io.ghostworks.server.settings;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.TenantId;
import io.ghostworks.series.SeriesLimits;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads what {@code limits} of {@code ghostworks.yml} says about series, for all tenants and, under
 * {@code tenants}, with the same keys for single ones.
 */
final class SeriesLimitsReader {
  private static final String WINDOW = "out_of_order_window";
  private static final Duration WINDOW_MAX = Duration.ofDays(1);

  private SeriesLimitsReader() {}

  static SeriesLimitSettings read(ConfigMap map) {
    SeriesLimits standard = limits(map, SeriesLimits.defaults());
    Map<TenantId, SeriesLimits> tenants = new LinkedHashMap<>();
    Set<TenantId> withWindow = new HashSet<>();
    map.map("tenants")
        .ifPresent(named -> {
          for (String id : named.keys()) {
            named
                .map(id)
                .ifPresent(ofTenant -> {
                  SeriesLimits limits = limits(ofTenant, standard);
                  LogQueryLimitsReader.know(ofTenant);
                  RulerLimitsReader.know(ofTenant);
                  TraceQueryLimitsReader.know(ofTenant);
                  LogLimitsReader.know(ofTenant);
                  SpanLimitsReader.know(ofTenant);
                  NotificationLimitsReader.know(ofTenant);
                  LogIntakeReader.know(ofTenant);
                  ofTenant.rejectUnknownKeys();
                  if (TenantId.isValid(id)) {
                    tenants.put(new TenantId(id), limits);
                    if (ofTenant.has(WINDOW)) {
                      withWindow.add(new TenantId(id));
                    }
                  } else {
                    named.error(id, "must be for a tenant that matches [A-Za-z0-9_-]{1,64}", "");
                  }
                });
          }
        });
    return new SeriesLimitSettings(standard, tenants, map.has(WINDOW), withWindow);
  }

  private static SeriesLimits limits(ConfigMap map, SeriesLimits absent) {
    Duration window = map.duration(WINDOW, DurationForm.PROMETHEUS, absent.outOfOrderWindow());
    if (window.compareTo(WINDOW_MAX) > 0) {
      map.error(WINDOW, "must be at most 1d", "import older samples");
      window = absent.outOfOrderWindow();
    }
    int activeSeries = integer(map, "active_series_max", absent.activeSeriesMax(), 1, 100_000_000);
    int perMetric =
        integer(map, "series_per_metric_max", absent.seriesPerMetricMax(), 1, 100_000_000);
    int labels = integer(map, "labels_max", absent.labelsMax(), 1, 10_000);
    int nameBytes = integer(map, "label_name_bytes_max", absent.labelNameBytesMax(), 8, 65_536);
    int valueBytes = integer(map, "label_value_bytes_max", absent.labelValueBytesMax(), 1, 1 << 20);
    try {
      return new SeriesLimits(
          activeSeries,
          perMetric,
          labels,
          nameBytes,
          valueBytes,
          absent.histogramBucketsMax(),
          absent.familiesMax(),
          window);
    } catch (IllegalArgumentException e) {
      map.error("labels_max", String.valueOf(e.getMessage()), "make one of the three smaller");
      return absent;
    }
  }

  private static int integer(ConfigMap map, String key, int absent, int min, int max) {
    return (int) map.integer(key, absent, min, max);
  }
}
