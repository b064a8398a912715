package io.ghostworks.template;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions that every Go template has ({@code text/template/funcs.go}). {@code and} and {@code
 * or} are known here by name only: they evaluate their arguments one by one.
 */
final class Builtins {

  static final Map<String, GoFunction> FUNCTIONS = functions();
  static final Set<String> NAMES = names();

  private Builtins() {}

  private static Set<String> names() {
    Set<String> names = new java.util.HashSet<>(FUNCTIONS.keySet());
    names.add("and");
    names.add("or");
    return Set.copyOf(names);
  }

  private static Map<String, GoFunction> functions() {
    Map<String, GoFunction> all = new LinkedHashMap<>();
    all.put("not", GoFunction.of(1, a -> !GoValues.isTrue(a.any(0))));
    all.put("len", GoFunction.of(1, a -> length(GoValues.collection(a.any(0)))));
    all.put("index", GoFunction.variadic(1, Builtins::index));
    all.put("slice", GoFunction.variadic(1, Builtins::slice));
    all.put("call", GoFunction.variadic(1, a -> notCallable(a.any(0))));
    all.put("eq", GoFunction.variadic(1, Builtins::equalToAny));
    all.put("ne", GoFunction.of(2, a -> !equal(a.any(0), a.any(1))));
    all.put("lt", GoFunction.of(2, a -> compare(a.any(0), a.any(1)) < 0));
    all.put("le", GoFunction.of(2, a -> lessOrEqual(a.any(0), a.any(1))));
    all.put("gt", GoFunction.of(2, a -> !lessOrEqual(a.any(0), a.any(1))));
    all.put("ge", GoFunction.of(2, a -> compare(a.any(0), a.any(1)) >= 0));
    all.put("print", GoFunction.variadic(0, a -> GoFormat.print(a.all())));
    all.put("println", GoFunction.variadic(0, a -> GoFormat.printLine(a.all())));
    all.put(
        "printf",
        GoFunction.variadic(1, a -> GoFormat.format(a.text(0), a.all().subList(1, a.size()))));
    all.put("html", GoFunction.variadic(0, a -> HtmlEscape.html(printed(a))));
    all.put("js", GoFunction.variadic(0, a -> HtmlEscape.js(printed(a))));
    all.put("urlquery", GoFunction.variadic(0, a -> GoUrl.queryEscape(printed(a))));
    return Map.copyOf(all);
  }

  /** What nobody knows is written as such. */
  private static String printed(GoFunction.Arguments arguments) {
    List<@Nullable Object> all = new java.util.ArrayList<>(arguments.all());
    all.replaceAll(value -> value == null ? "<no value>" : value);
    return GoFormat.print(all);
  }

  private static Object notCallable(@Nullable Object value) {
    throw new TemplateException(
        value == null ? "call of nil" : "non-function of type " + GoValues.typeName(value));
  }

  private static Object length(@Nullable Object value) {
    return switch (value) {
      case String text -> (long) text.getBytes(StandardCharsets.UTF_8).length;
      case List<?> list -> (long) list.size();
      case AnyMap map -> (long) map.entries().size();
      case Map<?, ?> map -> (long) map.size();
      case null -> throw new TemplateException("len of nil pointer");
      default -> throw new TemplateException("len of type " + GoValues.typeName(value));
    };
  }

  private static @Nullable Object index(GoFunction.Arguments arguments) {
    Object value = arguments.any(0);
    if (value == null) {
      throw new TemplateException("index of untyped nil");
    }
    for (int i = 1; i < arguments.size(); i++) {
      value = indexed(GoValues.collection(value), arguments.any(i));
    }
    return value;
  }

  private static @Nullable Object indexed(@Nullable Object value, @Nullable Object index) {
    return switch (value) {
      case null -> throw new TemplateException("index of nil pointer");
      case List<?> list -> list.get(position(index, list.size(), "slice"));
      case String text -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        yield (long) (bytes[position(index, bytes.length, "string")] & 0xff);
      }
      case AnyMap map -> map.entries().get(key(index));
      case Map<?, ?> map -> {
        Object found = map.get(key(index));
        yield found == null ? "" : found;
      }
      default ->
          throw new TemplateException("can't index item of type " + GoValues.typeName(value));
    };
  }

  private static String key(@Nullable Object index) {
    if (index instanceof String text) {
      return text;
    }
    throw new TemplateException(
        index == null
            ? "value is nil; should be of type string"
            : "value has type %s; should be string".formatted(GoValues.typeName(index)));
  }

  private static int position(@Nullable Object index, long max) {
    if (!(index instanceof Long number)) {
      throw new TemplateException(
          index == null
              ? "cannot index slice/array with nil"
              : "cannot index slice/array with type " + GoValues.typeName(index));
    }
    if (number < 0 || number > max) {
      throw new TemplateException("index out of range: " + number);
    }
    return Math.toIntExact(number);
  }

  /** A position of something that is there. */
  private static int position(@Nullable Object index, int size, String kind) {
    int position = position(index, size);
    if (position == size) {
      throw new TemplateException("reflect: %s index out of range".formatted(kind));
    }
    return position;
  }

  private static Object slice(GoFunction.Arguments arguments) {
    if (arguments.size() > 4) {
      throw new TemplateException("too many slice indexes: " + (arguments.size() - 1));
    }
    return switch (GoValues.collection(arguments.any(0))) {
      case String text -> {
        if (arguments.size() == 4) {
          throw new TemplateException("cannot 3-index slice a string");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] range = sliceRange(arguments, bytes.length);
        yield new String(bytes, range[0], range[1] - range[0], StandardCharsets.UTF_8);
      }
      case List<?> list -> {
        int[] range = sliceRange(arguments, list.size());
        yield list.subList(range[0], range[1]);
      }
      case null -> throw new TemplateException("slice of untyped nil");
      default ->
          throw new TemplateException(
              "can't slice item of type " + GoValues.typeName(arguments.any(0)));
    };
  }

  private static int[] sliceRange(GoFunction.Arguments arguments, int size) {
    int[] range = {0, size, size};
    for (int i = 1; i < arguments.size(); i++) {
      range[i - 1] = position(arguments.any(i), size);
    }
    checkOrder(range[0], range[1]);
    if (arguments.size() == 4) {
      checkOrder(range[1], range[2]);
    }
    return range;
  }

  private static void checkOrder(int from, int to) {
    if (from > to) {
      throw new TemplateException("invalid slice index: %d > %d".formatted(from, to));
    }
  }

  private static Object equalToAny(GoFunction.Arguments arguments) {
    if (arguments.size() < 2) {
      throw new TemplateException("missing argument for comparison");
    }
    for (int i = 1; i < arguments.size(); i++) {
      if (equal(arguments.any(0), arguments.any(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return left == null && right == null;
    }
    Object l = plain(left);
    Object r = plain(right);
    if (l instanceof Double a && r instanceof Double b) {
      return a.doubleValue() == b.doubleValue();
    }
    if (l.getClass() != r.getClass()) {
      throw incompatible(left, right);
    }
    if (l instanceof List || l instanceof Map || l instanceof AnyMap) {
      throw new TemplateException(
          "non-comparable type %s: %s".formatted(GoValues.print(l), GoValues.typeName(l)));
    }
    return l.equals(r);
  }

  private static TemplateException incompatible(Object left, Object right) {
    return new TemplateException(
        "incompatible types for comparison: %s and %s"
            .formatted(GoValues.typeName(left), GoValues.typeName(right)));
  }

  /** Typed values that compare as what they are made of. */
  private static Object plain(Object value) {
    return switch (value) {
      case SafeHtml safe -> safe.html();
      case SafeUrl safe -> safe.url();
      case GoInteger integer -> integer.number();
      default -> value;
    };
  }

  private static boolean lessOrEqual(@Nullable Object left, @Nullable Object right) {
    return compare(left, right) < 0 || equal(left, right);
  }

  /** Negative if less; for NaN, which is neither less nor equal, positive. */
  private static int compare(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      throw new TemplateException("invalid type for comparison");
    }
    Object l = plain(left);
    Object r = plain(right);
    if (l.getClass() != r.getClass()) {
      throw incompatible(left, right);
    }
    return switch (l) {
      case Long number -> Long.compare(number, (Long) r);
      case Double number -> number < (Double) r ? -1 : number.doubleValue() == (Double) r ? 0 : 1;
      case String text -> io.ghostworks.model.label.Labels.compareUtf8(text, (String) r);
      default -> throw new TemplateException("invalid type for comparison");
    };
  }
}
