package io.ghostworks.logql.pipeline;

import io.ghostworks.template.AnyMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of templates as sprig judges them. */
final class TemplateValues {
  private TemplateValues() {}

  /** Whether sprig takes a value for none. */
  static boolean isEmpty(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case String text -> text.isEmpty();
      case Boolean truth -> !truth;
      case Long number -> number == 0;
      case Double number -> number == 0;
      case List<?> list -> list.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      case AnyMap map -> map.entries().isEmpty();
      default -> false;
    };
  }
}
