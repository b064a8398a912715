package io.ghostworks.server.tempo;

import io.ghostworks.traceql.ast.Static;
import io.ghostworks.wire.proto.ProtoWriter;
import java.nio.charset.StandardCharsets;

/** Writes TraceQL's values as OTLP's {@code AnyValue}: what that has no type for as text. */
final class StaticValues {

  private StaticValues() {}

  static void write(ProtoWriter out, int field, Static value) {
    int start = out.begin(field);
    switch (value) {
      case Static.Int whole -> out.uintAlways(3, whole.value());
      case Static.Real real -> out.float64Always(4, real.value());
      case Static.Bool bool -> out.uintAlways(2, bool.value() ? 1 : 0);
      case Static.Text text -> text(out, text.value());
      case Static.Array array -> {
        int list = out.begin(5);
        array.elements().forEach(element -> write(out, 1, element));
        out.end(list);
      }
      case Static.Nil nil -> text(out, nil.text());
      case Static.Nanos nanos -> text(out, nanos.text());
      case Static.Status status -> text(out, status.text());
      case Static.Kind kind -> text(out, kind.text());
    }
    out.end(start);
  }

  private static void text(ProtoWriter out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.bytesAlways(1, utf8, 0, utf8.length);
  }
}
