package io.ghostworks.model.label;

/**
 * Names labels: what becomes of an attribute's key. Immutable.
 *
 * <p>Source: the behaviour of github.com/prometheus/otlptranslator.
 *
 * @param escapes whether characters outside {@code [a-zA-Z0-9_]} become underscores
 * @param keepsRepeatedUnderscores whether several underscores in a row stay several
 * @param prefixesUnderscore whether a name that begins with one underscore gets {@code key} in
 *     front
 */
public record AttributeNames(
    boolean escapes, boolean keepsRepeatedUnderscores, boolean prefixesUnderscore) {

  /** As Prometheus's OTLP receiver does by default. */
  public static AttributeNames prometheus(boolean escapes) {
    return new AttributeNames(escapes, true, true);
  }

  /** As Loki's OTLP receiver does. */
  public static final AttributeNames LOKI = new AttributeNames(true, false, false);

  /**
   * The label's name.
   *
   * @throws IllegalArgumentException if nothing is left of the key
   */
  public String label(String key) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("label name is empty");
    }
    String name = escapes ? escaped(key) : key;
    if (escapes) {
      char first = name.charAt(0);
      if (first >= '0' && first <= '9') {
        name = "key_" + name;
      } else if (prefixesUnderscore && name.startsWith("_") && !name.startsWith("__")) {
        name = "key" + name;
      }
    }
    if (name.chars().allMatch(c -> c == '_')) {
      throw new IllegalArgumentException(
          "normalization for label name \"%s\" resulted in invalid name \"%s\""
              .formatted(key, name));
    }
    return name;
  }

  /** The label's name, or the key itself where nothing is left of it. */
  public String labelOrKey(String key) {
    if (isPlain(key)) {
      return key;
    }
    try {
      return label(key);
    } catch (IllegalArgumentException e) {
      return key; // a name all the same: what is stored must be shown
    }
  }

  /** Whether a key is a label's name already, whatever is asked for. */
  private static boolean isPlain(String key) {
    boolean underscore = true;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !(digit && i > 0) && !(c == '_' && !underscore)) {
        return false;
      }
      underscore = c == '_';
    }
    return !key.isEmpty();
  }

  private String escaped(String key) {
    boolean reserved =
        !keepsRepeatedUnderscores
            && key.length() >= 4
            && key.startsWith("__")
            && key.endsWith("__");
    String inner = reserved ? key.substring(2, key.length() - 2) : key;
    StringBuilder out = new StringBuilder(key.length());
    inner
        .codePoints()
        .forEach(c -> {
          boolean legacy =
              (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
          boolean repeated = !out.isEmpty() && out.charAt(out.length() - 1) == '_';
          if (legacy) {
            out.append((char) c);
          } else if (keepsRepeatedUnderscores || !repeated) {
            out.append('_');
          }
        });
    return reserved ? "__" + out + "__" : out.toString();
  }
}
