package io.ghostworks.alertmanager.deliver;

import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Several notifications as one message: of groups that waited while the receiver could not be
 * reached or its rate was used up. Only where more than {@value #GROUPS_ALONE_MAX} wait, and the
 * receiver keeps no state for each group, as it would open something under the digest's key that
 * nothing ever closes.
 */
final class Digest {

  /** So few are told one by one. */
  static final int GROUPS_ALONE_MAX = 5;

  static final int GROUPS_MAX = 500;
  static final int ALERTS_MAX = 1_000;

  private Digest() {}

  /** The oldest notification, with as many of the others as one message may carry. */
  static List<Waiting> choose(Collection<Waiting> ready) {
    Waiting first = ready.iterator().next();
    long alertsMax = alertsMax(first);
    if (ready.size() <= GROUPS_ALONE_MAX || !mayJoin(first) || first.alerts > alertsMax) {
      return List.of(first);
    }
    List<Waiting> chosen = new ArrayList<>();
    long alerts = 0;
    for (Waiting each : ready) {
      if (!mayJoin(each)) {
        continue;
      }
      if (chosen.size() == GROUPS_MAX || alerts + each.alerts > alertsMax) {
        break;
      }
      alerts += each.alerts;
      chosen.add(each);
    }
    return chosen;
  }

  private static boolean mayJoin(Waiting waiting) {
    return !waiting.target.stateful() && !waiting.alone;
  }

  private static long alertsMax(Waiting waiting) {
    long own = waiting.target.alertsMax();
    return own == 0 ? ALERTS_MAX : Math.min(own, ALERTS_MAX);
  }

  /** One message of at least two. An alert that several of them tell of stands once. */
  static Notification of(String integration, List<Notification> parts) {
    Map<Labels, ReceivedAlerts.Row> alerts = new LinkedHashMap<>();
    for (Notification part : parts) {
      for (ReceivedAlerts.Row alert : part.alerts()) {
        alerts.merge(alert.labels(), alert, (a, b) -> a.endsAtNanos() == 0 ? a : b);
      }
    }
    String[] keys = parts.stream().map(Notification::idempotencyKey).toArray(String[]::new);
    return new Notification(
            "{}/digest:{integration=\"%s\"}".formatted(integration),
            parts.getFirst().receiver(),
            commonGroupLabels(parts),
            commonRouteLabels(parts),
            "digest of %d groups".formatted(parts.size()),
            union(parts.stream().map(Notification::firing).toList()),
            union(parts.stream().map(Notification::resolved).toList()),
            List.copyOf(alerts.values()))
        .withIdempotencyKey(IdempotencyKey.ofTexts(keys));
  }

  private static Labels commonGroupLabels(List<Notification> parts) {
    Labels.Builder common = parts.getFirst().groupLabels().toBuilder();
    for (String name : common.names()) {
      String value = parts.getFirst().groupLabels().get(name);
      if (!parts.stream().allMatch(part -> part.groupLabels().get(name).equals(value))) {
        common.remove(name);
      }
    }
    return common.build();
  }

  private static Map<String, String> commonRouteLabels(List<Notification> parts) {
    Map<String, String> common = new LinkedHashMap<>(parts.getFirst().routeLabels());
    parts.forEach(part -> common.entrySet().retainAll(part.routeLabels().entrySet()));
    return common;
  }

  private static long[] union(List<long[]> hashes) {
    return hashes.stream().flatMapToLong(Arrays::stream).sorted().distinct().toArray();
  }

  /** How many alerts a notification tells of, by its hashes. */
  static int alerts(Notification notification) {
    return (int)
        LongStream.concat(
                Arrays.stream(notification.firing()), Arrays.stream(notification.resolved()))
            .count();
  }
}
