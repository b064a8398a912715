package io.ghostworks.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that cannot be used: all mistakes that could be found in it, at least one, in
 * file order.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // never serialized; List.copyOf of records
  private final List<ConfigError> errors;

  /** With at least one error. */
  public ConfigException(List<ConfigError> errors) {
    super(errors.stream().map(ConfigError::toString).collect(Collectors.joining("\n")));
    if (errors.isEmpty()) {
      throw new IllegalArgumentException(
          "a configuration exception needs at least one error, got none");
    }
    this.errors = List.copyOf(errors);
  }

  /** With one error. */
  public ConfigException(ConfigError error) {
    this(List.of(error));
  }

  /** All mistakes found, in the order in which they were found. */
  public List<ConfigError> errors() {
    return errors;
  }
}
