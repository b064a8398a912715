package io.ghostworks.alertmanager.dispatch;

import io.ghostworks.alertmanager.config.Route;
import io.ghostworks.model.label.Labels;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The groups of alerts by route and labels, in the order in which they began. Not thread-safe. */
final class Groups {
  private final IdentityHashMap<Route, Map<Labels, AlertGroup>> byRoute = new IdentityHashMap<>();
  private int size;

  int size() {
    return size;
  }

  @Nullable AlertGroup find(Route route, Labels labels) {
    Map<Labels, AlertGroup> ofRoute = byRoute.get(route);
    return ofRoute == null ? null : ofRoute.get(labels);
  }

  void add(AlertGroup group) {
    byRoute
        .computeIfAbsent(group.route, route -> new LinkedHashMap<>())
        .put(group.named.labels(), group);
    size++;
  }

  boolean contains(AlertGroup group) {
    return find(group.route, group.named.labels()) == group;
  }

  void remove(AlertGroup group) {
    Map<Labels, AlertGroup> ofRoute = byRoute.get(group.route);
    if (ofRoute != null && ofRoute.remove(group.named.labels(), group)) {
      size--;
    }
  }

  void forEach(Consumer<AlertGroup> action) {
    byRoute.values().forEach(groups -> groups.values().forEach(action));
  }
}
