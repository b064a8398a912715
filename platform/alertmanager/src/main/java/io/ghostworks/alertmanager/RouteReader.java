package io.ghostworks.alertmanager;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.label.LabelNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the routing tree, of which this version does the root. */
final class RouteReader {

  private static final Duration GROUP_WAIT = Duration.ofSeconds(30);
  private static final Duration GROUP_INTERVAL = Duration.ofMinutes(5);
  private static final Duration REPEAT_INTERVAL = Duration.ofHours(4);
  private static final int DEPTH_MAX = 64;

  private final Set<String> receivers;
  private final Set<String> intervals;

  private RouteReader(Set<String> receivers, Set<String> intervals) {
    this.receivers = receivers;
    this.intervals = intervals;
  }

  /** The root route of a file. */
  static AlertmanagerConfig.Route root(
      ConfigMap top, Set<String> receivers, Set<String> intervals) {
    if (!top.has("route")) {
      top.error("no routes provided", "add a route with a receiver");
    }
    ConfigMap map = top.mapOrEmpty("route");
    if (top.has("route") && map.string("receiver", "").isEmpty()) {
      map.error("root route must specify a default receiver", "");
    }
    for (String key : List.of("match", "match_re", "matchers")) {
      if (map.has(key)) {
        map.error(key, "root route must not have any matchers", "");
      }
    }
    for (String key : List.of("mute_time_intervals", "active_time_intervals")) {
      if (map.has(key)) {
        map.error(key, "root route must not have any time intervals", "");
      }
    }
    map.unsupported("labels", "route labels are not given to templates");
    map.unsupported("routes", "all alerts take the root route");
    return new RouteReader(receivers, intervals).route(map, 0);
  }

  private AlertmanagerConfig.Route route(ConfigMap map, int depth) {
    String receiver = map.string("receiver", "");
    if (!receiver.isEmpty() && !receivers.contains(receiver)) {
      map.error("receiver", "undefined receiver used in route", "name one of receivers");
    }
    checkMatchers(map, "match", "match_re", "matchers");
    for (String key : List.of("mute_time_intervals", "active_time_intervals")) {
      for (String name : map.strings(key)) {
        if (!intervals.contains(name)) {
          map.error(key, "undefined time interval \"%s\" used in route".formatted(name), "");
        }
      }
    }
    map.bool("continue", false);
    map.stringMap("labels");
    List<String> groupBy = groupBy(map);
    AlertmanagerConfig.Route route =
        new AlertmanagerConfig.Route(
            receiver,
            groupBy.stream().filter(name -> !name.equals("...")).toList(),
            groupBy.contains("..."),
            map.duration("group_wait", DurationForm.PROMETHEUS, GROUP_WAIT),
            positive(map, "group_interval", GROUP_INTERVAL),
            positive(map, "repeat_interval", REPEAT_INTERVAL));
    if (depth > DEPTH_MAX) {
      map.error("routes", "may nest at most %d deep".formatted(DEPTH_MAX), "");
    } else {
      map.maps("routes").forEach(child -> route(child, depth + 1));
    }
    map.rejectUnknownKeys();
    return route;
  }

  private static Duration positive(ConfigMap map, String key, Duration absent) {
    Duration duration = map.duration(key, DurationForm.PROMETHEUS, absent);
    if (duration.isZero()) {
      map.error(key, key + " cannot be zero", "");
      return absent;
    }
    return duration;
  }

  private static List<String> groupBy(ConfigMap map) {
    List<String> names = map.strings("group_by");
    Set<String> seen = new HashSet<>();
    List<String> good = new ArrayList<>();
    for (String name : names) {
      if (name.isEmpty()) {
        map.error("group_by", "invalid label name \"\" in group_by list", "");
      } else if (!seen.add(name) && !name.equals("...")) {
        map.error("group_by", "duplicated label \"%s\" in group_by".formatted(name), "");
      } else {
        good.add(name);
      }
    }
    if (seen.contains("...") && seen.size() > 1) {
      map.error(
          "group_by",
          "cannot have wildcard group_by (`...`) and other labels at the same time",
          "");
    }
    return good;
  }

  /** Checks the three ways in which a section matches alerts. */
  static void checkMatchers(ConfigMap map, String equal, String regex, String matchers) {
    for (String name : map.stringMap(equal).keySet()) {
      if (!LabelNames.isLegacyLabelName(name)) {
        map.error(equal, "invalid label name \"%s\"".formatted(name), "");
      }
    }
    ConfigMap patterns = map.mapOrEmpty(regex);
    for (String name : patterns.keys()) {
      if (!patterns.has(name)) {
        patterns.error(name, "must be a regular expression, and is not given", "");
      }
      patterns.findRegex(name);
    }
    for (String text : map.strings(matchers)) {
      try {
        MatcherText.parse(text);
      } catch (IllegalArgumentException e) {
        map.error(matchers, String.valueOf(e.getMessage()), "");
      }
    }
  }
}
