package io.ghostworks.logql.syntax;

import java.util.List;

/**
 * A condition on a line, such as {@code |= "a" or "b"}.
 *
 * @param alternatives one of them must hold; a negated type has one only, since its {@code or} is
 *     written as several filters
 */
public record LineFilter(Type type, List<Needle> alternatives) {
  public LineFilter {
    alternatives = List.copyOf(alternatives);
  }

  /** What is done with the text. */
  public enum Type {
    CONTAINS("|="),
    NOT_CONTAINS("!="),
    REGEXP("|~"),
    NOT_REGEXP("!~"),
    PATTERN("|>"),
    NOT_PATTERN("!>");

    private final String sign;

    Type(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    public boolean negated() {
      return this == NOT_CONTAINS || this == NOT_REGEXP || this == NOT_PATTERN;
    }
  }

  /**
   * What is looked for.
   *
   * @param ip whether the text is an address, a range or a prefix, and addresses in the line are
   *     looked for
   */
  public record Needle(String text, boolean ip) {}

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
