package io.ghostworks.wire.jaeger.json;

import org.jspecify.annotations.Nullable;

/**
 * A tag, or a field of a log.
 *
 * @param value a {@link String}, {@link Boolean}, {@link Long}, {@link Double} or {@code byte[]}
 */
record JaegerTag(String key, Object value) {

  /** The text of a string, null of another type. */
  @Nullable String text() {
    return value instanceof String text ? text : null;
  }

  boolean isTrue() {
    return Boolean.TRUE.equals(value);
  }
}
