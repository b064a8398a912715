package io.ghostworks.traceql.ast;

import io.ghostworks.config.DurationForm;
import java.time.Duration;
import java.util.stream.Collectors;

/** How values are written. */
final class StaticText {

  private StaticText() {}

  static String of(Static value, boolean quotes) {
    return switch (value) {
      case Static.Nil nil -> "nil";
      case Static.Int number -> Long.toString(number.value());
      case Static.Real real -> real(real.value());
      case Static.Text text -> quotes ? "`" + text.value() + "`" : text.value();
      case Static.Bool bool -> Boolean.toString(bool.value());
      case Static.Nanos nanos -> duration(nanos.value());
      case Static.Status status -> status.value().toString();
      case Static.Kind kind -> kind.value().toString();
      case Static.Array array -> array(array);
    };
  }

  static String duration(long nanos) {
    return DurationForm.GO.format(Duration.ofNanos(nanos));
  }

  private static String array(Static.Array array) {
    return array.elements().stream()
        .map(element ->
            element instanceof Static.Real real
                ? GoFloats.shortest(real.value())
                : of(element, true))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** With a point or an exponent, so that it is no integer. */
  private static String real(double value) {
    String text = GoFloats.shortest(value);
    return text.indexOf('e') >= 0 || text.indexOf('.') >= 0 ? text : text + ".0";
  }
}
