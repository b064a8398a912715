package io.ghostworks.server.tempo.diff;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A field or attribute of a span that is another in the other trace.
 *
 * @param op {@code add}, {@code remove} or {@code modify}
 */
record Change(
    String op,
    Target target,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Object before,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Object after) {

  /** What changed: a field by its name, or an attribute by scope and key. */
  record Target(String type, @Nullable String name, @Nullable String scope, @Nullable String key) {
    static Target field(String name) {
      return new Target("field", name, null, null);
    }

    static Target attribute(String key) {
      return new Target("attribute", null, "span", key);
    }

    boolean isField() {
      return name != null;
    }
  }
}
