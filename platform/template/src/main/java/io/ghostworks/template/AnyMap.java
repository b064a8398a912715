package io.ghostworks.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@code map[string]any}: a missing key is nil, not "". */
public record AnyMap(Map<String, @Nullable Object> entries) {
  public AnyMap {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }
}
