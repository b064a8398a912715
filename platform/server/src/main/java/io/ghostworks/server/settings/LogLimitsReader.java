package io.ghostworks.server.settings;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.TenantId;
import io.ghostworks.records.LogLimits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what {@code limits} of {@code ghostworks.yml} says about log records that are sent, for all
 * tenants and, under {@code tenants}, with the same keys for single ones.
 */
final class LogLimitsReader {

  private static final String RATE = "ingestion_rate_mb";
  private static final String BURST = "ingestion_burst_size_mb";
  private static final String REJECT_OLD = "reject_old_samples";
  private static final String AGE = "reject_old_samples_max_age";
  private static final String FUTURE = "creation_grace_period";
  private static final Duration FUTURE_MAX = Duration.ofMinutes(10);
  private static final int MAX = Integer.MAX_VALUE;
  private static final long BYTES_PER_MB = 1L << 20;

  private LogLimitsReader() {}

  static LogLimitSettings read(ConfigMap map) {
    LogLimits standard = limits(map, LogLimits.defaults());
    Map<TenantId, LogLimits> tenants = new LinkedHashMap<>();
    map.map("tenants")
        .ifPresent(named -> {
          for (String id : named.keys()) {
            named
                .map(id)
                .filter(own -> TenantId.isValid(id))
                .ifPresent(own -> tenants.put(new TenantId(id), limits(own, standard)));
          }
        });
    return new LogLimitSettings(standard, tenants);
  }

  /** Names the keys of a tenant's mapping that belong to this reader. */
  static void know(ConfigMap ofTenant) {
    ofTenant.know(
        "max_line_size",
        "max_line_size_truncate",
        "max_global_streams_per_user",
        RATE,
        BURST,
        "max_label_names_per_series",
        "max_label_name_length",
        "max_label_value_length",
        "max_structured_metadata_size",
        "max_structured_metadata_entries_count",
        REJECT_OLD,
        AGE,
        FUTURE,
        "max_attribute_keys");
  }

  private static LogLimits limits(ConfigMap map, LogLimits absent) {
    long rate = map.integer(RATE, absent.rateBytes() / BYTES_PER_MB, 0, 1_000_000) * BYTES_PER_MB;
    long burstAbsent = Math.max(absent.burstBytes(), rate + rate / 2) / BYTES_PER_MB;
    long burst = map.integer(BURST, burstAbsent, 0, 1_000_000) * BYTES_PER_MB;
    if (rate > 0 && burst < rate) {
      map.error(
          map.has(BURST) ? BURST : RATE,
          "must not be smaller than the rate",
          "a request may be as large as a second's rate");
    }
    return new LogLimits(
        map.size("max_line_size", absent.lineBytesMax()),
        map.bool("max_line_size_truncate", absent.lineTruncated()),
        integer(map, "max_global_streams_per_user", absent.streamsMax()),
        rate,
        burst,
        integer(map, "max_label_names_per_series", absent.labelsMax()),
        integer(map, "max_label_name_length", absent.labelNameBytesMax()),
        integer(map, "max_label_value_length", absent.labelValueBytesMax()),
        map.size("max_structured_metadata_size", absent.metadataBytesMax()),
        integer(map, "max_structured_metadata_entries_count", absent.metadataEntriesMax()),
        age(map, absent.ageMax()),
        future(map, absent.futureMax()),
        integer(map, "max_attribute_keys", absent.attributeKeysMax()));
  }

  private static Duration age(ConfigMap map, Duration absent) {
    boolean reject = map.bool(REJECT_OLD, !absent.isZero());
    Duration standard = absent.isZero() ? Duration.ofDays(7) : absent;
    Duration age = map.duration(AGE, DurationForm.PROMETHEUS, standard);
    if (age.isZero()) {
      map.error(AGE, "must be more than 0", "leave it out for 7d");
    }
    return reject ? age : Duration.ZERO;
  }

  private static Duration future(ConfigMap map, Duration absent) {
    Duration future = map.duration(FUTURE, DurationForm.PROMETHEUS, absent);
    if (future.compareTo(FUTURE_MAX) > 0) {
      map.error(FUTURE, "must be at most 10m", "no clock may be further ahead");
      return absent;
    }
    return future;
  }

  private static int integer(ConfigMap map, String key, int absent) {
    return (int) map.integer(key, absent, 0, MAX);
  }
}
