package io.ghostworks.saas.demo;

import java.time.Duration;

/**
 * When the alert of a switch is due after it is turned on.
 *
 * @param alert the alert's name
 * @param crossing until the rule's expression holds: events enough in its window, and the scrapes
 *     that show them
 * @param hold the rule's {@code for}
 * @param evaluation the interval of the rule's group: so long the rule may notice late
 */
record AlertDue(String alert, Duration crossing, Duration hold, Duration evaluation) {
  /** The group_wait of the demo's alertmanager.yml. */
  private static final Duration GROUP_WAIT = Duration.ofSeconds(5);

  Duration earliest() {
    return crossing.plus(hold).plus(GROUP_WAIT);
  }

  Duration latest() {
    return earliest().plus(evaluation);
  }
}
