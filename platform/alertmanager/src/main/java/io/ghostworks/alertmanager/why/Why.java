package io.ghostworks.alertmanager.why;

import io.ghostworks.alertmanager.alert.Alerts;
import io.ghostworks.alertmanager.alert.Fingerprint;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.Integrations;
import io.ghostworks.alertmanager.config.Route;
import io.ghostworks.alertmanager.config.RouteOptions;
import io.ghostworks.alertmanager.inhibit.Inhibitor;
import io.ghostworks.alertmanager.interval.Intervals;
import io.ghostworks.alertmanager.matcher.Matchers;
import io.ghostworks.alertmanager.silence.Silence;
import io.ghostworks.alertmanager.silence.Silences;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.template.GoTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Explains what happens to alerts under one configuration. Thread-safe. */
public final class Why {

  private final AlertmanagerConfig config;
  private final Silences silences;
  private final Intervals intervals;

  public Why(AlertmanagerConfig config, Silences silences) {
    this.config = config;
    this.silences = silences;
    this.intervals = new Intervals(config.timeIntervals());
  }

  /** What keeps an alert from being told whichever route takes it. */
  private record Held(
      Optional<Explanation.InhibitionView> inhibition, List<Explanation.SilenceView> silences) {
    boolean isFree() {
      return inhibition.isEmpty() && silences.isEmpty();
    }

    String why() {
      return inhibition
          .map(Explanation.InhibitionView::why)
          .orElseGet(() -> silences.getFirst().why());
    }
  }

  /**
   * Explains.
   *
   * @param alerts those that are known to have been there at the time, the one asked about or not
   * @param notes what these are not, for the answer
   */
  public Explanation ask(
      Labels labels, long atNanos, Collection<ReceivedAlerts.Row> alerts, List<String> notes) {
    List<ReceivedAlerts.Row> firing =
        alerts.stream()
            .filter(alert -> alert.startsAtNanos() <= atNanos && !Alerts.isResolved(alert, atNanos))
            .toList();
    Held held = new Held(inhibition(labels, atNanos, firing), silencing(labels, atNanos));
    List<Explanation.RouteView> routes = new ArrayList<>();
    collect(
        config.route(),
        new ArrayList<>(),
        config.route().match(labels),
        labels,
        held,
        atNanos,
        routes);
    boolean told = routes.stream().anyMatch(Explanation.RouteView::told);
    return new Explanation(
        labels.toMap(),
        time(atNanos),
        Fingerprint.of(labels),
        firing.stream().anyMatch(alert -> alert.labels().equals(labels)),
        told,
        summary(routes, held),
        routes,
        held.inhibition.stream().toList(),
        held.silences,
        notes);
  }

  private static String summary(List<Explanation.RouteView> routes, Held held) {
    List<String> told =
        routes.stream()
            .filter(Explanation.RouteView::told)
            .map(Explanation.RouteView::receiver)
            .distinct()
            .toList();
    if (!told.isEmpty()) {
      return "Told to %s.".formatted(String.join(", ", told));
    }
    return held.isFree()
        ? "Not told: " + lowerFirst(routes.getFirst().why())
        : "Not told: " + lowerFirst(held.why());
  }

  private static String lowerFirst(String sentence) {
    return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private Optional<Explanation.InhibitionView> inhibition(
      Labels labels, long atNanos, List<ReceivedAlerts.Row> firing) {
    Inhibitor inhibitor = new Inhibitor(config.inhibitRules());
    firing.forEach(inhibitor::put);
    return inhibitor.inhibiting(labels, atNanos).map(Why::view);
  }

  private static Explanation.InhibitionView view(Inhibitor.Inhibition inhibition) {
    Labels source = inhibition.source().labels();
    String equal =
        inhibition.rule().equal().isEmpty()
            ? ""
            : " and has the same " + String.join(", ", inhibition.rule().equal());
    String name =
        inhibition.rule().name().isEmpty() ? "" : " \"%s\"".formatted(inhibition.rule().name());
    return new Explanation.InhibitionView(
        inhibition.rule().name(),
        Matchers.text(inhibition.rule().sourceMatchers()),
        Matchers.text(inhibition.rule().targetMatchers()),
        inhibition.rule().equal(),
        Fingerprint.of(source),
        source.toMap(),
        "Inhibited by the alert %s %s, which fires%s (inhibit rule%s: %s inhibits %s)."
            .formatted(
                Fingerprint.of(source),
                source,
                equal,
                name,
                Matchers.text(inhibition.rule().sourceMatchers()),
                Matchers.text(inhibition.rule().targetMatchers())));
  }

  private List<Explanation.SilenceView> silencing(Labels labels, long atNanos) {
    return silences.silencingAt(labels, atNanos).stream()
        .map(silence -> view(silence, atNanos))
        .toList();
  }

  private static Explanation.SilenceView view(Silence silence, long atNanos) {
    Silence.Span span = silence.span(atNanos);
    String matchers = Matchers.text(silence.matchers());
    return new Explanation.SilenceView(
        silence.id(),
        matchers,
        time(span.startNanos()),
        time(span.endNanos()),
        silence.createdBy(),
        silence.comment(),
        silence.schedule().map(schedule -> schedule.text()).orElse(""),
        "Silenced by %s %s until %s (%s: %s)."
            .formatted(
                silence.id(),
                matchers,
                time(span.endNanos()),
                silence.createdBy().isEmpty() ? "nobody named" : silence.createdBy(),
                silence.comment().isEmpty() ? "no comment" : silence.comment()));
  }

  /** Walks the tree so that each route knows the matchers above it. */
  private void collect(
      Route route,
      List<String> above,
      List<Route> taking,
      Labels labels,
      Held held,
      long atNanos,
      List<Explanation.RouteView> views) {
    above.add(Matchers.text(route.matchers()));
    if (taking.stream().anyMatch(each -> each.id().equals(route.id()))) {
      views.add(view(route, List.copyOf(above), labels, held, atNanos));
    }
    for (Route child : route.routes()) {
      collect(child, above, taking, labels, held, atNanos, views);
    }
    above.removeLast();
  }

  private Explanation.RouteView view(
      Route route, List<String> path, Labels labels, Held held, long atNanos) {
    RouteOptions options = route.options();
    List<String> integrations =
        Integrations.of(config.receiver(options.receiver())).stream()
            .map(Integrations.Named::name)
            .toList();
    List<String> outside = outside(options, atNanos);
    List<String> within =
        intervals.containing(options.muteTimeIntervals(), atNanos).stream().distinct().toList();
    List<String> heldBy = outside.isEmpty() ? within : outside;
    boolean told = held.isFree() && heldBy.isEmpty() && !integrations.isEmpty();
    Labels group = route.groupLabels(labels);
    return new Explanation.RouteView(
        route.id(),
        path,
        options.receiver(),
        integrations,
        route.groupKey(group),
        group.toMap(),
        DurationForm.PROMETHEUS.format(options.groupWait()),
        DurationForm.PROMETHEUS.format(options.groupInterval()),
        DurationForm.PROMETHEUS.format(options.repeatInterval()),
        options.muteTimeIntervals(),
        options.activeTimeIntervals(),
        heldBy,
        told,
        why(options, held, outside, within, integrations));
  }

  /** The active times of a route, if the time is in none of them. */
  private List<String> outside(RouteOptions options, long atNanos) {
    List<String> names = options.activeTimeIntervals();
    return names.isEmpty() || !intervals.containing(names, atNanos).isEmpty() ? List.of() : names;
  }

  /** The first that holds it, in the order in which notifications are held. */
  private static String why(
      RouteOptions options,
      Held held,
      List<String> outside,
      List<String> within,
      List<String> integrations) {
    if (held.inhibition.isPresent()) {
      return held.why();
    }
    if (!outside.isEmpty()) {
      return "Outside of the route's active_time_intervals %s."
          .formatted(String.join(", ", outside));
    }
    if (!within.isEmpty()) {
      return "Within the route's mute_time_intervals %s.".formatted(String.join(", ", within));
    }
    if (!held.silences.isEmpty()) {
      return held.why();
    }
    return integrations.isEmpty()
        ? "The receiver %s has no integration.".formatted(options.receiver())
        : "Told to %s.".formatted(options.receiver());
  }

  private static String time(long nanos) {
    return GoTime.ofEpochNanos(nanos).format("2006-01-02T15:04:05Z07:00");
  }
}
