package io.ghostworks.saas.demo;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The switches by name, and since when each is on. Thread-safe; one switch is turned at a time. */
final class SwitchBoard {
  private final Map<String, Switch> switches = new LinkedHashMap<>();
  private final Map<String, Instant> onSince = new LinkedHashMap<>();
  private final Clock clock;

  SwitchBoard(List<Switch> switches, Clock clock) {
    switches.forEach(each -> this.switches.put(each.name(), each));
    this.clock = clock;
  }

  /**
   * A switch as it stands.
   *
   * @param onSince since when it is on, or null while it is off
   * @param dueFrom when its alert is notified at the earliest, or null while it is off
   * @param dueTo and at the latest
   */
  record State(
      String name,
      String description,
      String alert,
      long dueAfterSecondsMin,
      long dueAfterSecondsMax,
      @Nullable String onSince,
      @Nullable String dueFrom,
      @Nullable String dueTo) {}

  /** The names of all switches, for a person. */
  String names() {
    return String.join(", ", switches.keySet());
  }

  /** Turns a switch; false where there is none of that name. */
  synchronized boolean turn(String name, boolean on) throws IOException {
    Switch found = switches.get(name);
    if (found == null) {
      return false;
    }
    found.turn(on);
    if (on) {
      onSince.putIfAbsent(name, clock.instant());
    } else {
      onSince.remove(name);
    }
    return true;
  }

  synchronized List<State> states() {
    return switches.values().stream().map(this::state).toList();
  }

  private State state(Switch each) {
    AlertDue due = each.due();
    Instant since = onSince.get(each.name());
    return new State(
        each.name(),
        each.description(),
        due.alert(),
        due.earliest().toSeconds(),
        due.latest().toSeconds(),
        since == null ? null : since.toString(),
        since == null ? null : since.plus(due.earliest()).toString(),
        since == null ? null : since.plus(due.latest()).toString());
  }
}
