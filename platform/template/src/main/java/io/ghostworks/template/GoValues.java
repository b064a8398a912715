package io.ghostworks.template;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What Go knows of a value: its type's name, whether it is true, how it is printed. */
final class GoValues {

  private GoValues() {}

  /** The map or list that an object with methods is, or the value itself. */
  static @Nullable Object collection(@Nullable Object value) {
    return switch (value) {
      case GoObject.Entries map -> map.entries();
      case GoObject.Elements list -> list.elements();
      case null -> null;
      default -> value;
    };
  }

  /** The type as {@code %T} prints it. */
  static String typeName(@Nullable Object value) {
    return switch (value) {
      case null -> "<nil>";
      case String ignored -> "string";
      case Boolean ignored -> "bool";
      case Long ignored -> "int";
      case Double ignored -> "float64";
      case SafeHtml ignored -> "template.HTML";
      case AnyMap ignored -> "map[string]interface {}";
      case Map<?, ?> ignored -> "map[string]string";
      case List<?> ignored -> "[]interface {}";
      case GoObject object -> object.typeName();
      default -> value.getClass().getSimpleName();
    };
  }

  /** Go's truth: neither the zero value nor empty. */
  static boolean isTrue(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean bool -> bool;
      case String text -> !text.isEmpty();
      case Long number -> number != 0;
      case Double number -> number != 0;
      case SafeHtml safe -> !safe.html().isEmpty();
      case SafeUrl safe -> !safe.url().isEmpty();
      case GoDuration duration -> duration.nanos() != 0;
      case GoObject.Entries map -> !map.entries().isEmpty();
      case GoObject.Elements list -> !list.elements().isEmpty();
      case AnyMap map -> !map.entries().isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case List<?> list -> !list.isEmpty();
      default -> true;
    };
  }

  /** The value as {@code %v} prints it. */
  static String print(@Nullable Object value) {
    return switch (value) {
      case null -> "<nil>";
      case String text -> text;
      case Boolean bool -> bool.toString();
      case Long number -> number.toString();
      case Double number -> GoNumbers.shortest(number);
      case SafeHtml safe -> safe.html();
      case GoObject object -> object.print();
      case AnyMap map -> printMap(map.entries());
      case Map<?, ?> map -> printMap(map);
      case List<?> list -> {
        BoundedText out = new BoundedText().add("[");
        for (int i = 0; i < list.size(); i++) {
          out.add(i == 0 ? "" : " ").add(print(list.get(i)));
        }
        yield out.add(']').toString();
      }
      default -> value.toString();
    };
  }

  private static String printMap(Map<?, ?> map) {
    BoundedText out = new BoundedText().add("map[");
    sorted(map)
        .forEach((key, value) -> {
          out.add(out.length() == 4 ? "" : " ").add(key).add(':');
          out.add(print(value));
        });
    return out.add(']').toString();
  }

  /** The entries in the order of their keys, as Go prints and ranges over them. */
  static Map<String, @Nullable Object> sorted(Map<?, ?> map) {
    Map<String, @Nullable Object> sorted =
        new TreeMap<>(io.ghostworks.model.label.Labels::compareUtf8);
    map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    return sorted;
  }
}
