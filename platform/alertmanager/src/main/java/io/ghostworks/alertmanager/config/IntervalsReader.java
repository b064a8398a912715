package io.ghostworks.alertmanager.config;

import io.ghostworks.alertmanager.interval.TimeInterval;
import io.ghostworks.alertmanager.interval.TimeIntervalReader;
import io.ghostworks.config.ConfigMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code time_intervals} and its former name, {@code mute_time_intervals}. */
final class IntervalsReader {

  private IntervalsReader() {}

  /** The intervals by their names. */
  static Map<String, List<TimeInterval>> read(ConfigMap top) {
    Map<String, List<TimeInterval>> intervals = new LinkedHashMap<>();
    read(top, "mute_time_intervals", "mute time interval", intervals);
    read(top, "time_intervals", "time interval", intervals);
    return intervals;
  }

  private static void read(
      ConfigMap top, String key, String what, Map<String, List<TimeInterval>> intervals) {
    for (ConfigMap map : top.maps(key)) {
      String name = map.string("name", "");
      List<TimeInterval> times = TimeIntervalReader.read(map, "time_intervals");
      if (name.isEmpty()) {
        map.error("missing name in " + what, "");
      } else if (intervals.putIfAbsent(name, times) != null) {
        map.error("name", "%s \"%s\" is not unique".formatted(what, name), "");
      }
      map.rejectUnknownKeys();
    }
  }
}
