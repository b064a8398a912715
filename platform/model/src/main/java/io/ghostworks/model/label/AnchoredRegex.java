package io.ghostworks.model.label;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of a user, matched against whole values in linear time (RE2 syntax; {@code
 * .} matches newlines too, as in Prometheus). A plain alternation of literals such as {@code a|b|c}
 * is matched as a set.
 */
public final class AnchoredRegex {

  private static final String META = "\\.+*?()[]{}^$";

  private final String source;
  private final @Nullable Set<String> literals;
  private final @Nullable Pattern pattern;

  /**
   * @param flags {@code s} where {@code .} matches newlines
   */
  private AnchoredRegex(String source, @Nullable Set<String> literals, String flags) {
    this.source = source;
    this.literals = literals;
    this.pattern = literals == null ? UserRegex.compile("^(?" + flags + ":" + source + ")$") : null;
  }

  /**
   * @throws IllegalArgumentException if the text is not a regular expression of RE2's syntax
   */
  public static AnchoredRegex compile(String source) {
    return compile(source, "s");
  }

  /**
   * As {@link #compile(String)}, with {@code .} that matches no newline, as in Alertmanager.
   *
   * @throws IllegalArgumentException if the text is not a regular expression of RE2's syntax
   */
  public static AnchoredRegex compileLines(String source) {
    return compile(source, "");
  }

  private static AnchoredRegex compile(String source, String flags) {
    try {
      Set<String> literals = literalsOf(source);
      if (literals == null) {
        UserRegex.compile(source); // On its own first: a)(b is well formed between parentheses.
      }
      return new AnchoredRegex(source, literals, flags);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "invalid regular expression '%s': %s".formatted(source, e.getMessage()), e);
    }
  }

  /** Matches these values and no others, however many they are. */
  public static AnchoredRegex ofLiterals(Set<String> values) {
    String source = values.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    return new AnchoredRegex(source, Set.copyOf(values), "");
  }

  public boolean matches(String value) {
    if (literals != null) {
      return literals.contains(value);
    }
    return pattern != null && pattern.matches(value);
  }

  /** The values that match, where the expression is a plain alternation; otherwise null. */
  public @Nullable Set<String> literals() {
    return literals;
  }

  /** The expression as written. */
  public String source() {
    return source;
  }

  private static @Nullable Set<String> literalsOf(String source) {
    for (int i = 0; i < source.length(); i++) {
      if (META.indexOf(source.charAt(i)) >= 0) {
        return null;
      }
    }
    Set<String> alternatives = new LinkedHashSet<>();
    int from = 0;
    for (int bar = source.indexOf('|'); bar >= 0; bar = source.indexOf('|', from)) {
      alternatives.add(source.substring(from, bar));
      from = bar + 1;
    }
    alternatives.add(source.substring(from));
    return java.util.Collections.unmodifiableSet(alternatives);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AnchoredRegex regex && source.equals(regex.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}
