package io.ghostworks.config;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found while reading configuration files: errors, warnings, requests that this version
 * does not serve, and requests without effect. Collected so that a user sees everything at once.
 * Not thread-safe; one for each reading.
 */
public final class Findings {
  private static final int ERRORS_MAX = 1_000;

  private final List<ConfigError> errors = new ArrayList<>();
  private final List<ConfigWarning> warnings = new ArrayList<>();
  private final List<Unsupported> unsupported = new ArrayList<>();
  private final List<WithoutEffect> withoutEffect = new ArrayList<>();

  /**
   * Adds a mistake; the same mistake at the same place counts once, and beyond 1,000 no more are
   * kept.
   */
  public void error(ConfigError error) {
    if (errors.size() < ERRORS_MAX && !errors.contains(error)) {
      errors.add(error);
    }
  }

  /** Adds a mistake at a node. */
  public void error(ConfigNode node, String rule, String howToMend) {
    String value =
        node instanceof ConfigNode.ScalarNode scalar && !node.isNull() ? scalar.text() : "";
    error(ConfigError.at(node.position(), node.keyPath(), rule, value, howToMend));
  }

  /** Adds a mistake at a node without repeating its value: for secrets, mappings and lists. */
  public void errorWithoutValue(ConfigNode node, String rule, String howToMend) {
    error(ConfigError.at(node.position(), node.keyPath(), rule, "", howToMend));
  }

  /** Adds all mistakes of {@code exception}. */
  public void errors(ConfigException exception) {
    exception.errors().forEach(this::error);
  }

  /** Adds a warning. */
  public void warning(ConfigNode node, String message) {
    warnings.add(new ConfigWarning(node.position(), node.keyPath(), message));
  }

  /** Adds a request that {@code serve} refuses. */
  public void unsupported(ConfigNode node, String reason) {
    unsupported.add(new Unsupported(node.position(), node.keyPath(), reason));
  }

  /** Adds a request that is taken and has no effect. */
  public void withoutEffect(ConfigNode node, String consequence) {
    withoutEffect(new WithoutEffect(node.position(), node.keyPath(), consequence));
  }

  /** Adds a request that is taken and has no effect. */
  public void withoutEffect(WithoutEffect request) {
    withoutEffect.add(request);
  }

  /** Adds everything that {@code other} holds. */
  public void addAll(Findings other) {
    other.errors.forEach(this::error);
    warnings.addAll(other.warnings);
    unsupported.addAll(other.unsupported);
    withoutEffect.addAll(other.withoutEffect);
  }

  public boolean hasErrors() {
    return !errors.isEmpty();
  }

  public List<ConfigError> errors() {
    return List.copyOf(errors);
  }

  public List<ConfigWarning> warnings() {
    return List.copyOf(warnings);
  }

  public List<Unsupported> unsupported() {
    return List.copyOf(unsupported);
  }

  public List<WithoutEffect> withoutEffect() {
    return List.copyOf(withoutEffect);
  }

  /** Throws all errors found so far, if any: what {@code check} does at the end of a file. */
  public void throwIfErrors() {
    if (hasErrors()) {
      throw new ConfigException(errors);
    }
  }

  /**
   * Throws errors and, as errors, what is not supported: what {@code serve} does before it starts.
   */
  public void throwIfNotServable() {
    List<ConfigError> all = new ArrayList<>(errors);
    for (Unsupported request : unsupported) {
      all.add(
          ConfigError.at(
              request.position(),
              request.keyPath(),
              "is not supported: " + request.reason(),
              "",
              ""));
    }
    if (!all.isEmpty()) {
      throw new ConfigException(all);
    }
  }
}
