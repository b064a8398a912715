package io.ghostworks.wire.zipkin;

import io.ghostworks.wire.zipkin.ZipkinSpan.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span of Zipkin's version 1.
 *
 * @param parentId 0 for a root
 * @param timestampMicros 0 where unknown
 * @param durationMicros 0 where unknown
 */
record V1Span(
    long traceIdHigh,
    long traceIdLow,
    long id,
    long parentId,
    String name,
    long timestampMicros,
    long durationMicros,
    boolean debug,
    List<Annotation> annotations,
    List<BinaryAnnotation> binaryAnnotations) {

  /** What happened at a time, and who says so. */
  record Annotation(long timestampMicros, String value, @Nullable Endpoint endpoint) {}

  /**
   * A tag.
   *
   * @param type of {@link io.ghostworks.model.record.ValueColumn}: string, bool, int or double
   * @param number as there; 0 for a text
   */
  record BinaryAnnotation(
      String key, byte type, long number, String text, @Nullable Endpoint endpoint) {}
}
