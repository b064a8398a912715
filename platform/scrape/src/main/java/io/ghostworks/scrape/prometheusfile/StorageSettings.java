package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the section {@code storage} says, as far as it has effect.
 *
 * @param outOfOrderWindow how far behind the newest sample of its series a sample may come; at most
 *     a day
 * @param exemplarsMax how many exemplars are kept in all
 */
public record StorageSettings(
    StorageRetention retention, Optional<Duration> outOfOrderWindow, OptionalInt exemplarsMax) {
  private static final Duration WINDOW_MAX = Duration.ofDays(1);

  /** Where the file says nothing. */
  public static final StorageSettings NONE =
      new StorageSettings(StorageRetention.NONE, Optional.empty(), OptionalInt.empty());

  /** Reads the section, whose form is checked already. */
  static StorageSettings read(ConfigMap map) {
    ConfigMap tsdb = map.mapOrEmpty("tsdb");
    tsdb.withoutEffect(
        "stale_series_compaction_threshold", "memory of series that ended returns by itself");
    tsdb.withoutEffect("chunk_encoding", "samples are encoded in this program's own formats");
    return new StorageSettings(
        StorageRetention.read(tsdb), window(tsdb), exemplars(map.mapOrEmpty("exemplars")));
  }

  private static Optional<Duration> window(ConfigMap tsdb) {
    String key = "out_of_order_time_window";
    if (!tsdb.has(key)) {
      return Optional.empty();
    }
    Duration window = tsdb.duration(key, DurationForm.PROMETHEUS, Duration.ZERO);
    if (window.compareTo(WINDOW_MAX) > 0) {
      tsdb.withoutEffect(key, "beyond 1d, which is the longest window here; import older samples");
      return Optional.of(WINDOW_MAX);
    }
    return Optional.of(window);
  }

  private static OptionalInt exemplars(ConfigMap map) {
    return map.has("max_exemplars")
        ? OptionalInt.of(
            Math.clamp(
                map.integer("max_exemplars", 0, Long.MIN_VALUE, Long.MAX_VALUE),
                0,
                Integer.MAX_VALUE))
        : OptionalInt.empty();
  }
}
