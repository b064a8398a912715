package io.ghostworks.saas.demo;

import java.time.Duration;

/**
 * When the alert of a switch is due after it is turned on.
 *
 * @param alert the alert's name
 * @param crossing until the rule's expression can hold at the earliest: events enough in its
 *     window, and the scrapes that show them
 * @param hold the rule's {@code for}
 * @param late how much later the rule may notice: the interval between scrapes and that of the
 *     rule's group
 */
record AlertDue(String alert, Duration crossing, Duration hold, Duration late) {
  /** The group_wait of the demo's alertmanager.yml. */
  private static final Duration GROUP_WAIT = Duration.ofSeconds(5);

  Duration earliest() {
    return crossing.plus(hold).plus(GROUP_WAIT);
  }

  Duration latest() {
    return earliest().plus(late);
  }
}
