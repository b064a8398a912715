package io.ghostworks.alertmanager.why;

import io.ghostworks.alertmanager.alert.Alerts;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.InhibitRule;
import io.ghostworks.alertmanager.config.Integrations;
import io.ghostworks.alertmanager.config.NobodyIsTold;
import io.ghostworks.alertmanager.config.Route;
import io.ghostworks.alertmanager.config.RouteOptions;
import io.ghostworks.alertmanager.interval.Intervals;
import io.ghostworks.alertmanager.interval.Occurrences;
import io.ghostworks.alertmanager.interval.TimeInterval;
import io.ghostworks.alertmanager.matcher.Matchers;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.label.LabelMatcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What decides where alerts go, as it stands at a time: components are named as the JSON fields,
 * times are RFC 3339 texts, durations as Prometheus writes them.
 *
 * @param at the time that was asked about
 * @param configured false where there is no configuration and nobody is told
 * @param route the root of the tree
 * @param inhibitRules in file order
 * @param timeIntervals by name
 */
public record RoutingView(
    String at,
    boolean configured,
    Node route,
    List<Inhibition> inhibitRules,
    List<Interval> timeIntervals) {

  /**
   * A route with what it inherits.
   *
   * @param id its way from the root by matchers and places, unique in the tree
   * @param matchers what an alert has to fulfil; none for the root
   * @param continues whether the siblings after this one are tried too
   * @param integrations the names of what its receiver is told with
   * @param groupBy labels whose values make a group; {@code ...} for all
   * @param labels templates by name
   * @param heldBy the time intervals that hold it at the time
   */
  public record Node(
      String id,
      List<String> matchers,
      boolean continues,
      String receiver,
      List<String> integrations,
      List<String> groupBy,
      String groupWait,
      String groupInterval,
      String repeatInterval,
      List<String> muteTimeIntervals,
      List<String> activeTimeIntervals,
      Map<String, String> labels,
      List<String> heldBy,
      List<Node> routes) {}

  /** Alerts that keep others from being told. */
  public record Inhibition(
      String name, String sourceMatchers, String targetMatchers, List<String> equal) {}

  /**
   * A named time.
   *
   * @param active whether the time is one of it
   * @param changesAt when that changes; null where it does not within 200 days
   * @param parts any of which may contain a time
   */
  public record Interval(
      String name, boolean active, @Nullable String changesAt, List<IntervalPart> parts) {}

  /**
   * One of the entries under a name, in the words of the file; null for what may be any.
   *
   * @param times such as {@code 09:00-17:00}
   * @param weekdays such as {@code monday:friday}
   * @param location empty for UTC
   */
  public record IntervalPart(
      @Nullable List<String> times,
      @Nullable List<String> weekdays,
      @Nullable List<String> daysOfMonth,
      @Nullable List<String> months,
      @Nullable List<String> years,
      String location) {}

  private static final List<String> WEEKDAYS =
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  /** How a configuration stands at a time. */
  public static RoutingView of(AlertmanagerConfig config, long atNanos) {
    Intervals intervals = new Intervals(config.timeIntervals());
    return new RoutingView(
        Alerts.time(atNanos),
        !config.original().equals(NobodyIsTold.TEXT),
        node(config, intervals, config.route(), atNanos),
        config.inhibitRules().stream().map(RoutingView::inhibition).toList(),
        config.timeIntervals().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> interval(entry.getKey(), entry.getValue(), atNanos))
            .toList());
  }

  private static Node node(
      AlertmanagerConfig config, Intervals intervals, Route route, long atNanos) {
    RouteOptions options = route.options();
    return new Node(
        route.id(),
        route.matchers().stream().map(Matchers::text).toList(),
        route.continues(),
        options.receiver(),
        Integrations.of(config.receiver(options.receiver())).stream()
            .map(Integrations.Named::name)
            .toList(),
        options.groupByAll() ? List.of("...") : options.groupBy(),
        DurationForm.PROMETHEUS.format(options.groupWait()),
        DurationForm.PROMETHEUS.format(options.groupInterval()),
        DurationForm.PROMETHEUS.format(options.repeatInterval()),
        options.muteTimeIntervals(),
        options.activeTimeIntervals(),
        options.labels(),
        heldBy(intervals, options, atNanos),
        route.routes().stream().map(child -> node(config, intervals, child, atNanos)).toList());
  }

  /** As {@link Why} has it: the active times if the time is in none of them, or the muted ones. */
  private static List<String> heldBy(Intervals intervals, RouteOptions options, long atNanos) {
    List<String> active = options.activeTimeIntervals();
    if (!active.isEmpty() && intervals.containing(active, atNanos).isEmpty()) {
      return active;
    }
    return intervals.containing(options.muteTimeIntervals(), atNanos).stream().distinct().toList();
  }

  private static Inhibition inhibition(InhibitRule rule) {
    return new Inhibition(
        rule.name(), text(rule.sourceMatchers()), text(rule.targetMatchers()), rule.equal());
  }

  private static String text(List<LabelMatcher> matchers) {
    return Matchers.text(matchers);
  }

  private static Interval interval(String name, List<TimeInterval> intervals, long atNanos) {
    boolean active = intervals.stream().anyMatch(each -> each.contains(atNanos));
    Optional<Occurrences.Span> stretch =
        new Occurrences(intervals)
            .next(atNanos, atNanos, atNanos + Occurrences.LONGEST.toNanos() / 2);
    Optional<Long> change =
        stretch
            .map(span -> active ? span.endNanos() : span.startNanos())
            .filter(time -> time < atNanos + Occurrences.LONGEST.toNanos() / 2);
    return new Interval(
        name,
        active,
        change.map(Alerts::time).orElse(null),
        intervals.stream().map(RoutingView::part).toList());
  }

  private static IntervalPart part(TimeInterval interval) {
    return new IntervalPart(
        interval.times() == null
            ? null
            : interval.times().stream()
                .map(range -> clock(range.startMinute()) + "-" + clock(range.endMinute()))
                .toList(),
        texts(interval.weekdays(), number -> named(WEEKDAYS, number)),
        texts(interval.daysOfMonth(), Long::toString),
        texts(interval.months(), number -> named(MONTHS, number - 1)),
        texts(interval.years(), Long::toString),
        interval.location() == null ? "" : interval.location().getId());
  }

  private static String clock(int minute) {
    return "%02d:%02d".formatted(minute / 60, minute % 60);
  }

  private static String named(List<String> names, long index) {
    return index >= 0 && index < names.size() ? names.get((int) index) : Long.toString(index);
  }

  @FunctionalInterface
  private interface Text {
    String of(long number);
  }

  private static @Nullable List<String> texts(
      @Nullable List<TimeInterval.Range> ranges, Text text) {
    return ranges == null
        ? null
        : ranges.stream()
            .map(range ->
                range.begin() == range.end()
                    ? text.of(range.begin())
                    : text.of(range.begin()) + ":" + text.of(range.end()))
            .toList();
  }
}
