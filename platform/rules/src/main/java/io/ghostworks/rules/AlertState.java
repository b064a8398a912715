package io.ghostworks.rules;

import java.util.Locale;

/** How far an alert or a rule has come, in rising order. */
enum AlertState {
  /** The rule was not evaluated yet. */
  UNKNOWN,
  /** Nothing is wrong, or a resolved alert is still remembered. */
  INACTIVE,
  /** The condition holds, not yet for as long as it must. */
  PENDING,
  FIRING;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AlertState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
