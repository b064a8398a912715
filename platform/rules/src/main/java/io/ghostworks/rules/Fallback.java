package io.ghostworks.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What becomes of a rule's alerts while nothing can be said about them. A rule asks for it by the
 * annotations {@value #NO_DATA} and {@value #ON_ERROR}, which Prometheus takes as any other; they
 * are not told with its alerts.
 */
public enum Fallback {
  /**
   * What Prometheus does: no data is an empty result, and a failed evaluation leaves the alerts as
   * they are without telling them any more.
   */
  PROMETHEUS,
  /** The alerts keep their states, and firing ones are told on. */
  KEEP_LAST,
  /**
   * The condition counts as fulfilled: alerts that stand go on, and without any the rule has one
   * with its own labels.
   */
  ALERTING,
  /** The condition counts as not fulfilled. */
  OK;

  /** The annotation for an expression whose selectors find nothing. */
  public static final String NO_DATA = "ghostworks_no_data";

  /** The annotation for an expression that cannot be evaluated. */
  public static final String ON_ERROR = "ghostworks_on_error";

  /** The words that an annotation may have. */
  public static final List<String> WORDS = List.of("keep_last", "alerting", "ok");

  static boolean isAsked(String annotation) {
    return annotation.equals(NO_DATA) || annotation.equals(ON_ERROR);
  }

  static Optional<Fallback> find(String word) {
    return Arrays.stream(values())
        .filter(each -> each != PROMETHEUS && each.word().equals(word))
        .findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
