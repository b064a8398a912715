package io.ghostworks.config;

/**
 * One mistake in a configuration file, in the form in which every part of the program tells it.
 *
 * @param file the file as it was given
 * @param line from 1; 0 where no line can be named
 * @param keyPath as {@code scrape_configs[0].scrape_timeout}; empty for the file as a whole
 * @param rule what must hold, as "must not be greater than scrape_interval (15s)"
 * @param value what stood there, as written; empty where nothing did. Never the text of a secret
 * @param howToMend what the user can do; empty where the rule says it already
 */
public record ConfigError(
    String file, int line, String keyPath, String rule, String value, String howToMend) {

  /** An error at a node. */
  public static ConfigError at(
      Position position, String keyPath, String rule, String value, String howToMend) {
    return new ConfigError(position.file(), position.line(), keyPath, rule, value, howToMend);
  }

  /**
   * {@code prometheus.yml:12: scrape_configs[0].scrape_timeout: must not ..., got '30s'; lower it}.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(new Position(file, line, 0).toString()).append(": ");
    if (!keyPath.isEmpty()) {
      text.append(keyPath).append(": ");
    }
    text.append(rule);
    if (!value.isEmpty()) {
      text.append(", got '").append(value).append('\'');
    }
    if (!howToMend.isEmpty()) {
      text.append("; ").append(howToMend);
    }
    return text.toString();
  }
}
