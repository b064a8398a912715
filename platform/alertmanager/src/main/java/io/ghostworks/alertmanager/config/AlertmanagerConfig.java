package io.ghostworks.alertmanager.config;

import io.ghostworks.alertmanager.interval.TimeInterval;
import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.template.TemplateSet;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An {@code alertmanager.yml}.
 *
 * @param resolveTimeout after which an alert without an end is resolved unless it is told again
 * @param route the root of the tree
 * @param receivers in file order
 * @param inhibitRules in file order
 * @param timeIntervals by the names that routes use
 * @param syntax of matchers, here and in requests
 * @param templates the default ones and those of the file
 * @param original the file as written
 */
public record AlertmanagerConfig(
    Duration resolveTimeout,
    Route route,
    List<Receiver> receivers,
    List<InhibitRule> inhibitRules,
    Map<String, List<TimeInterval>> timeIntervals,
    MatcherSyntax syntax,
    TemplateSet templates,
    String original) {

  public AlertmanagerConfig {
    receivers = List.copyOf(receivers);
    inhibitRules = List.copyOf(inhibitRules);
    timeIntervals = Map.copyOf(timeIntervals);
  }

  /**
   * A receiver by its name.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  public Receiver receiver(String name) {
    return receivers.stream()
        .filter(receiver -> receiver.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The receivers that routes name, in file order: only these are ever told. */
  public List<Receiver> usedReceivers() {
    Set<String> names = new HashSet<>();
    route.walk(each -> names.add(each.options().receiver()));
    return receivers.stream().filter(receiver -> names.contains(receiver.name())).toList();
  }

  /** The same with other templates. */
  public AlertmanagerConfig with(TemplateSet others) {
    return new AlertmanagerConfig(
        resolveTimeout, route, receivers, inhibitRules, timeIntervals, syntax, others, original);
  }

  /** A name and the ways in which it is told. */
  public record Receiver(String name, Map<String, String> labels, List<Integration> integrations) {
    public Receiver {
      labels = Map.copyOf(labels);
      integrations = List.copyOf(integrations);
    }
  }
}
