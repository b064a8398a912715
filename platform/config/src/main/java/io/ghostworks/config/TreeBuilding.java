package io.ghostworks.config;

import io.ghostworks.config.ConfigNode.ScalarNode;

/**
 * What both readers share while they build a tree: the file's name, the limits, and the form of
 * their refusals.
 */
final class TreeBuilding {
  private final String file;
  private final TreeLimits limits;
  private int nodes;

  TreeBuilding(String file, TreeLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  void checkLength(String text) {
    if (text.length() > limits.charsMax()) {
      throw refused(
          Position.wholeFile(file),
          "",
          "must have at most " + limits.charsMax() + " characters",
          Integer.toString(text.length()));
    }
  }

  /** Counts one more value at {@code depth}. */
  void count(Position position, String keyPath, int depth) {
    if (depth > limits.depthMax()) {
      throw refused(
          position, keyPath, "must nest at most " + limits.depthMax() + " levels deep", "");
    }
    if (++nodes > limits.nodesMax()) {
      throw refused(
          position,
          keyPath,
          "must have at most " + limits.nodesMax() + " values with aliases expanded",
          "");
    }
  }

  Position at(int line, int column) {
    return new Position(file, line, column);
  }

  ConfigException refused(Position position, String keyPath, String rule, String value) {
    return new ConfigException(ConfigError.at(position, keyPath, rule, value, ""));
  }

  ConfigException duplicateKey(ScalarNode key, Position first) {
    return new ConfigException(
        ConfigError.at(
            key.position(),
            key.keyPath(),
            "must stand only once in its mapping",
            key.text(),
            "remove it or the one in line " + first.line()));
  }

  /**
   * The path of {@code key} under {@code parent}; a key that is not a plain word stands in brackets
   * and quotes.
   */
  static String child(String parent, String key) {
    boolean word = !key.isEmpty();
    for (int i = 0; i < key.length() && word; i++) {
      char c = key.charAt(i);
      word = Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '/' || c == '$';
    }
    if (!word) {
      return parent + "['" + key + "']";
    }
    return parent.isEmpty() ? key : parent + "." + key;
  }

  static String child(String parent, int index) {
    return parent + "[" + index + "]";
  }
}
