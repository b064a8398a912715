package io.ghostworks.collector.config;

import com.google.re2j.Pattern;

/**
 * A component's id, {@code type} or {@code type/name}.
 *
 * @param name "" for none
 */
public record ComponentId(String type, String name) {
  private static final Pattern TYPE = Pattern.compile("[a-zA-Z][0-9a-zA-Z_]{0,62}");
  private static final Pattern NAME = Pattern.compile("[^\\pZ\\pC\\pS]+");
  private static final int NAME_MAX = 1024;

  /**
   * Reads an id.
   *
   * @throws IllegalArgumentException in the Collector's words
   */
  public static ComponentId parse(String text) {
    int slash = text.indexOf('/');
    String type = (slash < 0 ? text : text.substring(0, slash)).strip();
    String name = slash < 0 ? "" : text.substring(slash + 1).strip();
    if (type.isEmpty()) {
      throw new IllegalArgumentException(
          slash < 0
              ? "id must not be empty"
              : "in \"%s\" id: the part before / should not be empty".formatted(text));
    }
    if (slash >= 0 && name.isEmpty()) {
      throw new IllegalArgumentException(
          "in \"%s\" id: the part after / should not be empty".formatted(text));
    }
    if (name.length() > NAME_MAX) {
      throw new IllegalArgumentException(
          "in \"%s\" id: name \"%s\" is longer than 1024 characters (%d characters)"
              .formatted(name, name, name.length()));
    }
    if (!name.isEmpty() && !NAME.matches(name)) {
      throw new IllegalArgumentException(
          "in \"%s\" id: invalid character(s) in name \"%s\"".formatted(name, name));
    }
    if (!TYPE.matches(type)) {
      throw new IllegalArgumentException(
          "in \"%s\" id: invalid character(s) in type \"%s\"".formatted(text, type));
    }
    return new ComponentId(type, name);
  }

  @Override
  public String toString() {
    return name.isEmpty() ? type : type + "/" + name;
  }
}
