package io.ghostworks.alertmanager.config;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What holds for alerts that a route takes, with what it inherits.
 *
 * @param groupBy labels whose values make a group, sorted
 * @param groupByAll whether all labels do ({@code ...})
 * @param muteTimeIntervals names; not inherited
 * @param activeTimeIntervals names; not inherited
 * @param labels templates by name, those of the routes above included, sorted by name
 */
public record RouteOptions(
    String receiver,
    List<String> groupBy,
    boolean groupByAll,
    Duration groupWait,
    Duration groupInterval,
    Duration repeatInterval,
    List<String> muteTimeIntervals,
    List<String> activeTimeIntervals,
    Map<String, String> labels) {

  /** What a file that says nothing about it asks for. */
  static final RouteOptions DEFAULT =
      new RouteOptions(
          "",
          List.of(),
          false,
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofHours(4),
          List.of(),
          List.of(),
          Map.of());

  public RouteOptions {
    groupBy = groupBy.stream().sorted().toList();
    muteTimeIntervals = List.copyOf(muteTimeIntervals);
    activeTimeIntervals = List.copyOf(activeTimeIntervals);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }
}
