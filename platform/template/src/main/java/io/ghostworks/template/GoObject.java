package io.ghostworks.template;

import org.jspecify.annotations.Nullable;

/**
 * A value with fields and methods, as a Go struct has them. Beside such objects the values of a
 * template are plain:
 *
 * <ul>
 *   <li>null is Go's nil
 *   <li>{@code Boolean}, {@code String}, {@code Long} (every integer), {@code Double}
 *   <li>{@code java.util.List} is a slice, {@code java.util.Map} with String values a {@code
 *       map[string]string}, whose missing keys are "", and {@link AnyMap} a {@code map[string]any}
 *   <li>{@link SafeHtml} is text that HTML mode does not escape
 *   <li>{@link GoTime} and {@link GoDuration}
 * </ul>
 */
public interface GoObject {

  /** The type as {@code %T} prints it. */
  String typeName();

  /**
   * A field's value or a method; null where there is neither. A field that is nil is given as
   * {@link Member#of}.
   */
  @Nullable Member member(String name);

  /** The object as {@code %v} prints it. */
  String print();

  /** A map with methods: members come first, then the entries; a missing key is "". */
  interface Entries extends GoObject {
    java.util.Map<String, ?> entries();
  }

  /** A list with methods. */
  interface Elements extends GoObject {
    java.util.List<?> elements();
  }

  /** What stands behind a name. */
  sealed interface Member {
    /** A field. */
    static Member of(@Nullable Object value) {
      return new FieldValue(value);
    }

    /** A method with its number of arguments. */
    static Member method(int arguments, GoFunction.Body body) {
      return new Method(new GoFunction(arguments, arguments, body));
    }
  }

  record FieldValue(@Nullable Object value) implements Member {}

  record Method(GoFunction function) implements Member {}
}
