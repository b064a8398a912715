package io.ghostworks.collector.generator;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which spans count. A span that an {@code exclude} matches does not; one that an {@code
 * includeAny} matches does; else all {@code include}s must match, and where there are only {@code
 * includeAny}s one of them.
 */
public record FilterPolicy(
    @Nullable Match include, @Nullable Match includeAny, @Nullable Match exclude) {

  /** All conditions hold. */
  public record Match(List<Condition> conditions) {
    public Match {
      conditions = List.copyOf(conditions);
    }
  }

  /** Where a condition looks. */
  public enum Subject {
    KIND,
    STATUS,
    NAME,
    RESOURCE,
    SPAN
  }

  /**
   * One condition.
   *
   * @param key of an attribute, else ""
   * @param pattern found in the text, where the policy matches by regular expression
   * @param value what the value equals otherwise: text, {@link Long}, {@link Double} or {@link
   *     Boolean}; of kind and status the words of OTLP, {@code SPAN_KIND_SERVER} for example
   */
  public record Condition(
      Subject subject, String key, @Nullable Pattern pattern, @Nullable Object value) {}
}
