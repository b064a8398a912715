package io.ghostworks.alertmanager.config;

import io.ghostworks.alertmanager.matcher.Matchers;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.label.LabelMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the routing tree; each route gets what it inherits. */
final class RouteReader {

  private static final int DEPTH_MAX = 64;
  private static final String ALL = "...";

  private final Set<String> receivers;
  private final Set<String> intervals;
  private final MatchersReader matching;

  /**
   * @param receivers the names that routes may use
   * @param intervals the names of time intervals that routes may use
   */
  RouteReader(Set<String> receivers, Set<String> intervals, MatchersReader matching) {
    this.receivers = receivers;
    this.intervals = intervals;
    this.matching = matching;
  }

  /** The root route of a file. */
  Route root(ConfigMap top) {
    if (!top.has("route")) {
      top.error("no routes provided", "add a route with a receiver");
    }
    ConfigMap map = top.mapOrEmpty("route");
    if (top.has("route") && map.string("receiver", "").isEmpty()) {
      map.error("root route must specify a default receiver", "");
    }
    for (String key : List.of("match", "match_re")) {
      if (!map.mapOrEmpty(key).keys().isEmpty()) {
        map.error(key, "root route must not have any matchers", "");
      }
    }
    if (!map.list("matchers").isEmpty()) {
      map.error("matchers", "root route must not have any matchers", "");
    }
    if (!map.list("mute_time_intervals").isEmpty()) {
      map.error("mute_time_intervals", "root route must not have any mute time intervals", "");
    }
    if (!map.list("active_time_intervals").isEmpty()) {
      map.error("active_time_intervals", "root route must not have any active time intervals", "");
    }
    if (map.bool("continue", false)) {
      map.error("continue", "cannot have continue in root route", "");
    }
    return route(map, new Parent("", "", RouteOptions.DEFAULT), -1, 0);
  }

  /** What a route gets from the one above; all "" and default for the root. */
  private record Parent(String id, String key, RouteOptions options) {}

  /**
   * @param place among the siblings; negative for the root
   */
  private Route route(ConfigMap map, Parent parent, int place, int depth) {
    List<LabelMatcher> matchers = matching.read(map, "match", "match_re", "matchers");
    String text = Matchers.text(matchers);
    String id = place < 0 ? text : parent.id + "/" + text + "/" + place;
    String key = place < 0 ? text : parent.key + "/" + text;
    boolean continues = map.bool("continue", false);
    RouteOptions options = options(map, parent.options);
    List<Route> children = new ArrayList<>();
    if (depth > DEPTH_MAX) {
      map.error("routes", "may nest at most %d deep".formatted(DEPTH_MAX), "");
    } else {
      for (ConfigNode child : map.list("routes")) {
        if (child.isNull()) {
          map.findings().error(child, "a route must not be null", "remove the item");
        }
        children.add(
            route(
                ConfigMap.of(child, map.findings()),
                new Parent(id, key, options),
                children.size(),
                depth + 1));
      }
    }
    map.rejectUnknownKeys();
    return new Route(id, key, matchers, continues, options, children);
  }

  private RouteOptions options(ConfigMap map, RouteOptions inherited) {
    String receiver = map.string("receiver", "");
    if (!receiver.isEmpty() && !receivers.contains(receiver)) {
      map.error(
          "receiver",
          "undefined receiver \"%s\" used in route".formatted(receiver),
          "name one of receivers");
    }
    List<String> groupBy = groupBy(map);
    boolean all = groupBy.contains(ALL);
    boolean own = map.has("group_by");
    Duration groupInterval = positive(map, "group_interval", inherited.groupInterval());
    Duration repeatInterval = positive(map, "repeat_interval", inherited.repeatInterval());
    if ((map.has("group_interval") || map.has("repeat_interval"))
        && repeatInterval.compareTo(groupInterval) < 0) {
      map.findings()
          .warning(
              map.node(),
              "repeat_interval is less than group_interval: notifications repeat only at the next"
                  + " group_interval");
    }
    return new RouteOptions(
        receiver.isEmpty() ? inherited.receiver() : receiver,
        own && !all ? groupBy : inherited.groupBy(),
        own ? all : inherited.groupByAll(),
        map.duration("group_wait", DurationForm.PROMETHEUS, inherited.groupWait()),
        groupInterval,
        repeatInterval,
        intervalNames(map, "mute_time_intervals"),
        intervalNames(map, "active_time_intervals"),
        labels(map, inherited.labels()));
  }

  private List<String> intervalNames(ConfigMap map, String key) {
    List<String> names = map.strings(key);
    for (String name : names) {
      if (!intervals.contains(name)) {
        map.error(key, "undefined time interval \"%s\" used in route".formatted(name), "");
      }
    }
    return names;
  }

  private Map<String, String> labels(ConfigMap map, Map<String, String> inherited) {
    Map<String, String> labels = new LinkedHashMap<>(inherited);
    map.stringMap("labels")
        .forEach((name, value) -> {
          if (!matching.syntax().isLabelName(name)) {
            map.error("labels", "invalid label name \"%s\" in route labels".formatted(name), "");
          }
          labels.put(name, value);
        });
    return labels;
  }

  private static Duration positive(ConfigMap map, String key, Duration absent) {
    Duration duration = map.duration(key, DurationForm.PROMETHEUS, absent);
    if (duration.isZero()) {
      map.error(key, key + " cannot be zero", "");
      return absent;
    }
    return duration;
  }

  private List<String> groupBy(ConfigMap map) {
    List<String> names = map.strings("group_by");
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!name.equals(ALL) && !matching.syntax().isLabelName(name)) {
        map.error("group_by", "invalid label name \"%s\" in group_by list".formatted(name), "");
      } else if (!seen.add(name) && !name.equals(ALL)) {
        map.error("group_by", "duplicated label \"%s\" in group_by".formatted(name), "");
      }
    }
    if (seen.contains(ALL) && seen.size() > 1) {
      map.error(
          "group_by",
          "cannot have wildcard group_by (`...`) and other labels at the same time",
          "");
    }
    return List.copyOf(seen);
  }
}
