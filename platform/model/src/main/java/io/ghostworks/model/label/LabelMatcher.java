package io.ghostworks.model.label;

/**
 * A condition on one label, as between the braces of {@code up{job="api"}}. A missing label has the
 * value "".
 */
public sealed interface LabelMatcher {

  /** The label's name. */
  String label();

  /** Whether a value fulfils the condition; "" for a missing label. */
  boolean matches(String value);

  /** {@code label="value"}. */
  record Equal(String label, String value) implements LabelMatcher {
    @Override
    public boolean matches(String candidate) {
      return candidate.equals(value);
    }

    @Override
    public String toString() {
      return print(label, "=", value);
    }
  }

  /** {@code label!="value"}. */
  record NotEqual(String label, String value) implements LabelMatcher {
    @Override
    public boolean matches(String candidate) {
      return !candidate.equals(value);
    }

    @Override
    public String toString() {
      return print(label, "!=", value);
    }
  }

  /** {@code label=~"regex"}, anchored at both ends. */
  record Matches(String label, AnchoredRegex regex) implements LabelMatcher {
    @Override
    public boolean matches(String candidate) {
      return regex.matches(candidate);
    }

    @Override
    public String toString() {
      return print(label, "=~", regex.source());
    }
  }

  /** {@code label!~"regex"}, anchored at both ends. */
  record NotMatches(String label, AnchoredRegex regex) implements LabelMatcher {
    @Override
    public boolean matches(String candidate) {
      return !regex.matches(candidate);
    }

    @Override
    public String toString() {
      return print(label, "!~", regex.source());
    }
  }

  private static String print(String label, String operator, String value) {
    StringBuilder out = new StringBuilder();
    if (LabelNames.isLegacyLabelName(label)) {
      out.append(label);
    } else {
      LabelNames.quote(label, out);
    }
    out.append(operator);
    LabelNames.quote(value, out);
    return out.toString();
  }
}
