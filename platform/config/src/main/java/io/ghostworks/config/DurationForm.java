package io.ghostworks.config;

import java.time.Duration;

/** The two ways in which the configuration files of this stack write a duration. */
public enum DurationForm {
  /**
   * {@code 1h30m}, {@code 15s}, {@code 0}: whole numbers with units y w d h m s ms in this order,
   * never negative.
   */
  PROMETHEUS {
    @Override
    public Duration parse(String text) {
      return Durations.parsePrometheus(text);
    }

    @Override
    public String format(Duration duration) {
      return Durations.formatPrometheus(duration);
    }
  },

  /**
   * {@code 1.5s}, {@code -2h45m}, {@code 300ms}: Go's time.ParseDuration, units h m s ms us µs ns
   * in any order.
   */
  GO {
    @Override
    public Duration parse(String text) {
      return Durations.parseGo(text);
    }

    @Override
    public String format(Duration duration) {
      return Durations.formatGo(duration);
    }
  };

  /**
   * The duration that {@code text} means.
   *
   * @throws IllegalArgumentException with the rule that it breaks; durations reach to about 292
   *     years
   */
  public abstract Duration parse(String text);

  /** How the programs that own this form would write {@code duration}. */
  public abstract String format(Duration duration);
}
