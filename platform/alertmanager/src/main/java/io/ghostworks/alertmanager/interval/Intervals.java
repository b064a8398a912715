package io.ghostworks.alertmanager.interval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The named times of a configuration. Immutable. */
public final class Intervals {
  private final Map<String, List<TimeInterval>> byName;

  public Intervals(Map<String, List<TimeInterval>> byName) {
    this.byName = Map.copyOf(byName);
  }

  /**
   * Which of some names mean a time: in their order, each once for every interval of it that
   * contains the time, as Alertmanager lists them.
   *
   * @throws IllegalStateException if there is no such name
   */
  public List<String> containing(List<String> names, long epochNanos) {
    List<String> containing = new ArrayList<>();
    for (String name : names) {
      List<TimeInterval> intervals = byName.get(name);
      if (intervals == null) {
        throw new IllegalStateException("time interval %s doesn't exist in config".formatted(name));
      }
      for (TimeInterval interval : intervals) {
        if (interval.contains(epochNanos)) {
          containing.add(name);
        }
      }
    }
    return containing;
  }
}
