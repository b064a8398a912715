package io.ghostworks.alertmanager.config;

import io.ghostworks.alertmanager.matcher.MatcherIndex;
import io.ghostworks.alertmanager.matcher.Matchers;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.LabelNames;
import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node of the routing tree ({@code dispatch/route.go}). Immutable. */
public final class Route {
  private final String id;
  private final String key;
  private final List<LabelMatcher> matchers;
  private final boolean continues;
  private final RouteOptions options;
  private final List<Route> routes;
  private final MatcherIndex index;

  /**
   * @param id as {@link #id}
   * @param key as {@link #key}
   * @param matchers in {@link Matchers#ORDER}
   */
  Route(
      String id,
      String key,
      List<LabelMatcher> matchers,
      boolean continues,
      RouteOptions options,
      List<Route> routes) {
    this.id = id;
    this.key = key;
    this.matchers = List.copyOf(matchers);
    this.continues = continues;
    this.options = options;
    this.routes = List.copyOf(routes);
    this.index = new MatcherIndex(routes.stream().map(Route::matchers).toList());
  }

  /** Its way from the root, by matchers and places among the siblings: unique in a tree. */
  public String id() {
    return id;
  }

  /** Its way from the root by matchers, as group keys begin; siblings may share it. */
  public String key() {
    return key;
  }

  /** What an alert has to fulfil; none for the root. */
  public List<LabelMatcher> matchers() {
    return matchers;
  }

  /** Whether the siblings after this one are tried too. */
  public boolean continues() {
    return continues;
  }

  public RouteOptions options() {
    return options;
  }

  /** The children in file order. */
  public List<Route> routes() {
    return routes;
  }

  /**
   * The routes that take an alert, never none for the root's matchers: depth first, each child in
   * file order until one matches that does not continue, and this one where no child matches.
   */
  public List<Route> match(Labels labels) {
    List<Route> taking = new ArrayList<>(2);
    if (Matchers.match(matchers, labels)) {
      addMatching(labels, taking);
    }
    return taking;
  }

  private void addMatching(Labels labels, List<Route> taking) {
    int before = taking.size();
    if (!routes.isEmpty()) {
      index.visit(
          labels,
          child -> {
            routes.get(child).addMatching(labels, taking);
            return routes.get(child).continues;
          });
    }
    if (taking.size() == before) {
      taking.add(this);
    }
  }

  /** Those labels of an alert that make its group. */
  public Labels groupLabels(Labels alert) {
    if (options.groupByAll()) {
      return alert;
    }
    Labels.Builder builder = Labels.builder();
    for (String name : options.groupBy()) {
      builder.set(name, alert.get(name));
    }
    return builder.build();
  }

  /** A group's key in the notification log: {@code {}/{team="a"}:{alertname="Down"}}. */
  public String groupKey(Labels groupLabels) {
    StringBuilder text = new StringBuilder(key).append(":{");
    String[] separator = {""};
    groupLabels.forEach((name, value) -> {
      text.append(separator[0]).append(name).append('=');
      LabelNames.quote(value, text);
      separator[0] = ", ";
    });
    return text.append('}').toString();
  }

  /** Visits this route, then those below, depth first in file order. */
  public void walk(Consumer<Route> visit) {
    visit.accept(this);
    routes.forEach(route -> route.walk(visit));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Route route
        && matchers.equals(route.matchers)
        && continues == route.continues
        && options.equals(route.options)
        && routes.equals(route.routes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(matchers, continues, options, routes);
  }

  @Override
  public String toString() {
    return id;
  }
}
