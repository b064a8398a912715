package io.ghostworks.alertmanager.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.matcher.Matchers;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RouteTest {

  @Test
  void takesAlertsAsANaiveWalkDoes() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Route root =
          new Route("{}", "{}", List.of(), false, RouteOptions.DEFAULT, children(random, "{}", 0));
      for (int i = 0; i < 30; i++) {
        Labels labels = labels(random);
        List<String> expected = new ArrayList<>();
        naive(root, labels, expected);
        assertThat(root.match(labels).stream().map(Route::id))
            .as("seed %d, %s", seed, labels)
            .isEqualTo(expected);
      }
    }
  }

  /** As {@code dispatch.Route.Match} reads: depth first, left to right. */
  private static boolean naive(Route route, Labels labels, List<String> taking) {
    if (!route.matchers().stream().allMatch(m -> m.matches(labels.get(m.label())))) {
      return false;
    }
    boolean child = false;
    for (Route each : route.routes()) {
      boolean matches = naive(each, labels, taking);
      child |= matches;
      if (matches && !each.continues()) {
        break;
      }
    }
    if (!child) {
      taking.add(route.id());
    }
    return true;
  }

  private static List<Route> children(Random random, String parent, int depth) {
    List<Route> routes = new ArrayList<>();
    for (int i = random.nextInt(6 - depth); i > 0 && depth < 4; i--) {
      List<LabelMatcher> matchers = new ArrayList<>();
      for (int m = random.nextInt(3); m > 0; m--) {
        matchers.add(
            Matchers.of(
                "abc".charAt(random.nextInt(3)) + "",
                new String[] {"=", "=", "!=", "=~", "!~"}[random.nextInt(5)],
                new String[] {"", "1", "2", "1|2", ".*"}[random.nextInt(5)]));
      }
      String id = parent + "/" + routes.size();
      routes.add(
          new Route(
              id,
              id,
              matchers,
              random.nextBoolean(),
              RouteOptions.DEFAULT,
              children(random, id, depth + 1)));
    }
    return routes;
  }

  private static Labels labels(Random random) {
    Labels.Builder labels = Labels.builder();
    for (String name : new String[] {"a", "b", "c"}) {
      labels.set(name, new String[] {"", "1", "2"}[random.nextInt(3)]);
    }
    return labels.build();
  }
}
