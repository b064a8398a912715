package io.ghostworks.alertmanager.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Truth values among a request's parameters, as Alertmanager's API reads them. */
final class Flags {

  private static final Set<String> TRUE =
      Set.of("true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled");

  private Flags() {}

  /** True where it is absent; what is not one of the words is false. */
  static boolean isTrue(Map<String, List<String>> parameters, String name) {
    return last(parameters, name)
        .map(text -> TRUE.contains(text.toLowerCase(Locale.ROOT)))
        .orElse(true);
  }

  /** The last value of a parameter, if it is not empty. */
  static Optional<String> last(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() || values.getLast().isEmpty()
        ? Optional.empty()
        : Optional.of(values.getLast());
  }
}
